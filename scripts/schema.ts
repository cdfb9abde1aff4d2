/** Writes schema/plummet.config.schema.json, which editors read beside a plummet.config.json. A test says whether it is up to date. */
import { writeFileSync } from 'node:fs';
import { configJsonSchema } from '../src/config/json-schema.ts';

writeFileSync(new URL('../schema/plummet.config.schema.json', import.meta.url), configJsonSchema());
