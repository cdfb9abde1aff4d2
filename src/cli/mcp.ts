/** `plummet mcp`: gives what the commands do to clients of the Model Context Protocol. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../config/load.ts';
import { readRecording } from '../config/recorded.ts';
import { claimsNamed } from '../config/select.ts';
import { clip, oneLine } from '../lib/text.ts';
import type { Call, Desk } from '../mcp/desk.ts';
import { criterionName } from '../model/criteria.ts';
import { Failure } from '../model/failure.ts';
import type { GivenRecipe, GivenRecipes } from '../model/target.ts';
import { askAgain, claimsOf, turned } from './again.ts';
import { briefsOf } from './brief.ts';
import type { Io } from './parts.ts';
import type { Live } from './progress.ts';
import { auditByFlags } from './run-audit.ts';
import { inputOf, readRun, writeRun } from './run-folder.ts';
import { standingOf } from './standing.ts';

/** Gives the exit code, once the client has gone and all is cleaned up. */
export async function runMcp(flags: { http?: string }, given: Io): Promise<number> {
  const port = flags.http === undefined ? undefined : portOf(flags.http);
  const { serveHttp, serveStreams } = await import('../mcp/serve.ts');
  const output = given.alone();
  const io = { ...given, out: given.err };
  const stop = new AbortController();
  const release = io.interrupts(() => (stop.signal.aborted ? io.kill(130) : stop.abort()));
  const desk = deskOf(io);
  try {
    if (port === undefined) await serveStreams(desk, { input: process.stdin, output, stop: stop.signal });
    else
      await serveHttp(desk, {
        port,
        stop: stop.signal,
        listening: (url) => io.err.write(`Listening at ${url}\n`),
      });
    return 0;
  } finally {
    release();
  }
}

function portOf(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new Failure('E_USAGE', `--http wants a port, not "${text}".`);
  return Number(text);
}

function deskOf(io: Io): Desk {
  /** What was proposed and works, by origin. */
  const proposed = new Map<string, GivenRecipes>();
  const recipesFor = async (address?: string): Promise<GivenRecipes | undefined> => {
    const url = address ?? (await loadConfig(io.cwd)).config.target ?? '';
    return proposed.get(originOf(url));
  };
  return {
    async audit(address, asks, profile, call) {
      const recipes = await recipesFor(address);
      return auditByFlags(address, asks, profile, io, liveOf(call), call.signal, recipes ? { recipes } : {});
    },
    async survey(address, recipes, call) {
      const all = { ...(await recipesFor(address)), ...recipes };
      const stored = await auditByFlags(address, {}, 'audit', io, liveOf(call), call.signal, {
        asks: false,
        recipes: all,
      });
      const { facts, target } = stored.run;
      const works = { logIn: facts.door.logIn, create: facts.record?.create, edit: facts.edit, delete: facts.delete };
      const kept = Object.entries(all).filter(([does]) => works[does as keyof GivenRecipes]?.given);
      proposed.set(originOf(target.url), Object.fromEntries(kept));
      return stored;
    },
    async verify(claims, name, asks, call) {
      const standing = name === undefined ? await standingOf(io.cwd) : undefined;
      const before = standing ?? (await readRun(io.cwd, name));
      const chosen = !claims.length && standing ? standing.broken : claimsOf(before.run, claims);
      if (!chosen.length) return undefined;
      const recipes = await recipesFor(before.run.target.url);
      const stored = await askAgain(before, chosen, asks, io, liveOf(call), call.signal, recipes);
      return { ...stored, turned: turned(standing ?? before.run, stored.run) };
    },
    async judge(name) {
      const { run, dir } = await readRun(io.cwd, name);
      const judged = (await io.parts()).judge(run);
      await writeRun(dir, judged);
      return { run: judged, dir, turned: turned(run, judged) };
    },
    read: (name) => readRun(io.cwd, name),
    input: ({ run, dir }) => inputOf(dir, run),
    briefs: ({ run, dir }) => briefsOf(run, dir, undefined, io),
    claim(words, run) {
      const own = run.asked.filter((claim) => criterionName(claim) !== undefined);
      const [claim = words, ...more] = claimsNamed([words], 'claim', own);
      if (more.length) throw new Failure('E_USAGE', `"${oneLine(words)}" means ${more.length + 1} claims. Name one.`);
      return claim;
    },
    recorded: played,
  };
}

const originOf = (url: string): string => URL.parse(/^\w+:\/\//.test(url) ? url : `http://${url}`)?.origin ?? url;

/** The text goes through a file, which is there only while it is read. */
async function played(script: string, record: string | undefined): Promise<GivenRecipe> {
  const whole = /\btest\s*\(/.test(script)
    ? script
    : `import { test, expect } from '@playwright/test';\ntest('given', async ({ page }) => {\n${script}\n});\n`;
  const dir = mkdtempSync(join(tmpdir(), 'plummet-recipe-'));
  const file = join(dir, 'given.spec.mts');
  try {
    writeFileSync(file, whole, { mode: 0o600 });
    return await readRecording(file, record === undefined ? {} : { record });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Each stage as a line of progress, and what is found as well. */
function liveOf(call: Call): Live {
  return {
    progress: ({ stage, says }) => call.says(clip(`${oneLine(stage)}: ${oneLine(says)}`, 200)),
    found: ({ claim, status }) => call.says(`${status}: ${claim}`),
    say: (text) => call.says(clip(oneLine(text), 300)),
    end: () => undefined,
  };
}
