import { readFile, stat } from 'node:fs/promises';
import { registerHooks } from 'node:module';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { didYouMean } from '../lib/nearest.ts';
import { clip, oneLine } from '../lib/text.ts';
import { Failure } from '../model/failure.ts';
import { type Config, configSchema } from './schema.ts';

export const configNames = [
  'plummet.config.ts',
  'plummet.config.mts',
  'plummet.config.js',
  'plummet.config.mjs',
  'plummet.config.json',
] as const;

export interface Loaded {
  readonly config: Config;
  /** Undefined where there is none. */
  readonly file?: string;
}

/** The config in the folder, and there only: one further up may be anybody's, and it is run. No file is an empty config; one that is wrong is a Failure. */
export async function loadConfig(folder: string): Promise<Loaded> {
  for (const name of configNames) {
    const file = resolve(folder, name);
    if (await exists(file)) return { config: checkConfig(await read(file), file), file };
  }
  return { config: {} };
}

/** Throws a Failure that names what is wrong, where, and the key that was probably meant. */
export function checkConfig(value: unknown, file: string): Config {
  const parsed = configSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.flatMap(explain);
  throw new Failure('E_CONFIG', `${file} is not right:\n${lines.map((line) => `  ${line}`).join('\n')}`);
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

async function read(file: string): Promise<unknown> {
  try {
    if (file.endsWith('.json')) return JSON.parse(await readFile(file, 'utf8'));
    return await runModule(file);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Failure('E_CONFIG', `${file} could not be read: ${clip(oneLine(why), 500)}`);
  }
}

/**
 * Runs a config by Node's own type stripping. `import { defineConfig } from 'plummet'` in it means this very program, also where it is not
 * installed beside the config (npx); and its format is said, so that Node does not warn of a package.json without a type.
 */
async function runModule(file: string): Promise<unknown> {
  const url = pathToFileURL(file).href;
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      if (specifier === 'plummet' && context.parentURL?.startsWith(url))
        return { url: new URL(`define${extname(import.meta.url)}`, import.meta.url).href, shortCircuit: true };
      const found = next(specifier, context);
      return found.url.startsWith(url)
        ? { ...found, format: /\.m?ts$/.test(file) ? 'module-typescript' : 'module' }
        : found;
    },
  });
  try {
    // The query keeps a long-lived process from being given a config that has changed since.
    const { mtimeMs } = await stat(file);
    const loaded = (await import(`${url}?at=${mtimeMs}`)) as { default?: unknown };
    if (loaded.default === undefined)
      throw new Error('it has no default export. Write: export default defineConfig({ … })');
    return loaded.default;
  } finally {
    hooks.deregister();
  }
}

function explain(issue: z.core.$ZodIssue): string[] {
  const at = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(issue.path);
    return issue.keys.map(
      (key) => `${[...issue.path, key].join('.')}: there is no such setting.${didYouMean(key, known)}`,
    );
  }
  if (issue.code === 'invalid_union') {
    // What was nearly right says more than that it is none of the others.
    const told = issue.errors.flat().toSorted((a, b) => b.path.length - a.path.length);
    const deepest = told.find((inner) => inner.code !== 'invalid_type') ?? told[0];
    return deepest
      ? explain({ ...deepest, path: [...issue.path, ...deepest.path] } as z.core.$ZodIssue)
      : [`${at}: ${issue.message}`];
  }
  if (issue.code === 'invalid_key') return issue.issues.map((inner) => `${at}: ${inner.message}`);
  return [`${at || 'the config'}: ${issue.message}`];
}

/** The keys of the object that stands at the path in the schema. */
function keysAt(path: readonly PropertyKey[]): string[] {
  let schema: z.core.$ZodType | undefined = configSchema;
  for (const key of path) {
    schema = bare(schema);
    if (schema instanceof z.ZodObject) schema = schema.shape[String(key)];
    else if (schema instanceof z.ZodArray) schema = schema.element as z.core.$ZodType;
  }
  const object = bare(schema);
  return object instanceof z.ZodObject ? Object.keys(object.shape) : [];
}

const bare = (schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined =>
  schema instanceof z.ZodOptional ? bare(schema.unwrap() as z.core.$ZodType) : schema;
