import type { Config } from './schema.ts';

export { recorded } from './recorded.ts';

/** Gives a config its type in an editor, and returns it as it is. */
export const defineConfig = (config: Config): Config => config;
