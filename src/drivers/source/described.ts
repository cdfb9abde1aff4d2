import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const passedOver = /^(\..*|node_modules|vendor|venv|site-packages|dist|build|target|coverage)$/i;
const document = /^(.*[-_.])?(openapi|swagger|api-?docs?|api-?spec)([-_.].*)?\.(ya?ml|json)$/i;
const most = { depth: 4, bytes: 2_000_000, files: 5 };

/** Texts of what is called like an OpenAPI document in the source, those near its root first. Links are not followed. */
export function documentsIn(root: string): string[] {
  const found: string[] = [];
  let folders = [root];
  for (let depth = 0; depth <= most.depth && folders.length; depth++) {
    const below: string[] = [];
    for (const folder of folders)
      for (const entry of entriesOf(folder)) {
        const path = join(folder, entry.name);
        if (entry.isDirectory() && !passedOver.test(entry.name)) below.push(path);
        else if (entry.isFile() && document.test(entry.name) && statSync(path).size < most.bytes)
          found.push(readFileSync(path, 'utf8'));
      }
    folders = below;
  }
  return found.slice(0, most.files);
}

function entriesOf(folder: string): ReturnType<typeof read> {
  try {
    return read(folder);
  } catch {
    return [];
  }
}

const read = (folder: string) =>
  readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
