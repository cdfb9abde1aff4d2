import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const passedOver = /^(\..*|node_modules|vendor|venv|site-packages|dist|build|target|coverage)$/i;
const document = /^(.*[-_.])?(openapi|swagger|api-?docs?|api-?spec)([-_.].*)?\.(ya?ml|json)$|\.(graphqls?|gql)$/i;
const prose = /^(readme|api|usage|endpoints).*\.(md|rst|txt|adoc)$|\.http$/i;
const most = { depth: 4, bytes: 2_000_000, files: 6 };

/** Texts of what is called like an OpenAPI document, or is a schema of GraphQL, in the source, then of READMEs, those near its root first. Links are not followed. */
export function documentsIn(root: string): string[] {
  const found: string[] = [];
  const read: string[] = [];
  let folders = [root];
  for (let depth = 0; depth <= most.depth && folders.length && found.length < most.files; depth++) {
    const below: string[] = [];
    for (const folder of folders)
      for (const entry of entriesOf(folder)) {
        const path = join(folder, entry.name);
        if (entry.isDirectory() && !passedOver.test(entry.name)) below.push(path);
        else if (entry.isFile() && document.test(entry.name)) found.push(...textAt(path));
        else if (entry.isFile() && prose.test(entry.name) && read.length < most.files) read.push(...textAt(path));
      }
    folders = below;
  }
  return [...found.slice(0, most.files), ...read];
}

/** None where it is too long, or cannot be read. */
function textAt(path: string): string[] {
  try {
    return statSync(path).size < most.bytes ? [readFileSync(path, 'utf8')] : [];
  } catch {
    return [];
  }
}

function entriesOf(folder: string): ReturnType<typeof list> {
  try {
    return list(folder);
  } catch {
    return [];
  }
}

const list = (folder: string) =>
  readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
