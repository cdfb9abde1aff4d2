/**
 * What carried the session is kept, the user logs out, and what was kept is used again for the same read. Control: it worked right before, and the
 * browser was out afterwards: nothing that logs out stands there any more, and the door does, or the browser has forgotten what carried the session.
 */
import { z } from 'zod';
import type { Sent } from '../../model/browser.ts';
import type { Context, WireRequest } from '../../model/context.ts';
import type { Step } from '../../model/recipe.ts';
import { type Carried, ofUser, readAnew, tells } from '../_shared/carriers.ts';
import { evidenceId } from '../_shared/observed.ts';
import { replayed } from '../_shared/replay.ts';
import { current, instead, jwtOf } from '../_shared/request-parts.ts';
import { exitIn, logOut } from './leaving.ts';
import { type Renewing, renewed, renewingIn } from './refreshing.ts';

export const ending = z.object({
  /** Why it was not tried. */
  none: z.string().optional(),
  /** What the control is called that logs out; undefined where none was found. */
  control: z.string().optional(),
  /** The browser was out. */
  out: z.boolean(),
  /** What was kept still reads the record. */
  still: z.boolean(),
  /** Seconds that the token lives from when it was made, where it is one that says so. */
  lives: z.number().optional(),
  /** A token that gets new ones: none was used in the time, it gets none any more, or it does. */
  refresh: z.enum(['unseen', 'dead', 'alive']),
  /** The log-in gave something that is called so, used or not. */
  refreshable: z.boolean(),
  evidence: z.array(evidenceId),
});
export type Ending = z.infer<typeof ending>;
/** Seconds that a token may have to run out. */
const patience = 12;
const nothing = { out: false, still: false, refresh: 'unseen', refreshable: false } as const;

export async function endingOf(context: Context, found: Carried): Promise<{ ending: Ending; steps: readonly Step[] }> {
  const { session } = found;
  const { window } = session;
  const evidence: Ending['evidence'] = [];
  const works = async (read: WireRequest): Promise<boolean> => {
    const told = await tells(context, read, found);
    evidence.push(told.evidence);
    return told.yes;
  };
  let kept = found.read;
  const lives = livesOf(found, context.clock.now());
  const asked = (): Renewing | undefined => renewingIn(window.traffic(0), found.carriers);
  // What gets new tokens is seen at work once the first has run out, where that may be waited for.
  if (lives !== undefined && lives <= patience && !asked() && window.traffic(0).some(givesRefresh)) {
    await context.clock.sleep(lives * 1000);
    kept = (await readAnew(context, found)) ?? kept;
  }
  if (!(await works(kept))) {
    kept = (await readAnew(context, found)) ?? kept;
    if (!(await works(kept)))
      return { ending: { ...nothing, none: 'the session did not read the record right before', evidence }, steps: [] };
  }
  const told = (await byItself(found)) === true;
  const stored = JSON.stringify(await window.storageState().catch(() => ({})));
  const since = context.clock.now();
  const left = await logOut(window.first, context.facts.record?.places[0]?.url ?? window.first.url);
  if (!left) return { ending: { ...nothing, evidence }, steps: [] };
  evidence.push(left.evidence);
  let out = await isOut(found, stored, told);
  if (!out) {
    await context.clock.sleep(1500);
    out = await isOut(found, stored, told);
  }
  evidence.push(await window.first.screen(`after “${left.says}” was pressed`));
  const latest = lastOf(window.traffic(since), kept, found);
  const renewing = asked();
  const reads = async (): Promise<boolean> => (await works(kept)) || (latest !== undefined && (await works(latest)));
  let still = out && (await reads());
  // What is ended elsewhere may be so a moment later.
  if (still) {
    await context.clock.sleep(1500);
    still = await reads();
  }
  const refresh = out && renewing ? await refreshOf(context, found, kept, renewing, evidence) : 'unseen';
  return {
    ending: {
      control: left.says,
      out,
      still,
      ...(lives === undefined ? {} : { lives }),
      refresh,
      refreshable: renewing !== undefined || window.traffic(0).some(givesRefresh),
      evidence,
    },
    steps: left.steps,
  };
}

/** What the browser gets by its cookies alone; undefined where there is more to it. */
async function byItself({ carriers, read, session, brings }: Carried): Promise<boolean | undefined> {
  if (read.method !== 'GET' || carriers.some(({ kind }) => kind !== 'cookie')) return undefined;
  const { status, body } = await session.window.first.fetch({ method: 'GET', url: read.url });
  return status === 0 || status === 429 ? undefined : brings(body);
}

/**
 * Nothing that logs out is there, and a door is, or what carried the session has left the browser, or the browser is not told any more what it was
 * told by its cookies (`told`).
 */
async function isOut(found: Carried, before: string, told: boolean): Promise<boolean> {
  const { window } = found.session;
  const view = await window.first.view();
  if (exitIn(view)) return false;
  if (view.controls.some((c) => c.type === 'password')) return true;
  if (told && (await byItself(found)) === false) return true;
  const now = JSON.stringify(await window.storageState().catch(() => ({})));
  return found.carriers.some(({ value }) => {
    const secret = jwtOf(value)?.text ?? value.replace(/^\w+ +/, '');
    return before.includes(secret) && !now.includes(secret);
  });
}

/** The read with what carried the session at the very last: it may change with each request. */
function lastOf(traffic: readonly Sent[], kept: WireRequest, { carriers }: Carried): WireRequest | undefined {
  const origin = new URL(kept.url).origin;
  const sent = traffic.find(
    (r) =>
      !r.socket && URL.parse(r.url)?.origin === origin && current(replayed(r, ''), carriers).length === carriers.length,
  );
  if (!sent) return undefined;
  const values = current(replayed(sent, ''), carriers);
  const differs = values.some(({ value }) => !current(kept, carriers).some((c) => c.value === value));
  return differs ? values.reduce((read, carrier) => instead(read, carrier, carrier.value), kept) : undefined;
}

/** Is what got new tokens before still good for one that reads? */
async function refreshOf(
  context: Context,
  found: Carried,
  kept: WireRequest,
  renewing: Renewing,
  evidence: Ending['evidence'],
): Promise<'dead' | 'alive'> {
  for (const secret of renewing.secrets) context.journal.hide(secret);
  const answer = await context.wire.send(renewing.request);
  evidence.push(answer.evidence);
  const fresh = renewed(answer, renewing);
  const [carrier] = ofUser(found);
  if (!fresh || !carrier) return 'dead';
  context.journal.hide(fresh);
  const token = jwtOf(carrier.value)?.text;
  const value = token ? carrier.value.replace(token, fresh) : carrier.value.replace(/[^ ]+$/, fresh);
  const told = await tells(context, instead(kept, carrier, value), found);
  evidence.push(told.evidence);
  return told.yes ? 'alive' : 'dead';
}

const givesRefresh = (r: Sent): boolean =>
  /"\w*refresh\w*token\w*"\s*:\s*"[^"]{12,}"/i.test(r.answer) ||
  /(^|\n)[\w.-]*refresh[\w.-]*=[^;\n]{12,}/i.test(r.answerHeaders['set-cookie'] ?? '');

/** Of the token that lives longest; undefined where it does not say. */
function livesOf(found: Carried, now: number): number | undefined {
  const lives = ofUser(found).flatMap(({ value }) => {
    const { exp, iat } = jwtOf(value)?.payload ?? {};
    return typeof exp === 'number' ? [exp - (typeof iat === 'number' ? iat : now / 1000)] : [];
  });
  return lives.length ? Math.round(Math.max(...lives)) : undefined;
}
