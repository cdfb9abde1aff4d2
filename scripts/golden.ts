/** `npm run golden`: writes what each format makes of one stored run. What changed is to be read like code. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { folder, goldens } from '../test/goldens.ts';

for (const [name, text] of goldens()) writeFileSync(path.join(folder, name), text);
