#!/usr/bin/env node
import { existsSync, mkdirSync } from 'node:fs';
import module from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Plummet needs Node 22.18 or later and this is ${process.versions.node}: install a newer one, or run it by \`npx -p node@24 -p plummet plummet\`.`,
  );
  process.exit(64);
}
try {
  // Compiled code is kept in the user's own folder: in a shared one, whoever wrote there first would be run.
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'plummet', 'compiled');
  mkdirSync(cache, { recursive: true, mode: process.getuid?.() === 0 ? 0o755 : 0o700 });
  module.enableCompileCache(cache);
} catch {
  // Without a home that can be written to it starts a little later.
}
const source = new URL('../src/cli/main.ts', import.meta.url);
await import(existsSync(source) ? source.href : new URL('../dist/cli/main.js', import.meta.url).href);
