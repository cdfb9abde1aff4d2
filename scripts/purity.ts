/**
 * Rule 5 of the law of imports, the half that is no import: the parts that decide reach for no clock, timer, network,
 * process or randomness. What runs inside a page is exempt (injected/, *.injected.ts), and so are tests.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { blankCommentsAndText } from './blank-comments-and-text.ts';

const pure = ['model', 'survey', 'probes', 'engine', 'report'];
const exempt = /(^|\/)injected\/|\.injected\.ts$|\.test\.ts$/;

const forbidden: readonly (readonly [RegExp, string])[] = [
  [/\bDate\.now\b|\bnew Date\(\s*\)|\bDate\(\s*\)|\bperformance\.now\b/, 'a clock'],
  [/(?<!\.)\b(setTimeout|setInterval|setImmediate)\s*\(/, 'a timer'],
  [/\bMath\.random\b|\bcrypto\.(randomUUID|getRandomValues)\b/, 'randomness'],
  // `fetch(url: string)` declares a method of that name and calls nothing.
  [/(?<!\.)\bfetch\s*\((?!\s*\w+\??\s*:)|\bnew (WebSocket|EventSource|XMLHttpRequest)\b/, 'the network'],
  [/(?<!\.)\b(process|console|globalThis)\./, 'the process'],
];

/** `src` is the folder that holds model/, survey/ and so on. One line for each breach. */
export function impurities(src: string): string[] {
  const found: string[] = [];
  for (const part of pure) {
    for (const file of typescriptFiles(path.join(src, part))) {
      const name = path.relative(path.dirname(src), file).replaceAll(path.sep, '/');
      if (exempt.test(name)) continue;
      const code = blankCommentsAndText(readFileSync(file, 'utf8'));
      for (const [number, line] of code.split('\n').entries()) {
        for (const [pattern, what] of forbidden) {
          const hit = pattern.exec(line);
          if (hit) found.push(`${name}:${number + 1}: ${hit[0].trim()} reaches for ${what}; take it from the context`);
        }
      }
    }
  }
  return found;
}

function typescriptFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => path.join(entry.parentPath, entry.name))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = impurities(path.resolve(import.meta.dirname, '../src'));
  for (const line of found) console.error(line);
  process.exitCode = found.length > 0 ? 1 : 0;
}
