/** A's honest writes, sent as nobody with other words; A's own reads decide what came of it. */
import { z } from 'zod';
import type { Sent } from '../../model/browser.ts';
import type { Context } from '../../model/context.ts';
import { asksOnly } from '../../model/graphql.ts';
import { holds, type Mark } from '../../model/mark.ts';
import type { Recipe, Values } from '../../model/recipe.ts';
import { type Asked, ask, carrying } from '../_shared/asking.ts';
import { cannotBeGuessed } from '../_shared/keys.ts';
import { mostPages, type Walk } from '../_shared/nobody.ts';
import { evidenceId } from '../_shared/observed.ts';
import { heldBack, type Learned, resend } from '../_shared/resending.ts';

export const writing = z.object({
  what: z.enum(['create', 'edit', 'delete']),
  /** Method and address. */
  request: z.string(),
  /** Its address holds what cannot be guessed. */
  keyed: z.boolean(),
  /** A sees that nobody did it. */
  done: z.boolean(),
  /** Nobody's own pages offer it. */
  offered: z.boolean(),
  /** A did it by the same request. */
  control: z.boolean(),
  /** What nobody was answered; 0 for nothing. */
  status: z.number(),
  evidence: evidenceId,
  honest: evidenceId,
});
export type Writing = z.infer<typeof writing>;

interface Ground {
  readonly context: Context;
  readonly walk: Walk;
  /** A's reads that carry what A writes. */
  readonly reads: readonly Sent[];
  readonly planted: { readonly mark: Mark; readonly own: string; readonly learned: Learned | undefined };
}

export async function tryWrites(ground: Ground): Promise<Writing[]> {
  const { context, reads, planted } = ground;
  const { facts, actors } = context;
  const { learned, mark, own } = planted;
  if (!learned || !reads.length) return [];
  const created = await tryCreate(ground, learned);
  const all = [created.writing];
  // Its queries would be kept back with its writes.
  if (!created.control || reads.some(asksOnly) || !created.writing.control) return all;
  let now = mark;
  if (facts.edit) {
    const to = context.mark();
    const edit = await heldBack(actors.A, facts.edit, { mark: now, new: to, own }, to, facts.entry);
    context.ledger.settle(to, 'nothing');
    const tried = edit && (await tryWords(ground, 'edit', edit, to, facts.edit, now));
    if (tried) {
      all.push(tried.writing);
      if (tried.stands) {
        context.ledger.renamed(now, tried.stands);
        now = tried.stands;
      }
    }
  }
  if (facts.delete && context.left() > 8000) {
    const deletion = await heldBack(actors.A, facts.delete, { mark: now, own }, undefined, facts.entry);
    const tried = deletion && (await tryDelete(ground, deletion, now, created.control));
    if (tried) all.push(tried);
  }
  return all;
}

const named = ({ write }: Learned): Pick<Writing, 'request' | 'keyed'> => ({
  request: `${write.method} ${write.url}`,
  keyed: write.url.split(/[^\w-]+/).some(cannotBeGuessed),
});

/** As the page saw it, else as it passed: what another origin answers, a page may not be let see. */
const statusOf = (asked: Asked | undefined): number => asked?.status || (asked?.exchanges.at(-1)?.status ?? 0);

/** Does one of A's reads carry it now? */
async function readBack({ context, reads }: Ground, mark: Mark): Promise<Asked | undefined> {
  for (const read of reads) {
    const asked = await ask(context, context.actors.A, read);
    if (carrying(asked.exchanges, mark)) return asked;
  }
  return undefined;
}

/** A write may be done a moment after it was answered. */
async function soonBack(ground: Ground, mark: Mark): Promise<Asked | undefined> {
  const { clock, facts } = ground.context;
  const end = clock.now() + Math.min(8000, 1500 + 2 * (facts.record?.delay ?? 0));
  for (;;) {
    const asked = await readBack(ground, mark);
    if (asked || clock.now() > end) return asked;
    await clock.sleep(250);
  }
}

