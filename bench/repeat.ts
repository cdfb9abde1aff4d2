/** The same from the same: each fixture ten times from the same store, with the same seed; recipes and verdicts are compared, and the walk of the first is done again. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Fixture } from '../fixtures/contract.ts';
import type { Run } from '../src/model/run.ts';
import { table, timed } from './measure.ts';

const run = promisify(execFile);
const program = join(import.meta.dirname, '../bin/plummet.js');
const turns = 10;
/** What hangs on what was learned; the rest of an audit takes twice as long and adds nothing here. */
const asked = ['records-*', 'edits-persist', 'moves-persist', 'deletions-persist', 'accounts-survive']
  .map((claim) => `persistence/${claim}`)
  .join(',');
const usual = ['json-spa', 'server-rendered', 'shared-board', 'lang-de', 'autosave-ws'];

export async function repeat(words: readonly string[]): Promise<void> {
  const rows = [['fixture', 'same recipes', 'same verdicts', 'the walk again']];
  for (const name of words.length ? words : usual) {
    const { default: fixture } = (await import(join(import.meta.dirname, '../fixtures', name, 'fixture.ts'))) as {
      default: Fixture;
    };
    const [recipes, verdicts]: [string[], string[]] = [[], []];
    let walk = '';
    for (let turn = 0; turn < turns; turn++) {
      const dir = mkdtempSync(join(tmpdir(), 'plummet-bench-'));
      try {
        const done = await once(fixture, dir, fixture.flags ?? []);
        recipes.push(recipesOf(done));
        verdicts.push(done.results.map((r) => `${r.claim} ${r.status}`).join('\n'));
        if (turn === 0) walk = await again(fixture, dir, done);
      } finally {
        rmSync(dir, { recursive: true, force: true });
      }
      process.stderr.write(`${name} ${turn + 1}/${turns}\n`);
    }
    rows.push([name, alike(recipes), alike(verdicts), walk]);
    for (const [first, ...more] of [recipes, verdicts]) {
      const other = more.find((one) => one !== first);
      if (other) console.log(`${name}:\n${differing(first ?? '', other)}`);
    }
  }
  console.log(table(rows));
}

async function once(fixture: Fixture, dir: string, flags: readonly string[]): Promise<Run> {
  const app = await fixture.start();
  try {
    const words = ['audit', app.url, '--seed', '7', '--keep-rows', '--out', join(dir, 'run'), ...flags];
    await timed([program, ...words, '--only', asked], { cwd: dir, env: { XDG_STATE_HOME: dir }, codes: [0, 1, 2] });
    return JSON.parse(readFileSync(join(dir, 'run/run.json'), 'utf8')) as Run;
  } finally {
    await app.close();
  }
}

/** On an app that was started anew: its port is another, so the run's address is. */
async function again(fixture: Fixture, dir: string, { target }: Run): Promise<string> {
  const app = await fixture.start();
  try {
    const [was, is] = [new URL(target.url).host, new URL(app.url).host];
    for (const file of ['run.json', 'events.ndjson']) {
      const at = join(dir, 'run', file);
      writeFileSync(at, readFileSync(at, 'utf8').replaceAll(was, is));
    }
    const { stdout } = await run(process.execPath, [program, 'replay', join(dir, 'run')], {
      cwd: dir,
      env: { ...process.env, XDG_STATE_HOME: dir },
    }).catch((failed: { stdout: string }) => failed);
    return stdout.trim().replaceAll('\n', '; ');
  } finally {
    await app.close();
  }
}

/** What was learned to be done, without what the app itself draws by lot: the address that it is at, and ids in the addresses of what was made. */
const recipesOf = ({ facts, target }: Run): string =>
  JSON.stringify(
    [
      facts.door.signUp,
      facts.door.logIn,
      facts.record?.create,
      facts.record?.places,
      facts.edit,
      facts.move,
      facts.delete,
    ],
    null,
    1,
  )
    .replaceAll(new URL(target.url).host, 'app')
    .replace(/(?<=\/app\/[^"?#]*)[\w-]{20,}/g, '#');

const alike = (all: readonly string[]): string => `${all.filter((one) => one === all[0]).length} of ${all.length}`;

/** Lines that only one of them has. */
function differing(a: string, b: string): string {
  const [one, two] = [a.split('\n'), b.split('\n')];
  return [
    ...one.filter((l) => !two.includes(l)).map((l) => `- ${l}`),
    ...two.filter((l) => !one.includes(l)).map((l) => `+ ${l}`),
  ]
    .slice(0, 20)
    .join('\n');
}
