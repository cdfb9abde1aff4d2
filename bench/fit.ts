/**
 * The weights of the survey's proposer, fitted to stored walks. What is right is the candidate that led to the record; each app is judged
 * by weights that were fitted to all others. Written only where asked (`--write`), and taken up only where apps left out go better by it.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { type Choice, choicesIn } from '../src/model/choices.ts';
import type { RunEvent } from '../src/model/evidence.ts';
import { type Case, figures, fitted, leftOut, type Weights } from './logit.ts';
import { table } from './measure.ts';
import { ownApps, walk } from './walks.ts';

const file = join(import.meta.dirname, '../src/survey/weights.json');
const kinds = ['openers', 'forms'] as const;
type Kind = Choice['kind'];

interface Stored extends Readonly<Record<Kind, Weights>> {
  readonly byHand: Readonly<Record<Kind, Weights>>;
}

/** Folders of runs, each in a folder by the name of its app; what follows a dot in it tells runs apart. None: our own apps are walked. */
export async function fit(words: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...words],
    options: { write: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const folders = positionals.length
    ? positionals.map((one) => resolve(one))
    : [await walked(resolve('.plummet/walks'))];
  const walks = folders.flatMap(walksIn);
  const stored = JSON.parse(readFileSync(file, 'utf8')) as Stored;
  const of = (kind: Kind): Case[] =>
    walks.flatMap(({ app, choices }) => choices.filter((one) => one.kind === kind).map((one) => ({ app, ...one })));
  const apps = [...new Set(walks.map((one) => one.app))].sort();
  console.log(`${walks.length} walks of ${apps.length} apps: ${apps.join(', ')}`);
  const found = { openers: compare('openers', of('openers'), stored), forms: compare('forms', of('forms'), stored) };
  if (!values.write) return;
  const weights = (kind: Kind): Weights => (found[kind].better ? found[kind].weights : stored[kind]);
  const origin = (kind: Kind): string =>
    found[kind].better
      ? 'this fit'
      : isDeepStrictEqual(stored[kind], stored.byHand[kind])
        ? 'by hand'
        : 'an earlier fit';
  const from = {
    on: new Date().toISOString().slice(0, 10),
    apps: apps.join(', '),
    walks: walks.length,
    openers: { inUse: origin('openers'), ...found.openers.figures },
    forms: { inUse: origin('forms'), ...found.forms.figures },
  };
  const next = { openers: weights('openers'), forms: weights('forms'), byHand: stored.byHand, from };
  writeFileSync(file, `${JSON.stringify(next, null, 2)}\n`);
  console.log(`\nwritten: ${kinds.map((kind) => `${kind} ${origin(kind)}`).join(', ')}`);
}

/** Apps with a choice below which a gain may be luck. */
const fewest = 10;

/** Prints now against fitted. Better is what is better for apps that are left out by one figure and worse by none, in apps enough. */
function compare(
  kind: Kind,
  cases: readonly Case[],
  stored: Stored,
): { weights: Weights; better: boolean; figures: Record<string, unknown> } {
  const byHand = stored.byHand[kind];
  const weights = fitted(cases, byHand);
  const without = leftOut(cases, byHand);
  const now = figures(cases, () => stored[kind]);
  const inSample = figures(cases, () => weights);
  const left = figures(cases, (app) => without.get(app) ?? byHand);
  const candidates = cases.reduce((sum, one) => sum + one.candidates.length, 0);
  console.log(`\n${kind}: ${cases.length} choices among ${candidates} candidates, in ${without.size} apps\n`);
  console.log(
    table([
      ['mean over apps', 'now', 'fitted to all', 'left out'],
      ['place of the right one', ...[now, inSample, left].map(({ rank }) => rank.toFixed(3))],
      ['acts until it is through', ...[now, inSample, left].map(({ acts }) => acts.toFixed(2))],
    ]),
  );
  const rows = [...without].flatMap(([app, theirs]) => {
    const mine = cases.filter((one) => one.app === app);
    const [was, is] = [figures(mine, () => stored[kind]), figures(mine, () => theirs)];
    return was.rank === is.rank && was.rank === 1
      ? []
      : [[app, String(mine.length), was.rank.toFixed(2), is.rank.toFixed(2)]];
  });
  console.log(`\n${table([['not always first', 'choices', 'place now', 'left out'], ...rows])}`);
  const names = Object.keys(weights);
  const cells = (name: string): string[] => [byHand, stored[kind], weights].map((one) => String(one[name] ?? 0));
  console.log(`\n${table([['weight', 'by hand', 'now', 'fitted'], ...names.map((name) => [name, ...cells(name)])])}`);
  const worse = left.rank > now.rank || left.acts > now.acts;
  return {
    weights,
    better: without.size >= fewest && !worse && (left.rank < now.rank || left.acts < now.acts),
    figures: {
      apps: [...without.keys()].sort().join(', '),
      choices: cases.length,
      candidates,
      place: { before: rounded(now.rank), inSample: rounded(inSample.rank), leftOut: rounded(left.rank) },
      acts: { before: rounded(now.acts), inSample: rounded(inSample.acts), leftOut: rounded(left.acts) },
    },
  };
}

const rounded = (of: number): number => Math.round(of * 1000) / 1000;

/** Walks our own apps, so far as they are not stored, and gives the folder. */
async function walked(folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  for (const app of ownApps()) {
    await walk(app, folder);
    process.stderr.write(`${app.name}\n`);
  }
  return folder;
}

function walksIn(folder: string): { app: string; choices: Choice[] }[] {
  return readdirSync(folder)
    .sort()
    .filter((name) => existsSync(join(folder, name, 'events.ndjson')))
    .map((name) => {
      const lines = readFileSync(join(folder, name, 'events.ndjson'), 'utf8')
        .trim()
        .split('\n');
      return {
        app: name.split('.')[0] ?? name,
        choices: choicesIn(lines.map((line) => JSON.parse(line) as RunEvent)),
      };
    });
}