async function tryCreate(ground: Ground, learned: Learned): Promise<{ writing: Writing; control?: Mark }> {
  const { context, planted } = ground;
  const [theirs, mine] = [context.mark(), context.mark()];
  const how = `${context.facts.record?.says ?? 'the form'}, by its request`;
  context.ledger.begin({ what: 'record', mark: theirs, how: `${how}, as nobody` });
  const asked = await resend(context, ground.walk.session, learned, { from: planted.mark, to: theirs });
  context.ledger.begin({ what: 'record', mark: mine, how });
  const honest = await resend(context, context.actors.A, learned, { from: planted.mark, to: mine });
  const control = honest && (await soonBack(ground, mine));
  context.ledger.settle(mine, control ? 'ok' : 'unclear');
  const came = asked && (await readBack(ground, theirs));
  context.ledger.settle(
    theirs,
    came ? 'ok' : !asked || asked.status >= 400 || asked.exchanges.length > 1 ? 'nothing' : 'unclear',
  );
  const { create } = context.facts.record ?? {};
  const note = (): Asked['evidence'] =>
    context.journal.note({
      kind: 'note',
      who: 'nobody',
      says: `the words of ${learned.write.method} ${learned.write.url} could not be changed`,
    });
  return {
    writing: {
      what: 'create',
      ...named(learned),
      done: came !== undefined,
      offered: came !== undefined && create !== undefined && (await offers(ground, create, { mark: context.mark() })),
      control: control !== undefined,
      status: statusOf(asked),
      evidence: asked?.evidence ?? note(),
      honest: came?.evidence ?? control?.evidence ?? honest?.evidence ?? note(),
    },
    ...(control ? { control: mine } : {}),
  };
}

async function tryWords(
  ground: Ground,
  what: 'edit',
  learned: Learned,
  from: Mark,
  recipe: Recipe,
  now: Mark,
): Promise<{ writing: Writing; stands?: Mark } | undefined> {
  const { context } = ground;
  const [theirs, mine] = [context.mark(), context.mark()];
  const asked = await resend(context, ground.walk.session, learned, { from, to: theirs });
  if (!asked) return undefined;
  const came = await readBack(ground, theirs);
  const honest = came ? undefined : await resend(context, context.actors.A, learned, { from, to: mine });
  const control = honest && (await soonBack(ground, mine));
  const late = came ?? (control ? undefined : await readBack(ground, theirs));
  const stands = late ? theirs : control ? mine : undefined;
  return {
    writing: {
      what,
      ...named(learned),
      done: late !== undefined,
      offered: late !== undefined && (await offers(ground, recipe, { mark: theirs, new: context.mark() })),
      control: control !== undefined,
      status: statusOf(asked),
      evidence: asked.evidence,
      honest: (late ?? control ?? honest ?? asked).evidence,
    },
    ...(stands && stands !== now ? { stands } : {}),
  };
}

async function tryDelete(ground: Ground, learned: Learned, mark: Mark, sentinel: Mark): Promise<Writing | undefined> {
  const { context } = ground;
  const since = learned.write.at;
  const gone = async (): Promise<Asked | undefined> =>
    (await readBack(ground, mark)) ? undefined : readBack(ground, sentinel);
  if (!(await readBack(ground, mark))) return undefined;
  const asked = await resend(context, ground.walk.session, learned);
  if (!asked) return undefined;
  const first = await gone();
  if (first) await context.clock.sleep(500);
  const done = first && (await gone());
  // What A's page could not send it may have kept, and sent itself when it could.
  const again = (r: Sent): boolean =>
    r.at > since && r.method === learned.write.method && r.url === learned.write.url && !r.error;
  if (done && context.actors.A.window.traffic(since).some(again)) return undefined;
  const honest = done ? undefined : await resend(context, context.actors.A, learned);
  let control = honest && (await gone());
  if (honest && !control) {
    await context.clock.sleep(1000);
    control = await gone();
  }
  if (done || control) context.ledger.removed(mark);
  return {
    what: 'delete',
    ...named(learned),
    done: done !== undefined,
    // What anyone may delete by a page of their own is not known to be meant so.
    offered: false,
    control: control !== undefined,
    status: statusOf(asked),
    evidence: asked.evidence,
    honest: (done ?? control ?? honest ?? asked).evidence,
  };
}

/** Does a page that nobody meets on a walk offer the same? Asked only where somebody would be accused. */
async function offers({ walk, context }: Ground, recipe: Recipe, values: Values): Promise<boolean> {
  await walk.further(mostPages);
  const [first] = recipe.steps;
  if (!walk.leads(first?.do === 'goto' ? first.url : context.facts.entry)) return false;
  const { missing, writes } = await walk.session.do(recipe, values);
  const text = values['new'] ?? values['mark'] ?? '';
  return missing === undefined && writes.some((w) => holds(w.body, text) || holds(w.url, text));
}
