/**
 * A criterion of the config as a probe: `write`, then `look`, which is the control; then each disturbance, and `look` again. What could
 * deceive it: a session that a restart ends (A logs in anew); a disturbance that is not in hand (then the criterion is not told, whatever
 * else held); a look that finds what another wrote (its mark is a new one).
 */
import { z } from 'zod';
import { clip, list, oneLine } from '../lib/text.ts';
import type { Context } from '../model/context.ts';
import {
  criterionClaim,
  criterionName,
  type Disturbance,
  type GivenCriterion,
  type Scene,
  whens,
} from '../model/criteria.ts';
import { defineProbe, type Probe } from '../model/probe.ts';
import type { Permit } from '../model/target.ts';
import { type Cause, fail, pass, unknown } from '../model/verdict.ts';
import { cite } from '../probes/_shared/ground.ts';
import { evidenceId } from '../probes/_shared/observed.ts';
import { Cast, type Lacking, lacking, NotRun, patience } from './cast.ts';

const observed = z.object({
  /** What was done, in its order, up to the first that did not hold. */
  steps: z.array(
    z.object({
      what: z.enum(['write', 'look']),
      when: z.string(),
      held: z.boolean(),
      because: z.string(),
      where: z.string(),
      evidence: z.array(evidenceId),
    }),
  ),
  /** Why not all of it could be done. */
  lacking: lacking.optional(),
});
type Observed = z.infer<typeof observed>;

/** The probes of the criteria among the claims asked, those that restart the app last; without `options` for judging alone. */
export function criteriaIn(
  claims: readonly string[],
  options: { readonly criteria?: readonly GivenCriterion[]; readonly permit?: Permit } = {},
): Probe[] {
  const restarts = (given: GivenCriterion | undefined): number => (given?.after.includes('restart') ? 1 : 0);
  return claims
    .flatMap((claim) => {
      const name = criterionName(claim);
      return name === undefined ? [] : [{ name, given: options.criteria?.find((one) => one.name === name) }];
    })
    .sort((a, b) => restarts(a.given) - restarts(b.given))
    .map(({ name, given }) => probeOf(name, given, options.permit !== 'reads'));
}

const probeOf = (name: string, given: GivenCriterion | undefined, writes: boolean): Probe =>
  defineProbe<Observed>({
    id: criterionClaim(name),
    version: 1,
    does: `does what the config says of “${name}”`,
    // Alone, after all that shares a page with others; before what kills.
    mess: 'breaks',
    costs: 5000 + 3000 * (given?.after.length ?? 0) + (given?.after.includes('restart') ? 8000 : 0),
    session: 'own',
    profile: 'audit',
    observed,
    observe: (context) => observe(context, given, writes),
    claims: [{ id: criterionClaim(name), judge: (o) => judge(criterionClaim(name), o) }],
  });

function judge(claim: string, { steps, lacking: lack }: Observed): ReturnType<typeof pass> {
  const evidence = steps.flatMap((step) => step.evidence);
  const broken = steps.find(({ held }) => !held);
  if (broken)
    return fail(claim, {
      where: broken.where,
      because: `${broken.what === 'write' ? 'it could not be written' : 'it is not so'} ${broken.when}: ${broken.because}`,
      wrongIf:
        'its function in the config asks for something else than is meant, or waits for less time than this takes',
      evidence: cite(...evidence),
    });
  if (lack)
    return unknown(lack.cause as Cause, lack.because, lack.wants, [
      ...evidence,
      ...(lack.evidence ? [lack.evidence] : []),
    ]);
  return pass(
    `it is so ${list(steps.filter(({ what }) => what === 'look').map(({ when }) => when))}`,
    cite(...evidence),
  );
}

async function observe(context: Context, given: GivenCriterion | undefined, writes: boolean): Promise<Observed> {
  const { door, kind } = context.facts;
  const none = (cause: Cause, because: string, wants?: string): Observed => ({
    steps: [],
    lacking: new NotRun(cause, because, wants).lacking,
  });
  if (!given) return none('no-way-found', 'the config holds no criterion of this name', 'its functions in the config');
  if (!writes) return none('permission', 'a criterion may write, which was not permitted', '--permit writes');
  if (kind === 'dead') return none('could-not-look', 'the app did not answer');
  if (door.kind === 'closed') return none('no-way-found', door.says, door.wants ?? '--login user:password');
  context.progress(`“${given.name}”`);
  return play(context, given);
}

