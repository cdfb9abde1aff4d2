import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configNames } from '../config/load.ts';
import { agentsSection, marker, skill } from './agent-texts.ts';
import type { Io } from './parts.ts';

/** Seconds that the hook may take. */
const hookTime = 180;

/**
 * `plummet init --agent`: what coding agents read, where this folder has none: a section of AGENTS.md, a skill, an entry for the MCP server
 * and a stop hook. What is there stays as it is, and is added to once. Says what it did. Exit code 0.
 */
export async function initAgent(io: Io): Promise<number> {
  const { words, here } = callOf(io.cwd);
  const line = words.map(quoted).join(' ');
  const wrote = [
    await section(io.cwd, line),
    await file(io.cwd, '.claude/skills/plummet/SKILL.md', skill(line)),
    await entry(io.cwd, '.mcp.json', (held) => withServer(held, words)),
    await entry(io.cwd, '.claude/settings.json', (held) => withHook(held, `${line} hook`)),
  ];
  io.out.write(`${wrote.join('\n')}\n`);
  if (!here)
    io.out.write(
      'Plummet is not installed in this folder, so these files name where it lies on this machine. Install it here (npm install --save-dev) and run this again in their place to share them.\n',
    );
  if (!configNames.some((name) => existsSync(join(io.cwd, name))))
    io.out.write('Next: plummet init, and the address of the app as `target` in plummet.config.ts.\n');
  return 0;
}

/** How Plummet is called from this folder. `here`: it is installed in it, so that the words mean the same for everybody. */
function callOf(cwd: string): { words: readonly string[]; here: boolean } {
  // --no: it is never fetched from a registry, where that name may be anybody's.
  if (existsSync(join(cwd, 'node_modules/.bin/plummet')))
    return { words: ['npx', '--no', '--', 'plummet'], here: true };
  return { words: [process.execPath, fileURLToPath(new URL('../../bin/plummet.js', import.meta.url))], here: false };
}

/** For a shell. */
const quoted = (word: string): string => (/^[\w./:@-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

async function section(cwd: string, line: string): Promise<string> {
  const path = join(cwd, 'AGENTS.md');
  const held = existsSync(path) ? await readFile(path, 'utf8') : undefined;
  if (held?.includes(marker)) return 'AGENTS.md has the section; left as it is.';
  const text = agentsSection(line);
  await writeFile(
    path,
    held === undefined ? text : `${held}${held.endsWith('\n') || !held ? '' : '\n'}${held ? '\n' : ''}${text}`,
  );
  return held === undefined ? 'Wrote AGENTS.md.' : 'Added a section to AGENTS.md, at its end.';
}

async function file(cwd: string, name: string, text: string): Promise<string> {
  const path = join(cwd, name);
  if (existsSync(path)) return `${name} is there; left as it is.`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  return `Wrote ${name}.`;
}

type Json = { [key: string]: unknown };
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `add` gives undefined where it is there already, and false where what is there is of another form. */
async function entry(cwd: string, name: string, add: (held: Json) => Json | undefined | false): Promise<string> {
  const path = join(cwd, name);
  const text = existsSync(path) ? await readFile(path, 'utf8') : undefined;
  const leave = `${name} is not as it was expected; left as it is. Add by hand: ${JSON.stringify(add({}))}`;
  let held: unknown = {};
  try {
    if (text?.trim()) held = JSON.parse(text);
  } catch {
    return leave;
  }
  const next = isObject(held) ? add(held) : false;
  if (next === false) return leave;
  if (next === undefined) return `${name} has the entry; left as it is.`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify(next, null, indentOf(text))}\n`);
  return text === undefined ? `Wrote ${name}.` : `Added an entry to ${name}.`;
}

const indentOf = (text = ''): string => /^([ \t]+)"/m.exec(text)?.[1] ?? '  ';

function withServer(held: Json, [command, ...args]: readonly string[]): Json | undefined | false {
  const servers = held['mcpServers'] ?? {};
  if (!isObject(servers)) return false;
  if ('plummet' in servers) return undefined;
  return { ...held, mcpServers: { ...servers, plummet: { command, args: [...args, 'mcp'] } } };
}

function withHook(held: Json, command: string): Json | undefined | false {
  const hooks = held['hooks'] ?? {};
  const stop = isObject(hooks) ? (hooks['Stop'] ?? []) : undefined;
  if (!isObject(hooks) || !Array.isArray(stop)) return false;
  if (/plummet\S* hook\b/.test(JSON.stringify(stop))) return undefined;
  const own = { hooks: [{ type: 'command', command, timeout: hookTime }] };
  return { ...held, hooks: { ...hooks, Stop: [...stop, own] } };
}
