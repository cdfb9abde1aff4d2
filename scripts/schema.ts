/** Writes what is published in schema/: editors read one beside a plummet.config.json, programs the other beside a run.json. Tests say whether they are up to date. */
import { writeFileSync } from 'node:fs';
import { configJsonSchema } from '../src/config/json-schema.ts';
import { runJsonSchema } from './run-schema.ts';

const write = (name: string, text: string): void => writeFileSync(new URL(`../schema/${name}`, import.meta.url), text);

write('plummet.config.schema.json', configJsonSchema());
write('plummet.run.schema.json', runJsonSchema());
