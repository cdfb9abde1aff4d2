import type { Config } from './schema.ts';

/** Gives a config its type in an editor, and returns it as it is. */
export const defineConfig = (config: Config): Config => config;
