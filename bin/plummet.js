#!/usr/bin/env node
import { existsSync } from 'node:fs';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Plummet needs Node 22.18 or later and this is ${process.versions.node}: install a newer one, or run it by \`npx -p node@24 -p plummet plummet\`.`,
  );
  process.exit(64);
}
const source = new URL('../src/cli/main.ts', import.meta.url);
await import(existsSync(source) ? source.href : new URL('../dist/cli/main.js', import.meta.url).href);
