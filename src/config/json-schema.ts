import { z } from 'zod';
import { jsonConfigSchema } from './schema.ts';

/** The JSON schema of plummet.config.json, as it is shipped. */
export const configJsonSchema = (): string =>
  `${JSON.stringify({ ...z.toJSONSchema(jsonConfigSchema, { io: 'input' }), title: 'plummet.config.json' }, null, 2)}\n`;
