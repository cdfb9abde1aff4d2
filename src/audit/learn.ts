import { readFileSync } from 'node:fs';
import { type interruptible, TooLong, within } from '../lib/patience.ts';
import type { Journal, Ledger } from '../model/evidence.ts';
import type { Facts } from '../model/facts.ts';
import type { Marks } from '../model/mark.ts';
import type { Recipe, Values } from '../model/recipe.ts';
import type { AuditOptions } from '../model/target.ts';
import { surveyEnds } from '../model/walk.ts';
import { learnAddUser } from '../survey/add-user.ts';
import { survey } from '../survey/survey.ts';
import type { World } from './world.ts';

interface Around {
  readonly journal: Journal;
  readonly ledger: Ledger;
  readonly marks: Marks;
  readonly notes: string[];
  /** Epoch ms. */
  readonly startedAt: number;
  timed<T>(stage: string, work: Promise<T>): Promise<T>;
  progress(says: string): void;
  readonly orInterrupted: ReturnType<typeof interruptible>;
}

/** Before anything was learned. */
export const unknownYet = (entry: string): Facts => ({
  version: 1,
  kind: 'dead',
  entry,
  title: '',
  door: { kind: 'none', says: 'not looked for', evidence: [] },
  absent: [],
  told: {},
  pages: [],
  tried: [],
  evidence: [],
});

/** Milliseconds more where no record was found: nothing else would need them. */
const lastResorts = 25_000;

/** Milliseconds that are kept for tidying up. */
export const reserveOf = ({ budget }: AuditOptions): number => Math.min(10_000, budget * 0.1);

/** The survey, within its time. Where it does not end by itself, what it had learned by then. */
export async function learn(world: World, options: AuditOptions, around: Around): Promise<Facts> {
  const { windows, memory, actors, wire, clock, authenticator, storage, mail } = world;
  const { journal, ledger, marks, notes, startedAt, timed, progress, orInterrupted } = around;
  const { budget, profile, login, headers, openapi, remembered, signal } = options;
  const document = openapi ? await textOf(openapi) : undefined;
  memory.facts = { entry: options.url };
  const budgetEnd = startedAt + budget - reserveOf(options);
  // Who gives more than four minutes gets a longer look, too.
  const longest = Math.max(60_000, budget * 0.25);
  let surveyEnd = startedAt + (profile === 'reload' ? Math.min(budget * 0.7, 45_000) : Math.min(budget * 0.5, longest));
  const last = Math.min(surveyEnd + lastResorts + 15_000, budgetEnd);
  try {
    const surveyed = survey({
      url: options.url,
      windows,
      memory,
      actors,
      marks,
      journal,
      ledger,
      clock,
      authenticator,
      wire,
      published: world.published,
      given: givenRecipes(options),
      ...(remembered ? { remembered } : {}),
      writes: options.permit !== 'reads',
      today: new Date().toISOString().slice(0, 10),
      short: profile === 'reload',
      ...(mail ? { mail } : {}),
      ...(login ? { login } : {}),
      ...(headers ? { headers } : {}),
      ...(storage ? { storage } : {}),
      openapi: () => (document === undefined ? world.described : [document]),
      chart: () => world.chart,
      progress,
      left: () => (signal.aborted ? 0 : surveyEnd - Date.now()),
      goOn: () => {
        surveyEnd = Math.min(Math.max(surveyEnd, Date.now() + lastResorts), last - 2000);
      },
      tried: () => undefined,
      noted: (text) => void notes.push(text),
    });
    return await timed('survey', within(Math.max(1000, last - Date.now()), 'the survey', orInterrupted(surveyed)));
  } catch (error) {
    // What still runs of it ends with its windows, so that nothing acts in A's browser beside the probes.
    if (error instanceof TooLong) {
      await windows.closeAll();
      if (memory.facts.record || memory.facts.wordless)
        await within(12_000, 'a new session', actors.fresh('A'))
          .then((session) => actors.adopt(session, actors.account))
          .catch(() => undefined);
    }
    notes.push(
      error instanceof TooLong
        ? 'the survey did not end in its time'
        : `the survey ended with: ${(error as Error).message.split('\n')[0]}`,
    );
    return { ...unknownYet(options.url), ...memory.facts };
  } finally {
    journal.note({ kind: 'note', who: 'survey', says: surveyEnds });
  }
}

/** Milliseconds that the way to a second account is looked for. */
const addingWithin = 25_000;

/** How A makes an account for another, as a new version of the facts, and the first that was made so. */
export async function learnAdding(
  { actors, memory }: World,
  { permit, signal }: AuditOptions,
  { ledger, progress }: Pick<Around, 'ledger' | 'progress'>,
  facts: Facts,
): Promise<{ facts: Facts; account?: Values }> {
  if (permit === 'reads') return { facts };
  const end = Date.now() + addingWithin;
  const { recipe, account, refused } = await learnAddUser({
    actors,
    ledger,
    memory,
    today: new Date().toISOString().slice(0, 10),
    progress,
    left: () => (signal.aborted ? 0 : end - Date.now()),
  });
  const more = { ...(recipe ? { addUser: recipe } : {}), ...(refused ? { addUserRefused: refused } : {}) };
  if (!Object.keys(more).length) return { facts };
  return {
    facts: {
      ...facts,
      version: facts.version + 1,
      door: { ...facts.door, ...more },
      tried: refused ? [...facts.tried, `the form by which A makes accounts: ${refused}`] : facts.tried,
    },
    ...(account ? { account } : {}),
  };
}

function givenRecipes({
  recipes = {},
}: AuditOptions): Partial<Record<'log-in' | 'create' | 'edit' | 'delete', Recipe>> {
  const stand = (id: Recipe['id']): Recipe => ({ id, steps: [], given: true });
  return {
    ...(recipes.logIn ? { 'log-in': stand('log-in') } : {}),
    ...(recipes.create ? { create: stand('create') } : {}),
    ...(recipes.edit ? { edit: stand('edit') } : {}),
    ...(recipes.delete ? { delete: stand('delete') } : {}),
  };
}

async function textOf(at: string): Promise<string> {
  return /^https?:/.test(at) ? (await fetch(at)).text() : readFileSync(at, 'utf8');
}
