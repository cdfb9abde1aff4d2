/** Records that are acknowledged and do not exist: what may be said of them, and rows that were there before instead. */
import { z } from 'zod';
import { itemWith } from '../../model/answer.ts';
import type { App } from '../../model/app.ts';
import type { Context, Session } from '../../model/context.ts';
import type { Facts, Place } from '../../model/facts.ts';
import { rowsOf } from '../../model/paging-api.ts';
import { sendOf } from '../../model/recipe.ts';
import { fail, type Verdict } from '../../model/verdict.ts';
import { cite, plant, recordOf } from './ground.ts';
import { evidenceId, sighting } from './observed.ts';
import { reproduce } from './reproduce.ts';
import { leaveFor } from './started.ts';
import { wordOf } from './word-of.ts';

export const phantom = z.object({ mark: z.string(), save: evidenceId, looked: sighting });
export type Phantom = z.infer<typeof phantom>;

/** Writes another, and looks for it as its maker. Undefined where the record is none that was acknowledged and does not exist. */
export async function phantomOf(context: Context, session: Session): Promise<Phantom | undefined> {
  if (recordOf(context.facts).kind !== 'phantom') return undefined;
  const { mark, outcome, places } = await plant(context, session);
  if (outcome.said !== 'ok') return undefined;
  const { seen, because, evidence } = await session.look(mark, 'seen', { places });
  return seen === 'no' ? { mark, save: outcome.evidence, looked: { seen, because, evidence } } : undefined;
}

/** Its maker looks for what was acknowledged. */
export const reproduceNever = (facts: Facts): string =>
  reproduce(
    facts,
    `await create(page); await home(page); console.log('there for its maker:', await shows(page, mark));`,
  );

/** Nothing that happens later can lose it: it never was. */
export function neverWas(
  claim: `${string}/${string}`,
  { mark, save, looked }: Phantom,
  { where, when, reproduce }: { where: string; when: string; reproduce: string },
): Verdict {
  return fail(claim, {
    where,
    because: `the record ${mark} was acknowledged with an id of its own and does not exist for its maker, ${when}`,
    wrongIf: 'the work is still pending, and the app says so',
    evidence: cite(save, looked.evidence),
    reproduce,
  });
}

interface Planted {
  readonly mark: string;
  readonly places: readonly Place[];
  /** Where its making ended. */
  readonly own: string;
  /** It was there before. */
  readonly there: boolean;
}

/** A record to change: one of ours; where ours do not exist, one that was there. */
export async function plantOrTake(context: Context, session: Session): Promise<Planted> {
  const row = recordOf(context.facts).kind === 'phantom' ? await rowThere(context, session) : undefined;
  if (row) return row;
  const { mark, places, outcome } = await plant(context, session);
  return { mark, places, own: outcome.url, there: false };
}

/** Can a row that was there be changed for a trial? Only on a copy: elsewhere nothing is touched that is not ours. */
export const mayTake = ({ app }: Context): boolean => app !== undefined && !app.precious && app.moved.length > 0;

/** What stands in the code of an app is changed by no request. */
const code = /\.(m?[jt]sx?|[cm][jt]s|py|rb|php|go|java|kt|cs|rs|exs?|map|md)$/i;

/** Where the row is kept, if that may be anywhere but in the copy. */
async function keptOutside({ clock }: Context, app: App, word: string): Promise<string | undefined> {
  const files = (await app.files(0, [word])).filter(({ holds, log }) => holds.length > 0 && !log);
  const outside = files.find(({ path }) => !code.test(path) && !app.moved.some(({ to }) => path.startsWith(to)));
  if (outside) return `${outside.path} holds it`;
  const leave = await leaveFor(app, word, clock.now());
  return leave.kept === 'elsewhere' ? leave.why : undefined;
}

/** A row that was there, by a word of its own. Not where that word is kept anywhere but in the copy. */
async function rowThere(context: Context, session: Session): Promise<Planted | undefined> {
  const { app, facts } = context;
  const places = facts.record?.places ?? [];
  const [list] = places;
  if (!app?.running || !list || !mayTake(context)) return undefined;
  const { body } = await session.window.first.fetch({ method: 'GET', url: list.url });
  const note = (says: string): undefined => void context.journal.note({ kind: 'note', who: 'A', says });
  const word = wordOf(rowsOf(body), body)?.word;
  if (!word || !itemWith(body, word, sendOf(facts.record?.create)?.id))
    return note('no row that was there before has a word of its own');
  const kept = await keptOutside(context, app, word);
  if (kept) return note(`the row with “${word}” was there before, and is left alone: ${kept}`);
  note(`the row with “${word}” was there before, in the copy that the app runs on`);
  return { mark: word, places, own: list.url, there: true };
}