async function play(context: Context, given: GivenCriterion): Promise<Observed> {
  const { ledger, marks, app, clock } = context;
  const cast = new Cast(context);
  const steps: Observed['steps'] = [];
  let lack: Lacking | undefined;
  /** Marks that were written, and by whom. */
  const written = new Map<'A' | 'B', string>();

  /** Runs one function; false where it is not so. */
  const does = async (
    name: 'write' | 'look' | 'remove',
    when: string,
    { who = 'A', after }: { who?: 'A' | 'B'; after?: Disturbance } = {},
  ): Promise<boolean> => {
    if (context.left() < 500)
      throw new NotRun('no-time', `there was no time left ${when}`, '--budget with more seconds');
    const tab = (await cast.session(who)).window.first;
    let thrown: unknown;
    let ended = false;
    const change = await tab.drive(async (page) => {
      (page as { setDefaultTimeout(ms: number): void }).setDefaultTimeout(patience);
      const scene: Scene = { page, mark: written.get(who) ?? '', actors: cast, ...(after ? { after } : {}) };
      try {
        if ((await given[name]?.(scene)) === false) thrown = new Error('it gave false');
      } catch (error) {
        thrown = error ?? new Error('it threw nothing');
      }
      ended = true;
    }, given.name);
    if (!ended)
      throw new NotRun('no-time', `its ${name} did not end ${when}: ${'missing' in change ? change.missing : ''}`);
    if (thrown instanceof NotRun) throw thrown;
    const because = thrown === undefined ? '' : said(thrown);
    // The browser is gone, or the function itself is wrong: no word about the app.
    if (/has been closed|Target crashed/.test(because)) throw new Error(because);
    if (thrown instanceof ReferenceError || /strict mode violation/.test(because))
      throw new NotRun('control-failed', `its ${name} does not work: ${because}`, 'its function mended in the config');
    const held = thrown === undefined;
    const screen = await tab.screen(`“${given.name}”, ${name} ${when}: ${held ? 'done' : because}`);
    const evidence = 'missing' in change ? [screen] : [change.evidence, screen];
    if (name !== 'remove') steps.push({ what: name, when, held, because, where: tab.url, evidence });
    return held;
  };

  const writes = async (who: 'A' | 'B', when: string): Promise<boolean> => {
    const mark = marks.next();
    written.set(who, mark);
    if (!given.write) return true;
    ledger.begin({ what: 'record', mark, how: `“${given.name}”, a criterion of the config` });
    const held = await does('write', when, { who });
    if (held) ledger.settle(mark, 'ok');
    return held;
  };

  const disturb = async (by: Disturbance): Promise<boolean> => {
    if (by === 'reload') await (await cast.session('A')).window.first.reload();
    if (by === 'fresh browser') await cast.leave();
    if (by === 'second user') {
      await cast.session('B');
      return writes('B', 'by a second user');
    }
    if (by !== 'restart') return true;
    if (!app) throw new NotRun('needs-more', 'the app is not ours to start again', '--start "<command>"');
    await cast.leave();
    await app.stop();
    // A server that has just started may not be itself yet.
    const not = await app
      .start()
      .then(() => cast.session('A').catch(() => clock.sleep(3000).then(() => cast.session('A'))))
      .then(
        () => undefined,
        (error: Error) => error,
      );
    if (not === undefined) return true;
    const because = said(not);
    const shot = not instanceof NotRun ? not.lacking.evidence : undefined;
    const evidence = shot ?? context.journal.note({ kind: 'log', who: 'app', says: because });
    steps.push({
      what: 'look',
      when: whens.restart,
      held: false,
      because,
      where: context.facts.entry,
      evidence: [evidence],
    });
    return false;
  };

  /** The clean-up at the end of the run is A's: what B has written, B takes away. */
  const forB = async (who: 'A' | 'B', mark: string): Promise<boolean> => {
    const recipe = context.facts.delete;
    if (who === 'A' || !given.write || !recipe || recipe.unproven) return false;
    const { said: answer, missing } = await (await cast.session('B')).do(recipe, { mark });
    return missing === undefined && answer !== 'refused';
  };

  const goOn = async (work: () => Promise<boolean>): Promise<boolean> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof NotRun)) throw error;
      lack ??= error.lacking;
      // A function that is still at work is not to be met by the next.
      return error.lacking.cause !== 'no-time';
    }
  };

  try {
    const stands = await goOn(async () => (await writes('A', 'at first')) && does('look', 'at once'));
    // Where it never stood, or could not be tried, a disturbance would show nothing.
    if (stands && !lack)
      for (const after of given.after)
        if (!(await goOn(async () => (await disturb(after)) && does('look', whens[after], { after })))) break;
    for (const [who, mark] of written)
      if (await (given.remove ? does('remove', 'at the end', { who }) : forB(who, mark)).catch(() => false))
        ledger.removed(mark);
  } finally {
    await cast.leave();
  }
  return { steps, ...(lack ? { lacking: lack } : {}) };
}

/** Playwright says in several lines what it waited for. */
const said = (error: unknown): string =>
  clip(oneLine(error instanceof Error ? error.message : String(error)).replace(/ Call log: - /, ' '), 300);
