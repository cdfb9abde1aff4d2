/** The files of a source, near its root first: nothing is run, links are not followed, tests and what is built or installed are passed over. */
import { join, relative } from 'node:path';
import type { SourceFile } from '../../model/chart.ts';
import { entriesOf, passedOver, tests, textOf } from './credentials.ts';

const made = /\.min\.|\.d\.ts$|\.config\.|\.stories\.|bundle|^(jquery|bootstrap|react|vue)[-.]/i;
const most = { files: 2000, bytes: 200_000, total: 8_000_000, milliseconds: 1500 };

/** Those whose names match, until enough was read. A folder that is not there holds none. */
export function filesIn(root: string, names: RegExp): SourceFile[] {
  const files: SourceFile[] = [];
  const folders = [root];
  const end = Date.now() + most.milliseconds;
  let left = most.total;
  while (folders.length && files.length < most.files && left > 0 && Date.now() < end) {
    const folder = folders.shift() as string;
    for (const entry of entriesOf(folder)) {
      const at = join(folder, entry.name);
      const path = relative(root, at).replaceAll('\\', '/');
      if (entry.isDirectory()) {
        if (!passedOver.test(entry.name)) folders.push(at);
      } else if (entry.isFile() && names.test(entry.name) && !made.test(entry.name) && !tests.test(path)) {
        // A line that long was written by no person.
        const text = textOf(at, most.bytes).replace(/^.{3000,}$/gm, '');
        if (!text || left < text.length) continue;
        left -= text.length;
        files.push({ path, text });
      }
    }
  }
  return files;
}
