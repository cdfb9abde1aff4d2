/** Addresses that code declares: routers of the browser, and GET routes of servers that answer with a page. */
import type { Told } from '../chart.ts';
import { type Code, inside, lineAt, most } from './text.ts';

type File = { readonly path: string; readonly code: Code };

export function declared(files: readonly File[]): Told[] {
  const templates = new Map(files.map(({ path, code }) => [path.slice(path.lastIndexOf('/') + 1), code.text]));
  /** Where a file of routes hangs, by its name without ending, or by its module. */
  const mounts = new Map(files.flatMap(({ code }) => mountsIn(code)));
  /** The text of the component or the template that is named, too. */
  const shown = (text: string): string => {
    const names = [...text.matchAll(/\b[A-Z]\w+\b|["'][\w/.-]+["']/g)].map(([name]) =>
      name.replace(/^["']|["']$/g, '').replace(/^.*\//, ''),
    );
    const found = names.flatMap((name) =>
      [name, `${name}.tsx`, `${name}.jsx`, `${name}.vue`, `${name}.ejs`, `${name}.html`, `${name}.blade.php`].flatMap(
        (file) => templates.get(file) ?? [],
      ),
    );
    return [text, ...found.slice(0, 3)].join('\n');
  };
  return files.flatMap(({ path, code }) => {
    const stem = path.replace(/\.\w+$/, '').replace(/\/index$/, '');
    const under =
      mounts.get(stem.slice(stem.lastIndexOf('/') + 1)) ?? mounts.get(stem.split('/').slice(-2).join('.')) ?? '';
    const script = /\.(m?[jt]sx?|[cm]ts|cjs|vue|svelte)$/.test(path);
    const told = [
      ...(script ? [...ofRouter(code), ...ofExpress(code).map((one) => at(under, one))] : []),
      ...(path.endsWith('.py') ? [...ofFlask(code), ...ofDjango(code).map((one) => at(under, one))] : []),
      ...(/(^|\/)routes\/(?!api)[\w-]+\.php$/.test(path) ? ofLaravel(code) : []),
      ...(/(^|\/)routes(\/[\w-]+)?\.rb$/.test(path) ? ofRails(code) : []),
    ];
    return told.map(({ address, at: from, shows }) => ({
      address,
      where: `${path}:${lineAt(code, from)}`,
      shows: shown(shows),
    }));
  });
}

interface Found {
  readonly address: string;
  readonly at: number;
  readonly shows: string;
}
const at = (prefix: string, one: Found): Found => ({ ...one, address: `${prefix}/${one.address}` });

/** app.use('/notes', notesRouter) of ./routes/notes; path('notes/', include('notes.urls')). */
function mountsIn({ text }: Code): [string, string][] {
  const from = new Map(
    [
      ...text.matchAll(
        /\b(?:import|const|let|var)\s+(?:\*\s+as\s+)?([\w$]+)\s*(?:from|=\s*require\()\s*["']([^"']+)["']/g,
      ),
    ].map((hit) => [hit[1] ?? '', fileName(hit[2] ?? '')]),
  );
  const used = [
    ...text.matchAll(
      /\.(?:use|route|register)\(\s*["'](\/[\w/-]*)["']\s*,[^;\n]*?(?:require\(\s*["']([^"']+)["']\s*\)|([\w$]+))\s*\)/g,
    ),
  ];
  const included = [...text.matchAll(/\bpath\(\s*r?["']([\w/-]*)["']\s*,\s*include\(\s*\(?\s*["']([\w.]+)["']/g)];
  return [
    ...used.map(([, prefix = '', module, name = '']): [string, string] => [
      module ? fileName(module) : (from.get(name) ?? ''),
      prefix,
    ]),
    ...included.map(([, prefix = '', module = '']): [string, string] => [module, prefix]),
  ];
}
const fileName = (module: string): string => /([^/]+?)(?:\.\w+)?(?:\/index)?$/.exec(module)?.[1] ?? '';

/** React Router, Vue Router, Angular, wouter, TanStack: nested as they stand. */
function ofRouter(code: Code): Found[] {
  const { text, bare } = code;
  if (
    !/react-router|vue-router|@angular\/router|wouter|@tanstack\/(react|vue|solid)-router|@solidjs\/router|preact-router/.test(
      text,
    )
  )
    return [];
  const hash = /createHashRouter|createWebHashHistory|HashRouter|useHashLocation/.test(text) ? '/#/' : '/';
  const found: Found[] = [];
  const stack: { depth: number; path: string }[] = [];
  const add = (path: string, depth: number, from: number, shows: string): void => {
    while (stack.length && (stack.at(-1)?.depth ?? 0) >= depth) stack.pop();
    const address = path.startsWith('/') ? path : `${stack.at(-1)?.path ?? ''}/${path}`;
    stack.push({ depth, path: address });
    found.push({ address: `${hash}${address}`, at: from, shows });
  };
  let depth = 0;
  let elements = 0;
  const token = /[{[(]|[)\]}]|<Route\b|<\/Route>|(?<![\w.])path\s*:\s*(?=["'`])|\bcreateFileRoute\(\s*(?=["'])/g;
  for (const hit of bare.matchAll(token)) {
    const [what] = hit;
    if (found.length >= most) break;
    const literal = (from: number): string | undefined => /^["'`]([^"'`]*)["'`]/.exec(text.slice(from))?.[1];
    if (/^[{[(]$/.test(what)) depth++;
    else if (/^[)\]}]$/.test(what)) {
      depth--;
      while (stack.length && (stack.at(-1)?.depth ?? 0) > depth + elements * 0.01 + 0.5) stack.pop();
    } else if (what === '</Route>') elements--;
    else if (what === '<Route') {
      const end = tagEnd(code, hit.index);
      const tag = text.slice(hit.index, end);
      const path = /\bpath\s*=\s*\{?\s*["'`]([^"'`]*)["'`]/.exec(tag)?.[1];
      add(path ?? '', depth + elements * 0.01, hit.index, tag);
      if (path === undefined) found.pop();
      if (!tag.endsWith('/>')) elements++;
    } else {
      const path = literal(hit.index + what.length);
      // Pathless layouts of TanStack.
      const plain = what.startsWith('create') ? path?.replace(/\/_[\w-]+|\/\([\w-]+\)/g, '') : path;
      if (plain !== undefined)
        add(
          plain,
          depth,
          hit.index,
          what.startsWith('create')
            ? text
            : text
                .slice(hit.index, hit.index + 200)
                .split('\n')
                .slice(0, 4)
                .join('\n'),
        );
    }
  }
  return found;
}

/** Where a tag ends that may hold braces with tags in them. */
function tagEnd({ bare }: Code, from: number): number {
  let depth = 0;
  for (let i = from; i < Math.min(bare.length, from + 3000); i++) {
    const c = bare[i];
    if (c === '{') depth++;
    else if (c === '}') depth--;
    else if (c === '>' && depth === 0) return i + 1;
  }
  return Math.min(bare.length, from + 3000);
}

/** Express, Fastify, Hono, Koa: GET routes whose handler answers with a page. */
const ofExpress = (code: Code): Found[] =>
  [
    ...code.text.matchAll(
      /\b(?:\w*[aA]pp|\w*[rR]outer|server|fastify|\w*[rR]outes)\s*\.get\(\s*(["'`])(\/?[^"'`]*)\1\s*,/g,
    ),
  ]
    .slice(0, most)
    .flatMap((hit) => {
      const shows = inside(code, hit.index + hit[0].indexOf('(')).text;
      return /\brender\w*\(|sendFile\(|\.html\(|\.view\(|<(html|form|!doctype)/i.test(shows)
        ? [{ address: hit[2] ?? '', at: hit.index, shows }]
        : [];
    });

/** Flask and FastAPI: decorators that let GET in, over a handler that answers with a page. */
function ofFlask(code: Code): Found[] {
  const { text } = code;
  const prefixes = new Map(
    [...text.matchAll(/^(\w+)\s*=\s*(?:Blueprint|APIRouter)\(([^)]{0,600})\)/gm)].map((hit) => [
      hit[1] ?? '',
      /prefix\s*=\s*["']([^"']*)["']/.exec(hit[2] ?? '')?.[1] ?? '',
    ]),
  );
  return [...text.matchAll(/^[ \t]*@(\w+)\.(route|get)\(\s*["']([^"']*)["']([^)\n]*)\)/gm)].flatMap((hit) => {
    const [whole, owner = '', , path = '', more = ''] = hit;
    const rest = text.slice(hit.index + whole.length);
    const end = rest.search(/\n(?=[ \t]*@\w+\.(?:route|get|post|put|patch|delete)\(|class\s|if __name__)/);
    const shows = `${more}${rest.slice(0, end < 0 ? 3000 : end)}`;
    const methods = /methods\s*=\s*[[(]([^\])]*)/.exec(more)?.[1];
    if (methods !== undefined && !/GET/i.test(methods)) return [];
    if (!/render_template|TemplateResponse|HTMLResponse|FileResponse|send_file|send_from_directory|<form/i.test(shows))
      return [];
    return [
      {
        address: `${prefixes.get(owner) ?? ''}/${path}`,
        at: hit.index,
        shows: /POST/.test(methods ?? '') ? `${shows}\nmethod: 'POST'` : shows,
      },
    ];
  });
}

/** Django: path() and plain expressions, but what includes others. */
const ofDjango = ({ text }: Code): Found[] =>
  /urlpatterns/.test(text)
    ? [...text.matchAll(/\b(?:path|re_path|url)\(\s*r?["']\^?([^"']*?)\$?["']\s*,\s*([^\n]*)/g)].flatMap((hit) =>
        /^(include|admin\.site)/.test(hit[2] ?? '')
          ? []
          : [{ address: hit[1] ?? '', at: hit.index, shows: (hit[2] ?? '').replace(/name\s*=.*/, '') }],
      )
    : [];

function ofLaravel(code: Code): Found[] {
  const { text } = code;
  const groups = [
    ...text.matchAll(
      /(?:prefix\(\s*|['"]prefix['"]\s*=>\s*)["']([^"']*)["'][\s\S]{0,200}?(?:group\([^{]*|function\s*\([^)]*\)\s*)\{/g,
    ),
  ]
    .slice(0, most)
    .map((hit) => {
      const start = hit.index + hit[0].length - 1;
      return { from: start, to: start + inside(code, start).text.length, prefix: hit[1] ?? '' };
    });
  const under = (from: number): string =>
    groups
      .filter((g) => g.from < from && from < g.to)
      .map((g) => g.prefix)
      .join('/');
  return [
    ...text.matchAll(
      /\b(?:Route::|->)(get|view|match|any|resource)\(\s*(?:\[([^\]]{0,200})\]\s*,\s*)?["']([^"']*)["']\s*,([^\n]*)/g,
    ),
  ].flatMap((hit) => {
    const [, kind = '', methods = 'get', path = '', shows = ''] = hit;
    if (!/get/i.test(methods)) return [];
    const one = (address: string): Found => ({ address: `${under(hit.index)}/${address}`, at: hit.index, shows });
    if (kind !== 'resource') return [one(path)];
    return path.includes('.') ? [] : [one(path), ...(offers(shows, 'create') ? [one(`${path}/create`)] : [])];
  });
}

/** Is this one of the actions that a resource has, where it names those it has or those it lacks? */
function offers(text: string, action: string): boolean {
  const only = /only\b[^[%]*(?:\[|%i\[)([^\]]*)/.exec(text)?.[1];
  const except = /except\b[^[%]*(?:\[|%i\[)([^\]]*)/.exec(text)?.[1];
  const has = (list: string): boolean => new RegExp(`\\b${action}\\b`).test(list);
  return only !== undefined ? has(only) : except === undefined || !has(except);
}

/** Rails: within a resource all is of one of its things, which has a parameter. */
function ofRails({ text }: Code): Found[] {
  const found: Found[] = [];
  const stack: (string | undefined)[] = [];
  let from = 0;
  for (const line of text.split('\n')) {
    const start = from;
    from += line.length + 1;
    if (/^\s*end\b/.test(line)) stack.pop();
    const [, kind = '', name = ''] =
      /^\s*(get|resources|namespace|scope)\s*\(?\s*(?::|["']\/?|path:\s*["']\/?)([\w/:.-]*)/.exec(line) ?? [];
    const prefix = stack.some((one) => one === undefined) ? undefined : stack.join('/');
    if (prefix !== undefined && kind && !/only:\s*(\[\s*\]|:(?!index|new)\w)/.test(line)) {
      const add = (address: string): void =>
        void found.push({ address: `${prefix}/${address}`, at: start, shows: line });
      if (kind === 'get') add(name);
      if (kind === 'resources') {
        if (offers(line, 'index')) add(name);
        if (offers(line, 'new')) add(`${name}/new`);
      }
    }
    if (/\bdo\b\s*(\|.*\|)?\s*$/.test(line))
      stack.push(
        kind === 'namespace' || kind === 'scope'
          ? name
          : /^\s*(resources?|member|collection)\b/.test(line)
            ? undefined
            : '',
      );
  }
  return found;
}
