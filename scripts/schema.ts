/** Writes schema/plummet.config.schema.json, which editors read beside a plummet.config.json. `--check` only says whether it is up to date. */
import { readFileSync, writeFileSync } from 'node:fs';
import { configJsonSchema } from '../src/config/json-schema.ts';

const file = new URL('../schema/plummet.config.schema.json', import.meta.url);
const written = configJsonSchema();
if (!process.argv.includes('--check')) writeFileSync(file, written);
else if (readFileSync(file, 'utf8') !== written) {
  console.error('schema/plummet.config.schema.json is not what the config says now. Run: node scripts/schema.ts');
  process.exitCode = 1;
}
