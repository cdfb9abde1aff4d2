import { list } from '../lib/text.ts';
import { Failure } from '../model/failure.ts';
import { differences, type Remembered, remember, wayNames, waysOf } from '../model/remembered.ts';
import type { Run } from '../model/run.ts';
import { inWords } from '../report/steps.ts';
import { tame } from '../report/tame.ts';
import type { Io } from './parts.ts';
import { readRecipes, recipesName, within, writeRecipes } from './recipes-file.ts';
import { readRun } from './run-folder.ts';

/** `plummet recipes [run]`: keeps what a run learned as plummet.recipes.json, and says what is otherwise than it was. Gives the exit code. */
export async function runRecipes(given: string | undefined, io: Io): Promise<number> {
  const { run } = await readRun(io.cwd, given);
  const app = new URL(run.target.url).origin;
  const learned = remember(run, recipesName);
  if ('because' in learned) throw new Failure('E_RECIPES', `There is nothing to keep: ${learned.because}.`);
  const before = await readRecipes(io.cwd);
  const old = before?.app === app ? before.known : undefined;
  const known = run.profile === 'reload' && old ? { ...waysNotAsked(old), ...learned.known } : learned.known;
  const path = await writeRecipes(io.cwd, app, known);
  const ways = waysOf(known);
  io.out.write(
    `${path} says how to ${list(wayNames.filter((way) => ways[way]))}. Commit it: the next run here of ${app} goes by it.\n${old ? changesIn(app, old, known) : before ? `It was for ${before.app}.\n` : ''}`,
  );
  return 0;
}

/** A short survey looks for no other. */
const waysNotAsked = ({ edit, delete: remove }: Remembered): Pick<Remembered, 'edit' | 'delete'> => ({
  ...(edit ? { edit } : {}),
  ...(remove ? { delete: remove } : {}),
});

/** What the file says for an app at this address; nothing where it is for another. */
export async function recipesFor(
  cwd: string,
  url: string,
  say: (text: string) => void,
): Promise<{ remembered?: Remembered }> {
  const kept = await readRecipes(cwd);
  const { origin } = new URL(url);
  if (!kept) return {};
  if (kept.app === origin) return { remembered: kept.known };
  say(`${recipesName} is for ${kept.app}, not for ${origin}: it is left aside.`);
  return {};
}

/** What the run learned otherwise than the recipes it was given, for stderr; empty where they led there. */
export function healed(given: Remembered | undefined, run: Run): string {
  if (!given || run.interrupted) return '';
  const learned = remember(run, recipesName);
  if ('because' in learned) return '';
  const known = run.profile === 'reload' ? { ...waysNotAsked(given), ...learned.known } : learned.known;
  const changes = changesIn(new URL(run.target.url).origin, given, known);
  return (
    changes && `\n${recipesName} is not what this run learned:\n${changes}Keep the new ones with: plummet recipes\n`
  );
}

function changesIn(app: string, old: Remembered, known: Remembered): string {
  return differences(old, known)
    .flatMap(({ way, was, is }) => {
      const [one, other] = [was && told(app, was), is && told(app, is)];
      return [
        `  ${way}`,
        ...(one ? [`    - ${one}`] : []),
        ...(other ? [`    + ${other}${one === other ? ' (its controls are found elsewhere)' : ''}`] : []),
        ...(is ? [] : ['    not learned this time']),
      ];
    })
    .map((line) => `${line}\n`)
    .join('');
}

/** On one line, whatever the app calls its buttons. */
const told = (app: string, steps: Parameters<typeof inWords>[0]): string => tame(inWords(within(app, steps)));
