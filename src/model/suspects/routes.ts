import type { SourceFile } from '../chart.ts';
import type { Clues } from '../suspects.ts';

interface Route {
  readonly line: number;
  /** The path, where all of it stands there; undefined where its end does. */
  readonly whole?: string;
  /** Where the method stands beside it. */
  readonly method?: string;
}

/** How a text between quotes may hold a parameter: `:id`, `[id]`, `{id}`, `<int:id>`, `${id}`. */
const parameter = '(?::\\w+|\\[\\w+\\]|\\{\\w+\\}|<[\\w:]+>|\\$\\{[^}]*\\})';
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const partsOf = (path: string): string[] => path.split('/').filter(Boolean);
const pattern = (parts: readonly string[]): string =>
  parts.map((part) => (part === ':id' ? parameter : escaped(part))).join('/');

/** Lines that name the path of a request, or its end (routers are mounted below another path), and files that are called like it. */
export function routesIn({ path: file }: SourceFile, lines: readonly string[], requests: Clues['requests']): Route[] {
  return requests.flatMap(({ method, path }) => {
    const parts = partsOf(path);
    if (!parts.length) return [];
    const verb = new RegExp(`\\b${method}\\b|\\b${verbs[method] ?? method}`, 'i');
    const whole = new RegExp(`["'\`/]${pattern(parts)}/?(?=["'\`?])`);
    const end = parts.at(-1) === ':id' ? parts.slice(-2) : parts.slice(-1);
    const tail = new RegExp(`["'\`]/?${pattern(end)}/?(?=["'\`?])`);
    const called = byFile(file, parts);
    return lines.flatMap((line, at): Route[] => {
      if (called && new RegExp(`\\b(export\\b.*\\b${method}\\b|export default\\b)`).test(line))
        return [{ line: at + 1, whole: path, method }];
      const found = whole.test(line);
      if (!found && !(parts.length > end.length && tail.test(line))) return [];
      return [{ line: at + 1, ...(found ? { whole: path } : {}), ...(verb.test(line) ? { method } : {}) }];
    });
  });
}

/** What frameworks call it, where it is not called by its name. */
const verbs: Readonly<Record<string, string>> = {
  DELETE: 'del(ete|eting)?\\b',
  POST: 'create|insert',
  PUT: 'update',
  PATCH: 'update',
};

/** app/api/tasks/[id]/route.ts, pages/api/tasks/[id].ts, server/api/tasks/index.post.ts, src/routes/tasks/+server.ts */
function byFile(file: string, parts: readonly string[]): boolean {
  return new RegExp(
    `(^|/)(app|pages|api|routes)/(.*/)?${pattern(parts).replace(/^api\//, '(api/)?')}(/route|/\\+server|/\\+page\\.server|/index)?(\\.(get|post|put|patch|delete))?\\.[jt]sx?$`,
  ).test(file);
}
