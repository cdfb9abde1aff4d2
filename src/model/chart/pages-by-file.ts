/** Frameworks whose pages are files: Next, Nuxt, SvelteKit, Remix and React Router, Astro; and pages of plain HTML and PHP. */
import type { Told } from '../chart.ts';
import type { Code } from './text.ts';

/** Texts of package.json by their folder; '' is the root. */
export type Packages = ReadonlyMap<string, string>;
type File = { readonly path: string; readonly code: Code };

/** Groups, slots and pathless layouts have no part in the address; a parameter has no address at all. */
function joined(segments: readonly string[]): string | undefined {
  if (segments.some((s) => /^\[|^\$|^:|^\(\.+\)|^@|\[/.test(s))) return undefined;
  return `/${segments.filter((s) => s !== '' && !/^\(.*\)$/.test(s)).join('/')}`;
}

export function byFile(files: readonly File[], packages: Packages): Told[] {
  const uses = (folder: string, name: string): boolean => nearest(packages, folder).includes(`"${name}"`);
  const texts = new Map(files.map(({ path, code }) => [path, code.text]));
  return files.flatMap(({ path, code }): Told[] => {
    const told = addressOf(path, uses);
    if (told === undefined) return plainPage(path, code);
    const beside = path.replace(/\+page\.svelte$/, '+page.server.ts');
    return [
      {
        address: told,
        where: path,
        shows: code.text + (beside === path ? '' : (texts.get(beside) ?? texts.get(beside.replace(/ts$/, 'js')) ?? '')),
      },
    ];
  });
}

function nearest(packages: Packages, folder: string): string {
  for (let at = folder; ; at = at.includes('/') ? at.slice(0, at.lastIndexOf('/')) : '') {
    const text = packages.get(at);
    if (text !== undefined) return text;
    if (at === '') return '';
  }
}

function addressOf(path: string, uses: (folder: string, name: string) => boolean): string | undefined {
  const [, root = '', kind = '', rest = ''] =
    /^(.*?\/?)(?:src\/)?\b(app|pages|routes|app\/routes|src\/routes)\/(.+)$/.exec(path) ?? [];
  const folder = root.replace(/\/$/, '');
  const of = (pattern: RegExp): string[] | undefined => pattern.exec(path)?.[1]?.split('/');
  const page = of(/(?:^|\/)app\/((?:.+\/)?)page\.(?:tsx?|jsx?|mdx)$/);
  if (page && uses(folder, 'next')) return page.some((s) => s.startsWith('_')) ? undefined : joined(page);
  const kit = of(/(?:^|\/)routes\/((?:.+\/)?)\+page\.svelte$/);
  if (kit) return joined(kit);
  const remix = /(?:^|\/)app\/routes\/(.+?)(?:\/route)?\.(?:tsx|jsx)$/.exec(path)?.[1];
  if (remix && (uses(folder, '@remix-run/react') || uses(folder, '@react-router/dev'))) return remixed(remix);
  const file = /^(.+)\.(tsx|jsx|vue|astro)$/.exec(rest);
  if (kind !== 'pages' || !file) return undefined;
  const [, name = '', extension = ''] = file;
  const framework = { tsx: 'next', jsx: 'next', vue: 'nuxt', astro: 'astro' }[extension] as string;
  if (!uses(folder, framework) || /^(api\/|_|404|500)/.test(name)) return undefined;
  return joined(name.split('/').map((s) => (s === 'index' ? '' : s)));
}

/** Flat routes: dots part the address, _layout and _index are no part of it, $x is a parameter. */
function remixed(name: string): string | undefined {
  return joined(
    name
      .split(/[./]/)
      .map((s) => s.replace(/_$/, ''))
      .filter((s) => !s.startsWith('_')),
  );
}

/** A form in a page that is served as it lies. */
function plainPage(path: string, { text }: Code): Told[] {
  const name =
    /^(?:.*\/)?(?:public|static|www|htdocs|wwwroot)\/(.+\.(?:html?|php))$/.exec(path)?.[1] ??
    (/^[\w/-]+\.(html?|php)$/.test(path) ? path : undefined);
  const isPart =
    /(^|\/)(inc|includes?|partials?|templates?|views?|layouts?|components?|lib|src|config|resources)\//i.test(path);
  if (!name || isPart || !/<form\b/i.test(text)) return [];
  if (/\.php$/.test(path) && !/method\s*=\s*["']?post/i.test(text)) return [];
  return [{ address: `/${name}`.replace(/\/index\.(html?|php)$/, '/'), where: path, shows: text }];
}
