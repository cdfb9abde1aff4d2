/**
 * Sends the log-in form with a wrong password, with an unknown user and empty, and last with the right password. Logged in is who sees the
 * record of the account, which nobody sees; where there is none, most of what it shows in two loads and nobody sees. Control: the right
 * password lets in, before and after, by the same steps. What could deceive it: an unknown user who is given an account of their own (sound
 * if another password is then refused); a limit of log-ins (then nothing is said); a record that is open to all.
 */
import type { Context, Session } from '../../model/context.ts';
import type { EvidenceId } from '../../model/evidence.ts';
import type { Facts } from '../../model/facts.ts';
import { defineProbe } from '../../model/probe.ts';
import { quote } from '../../model/quote.ts';
import type { Values } from '../../model/recipe.ts';
import { account, at, attempt, formAt, isHere, linesOf, noPassword, type Tried, wayTo } from '../_shared/door.ts';
import { plant } from '../_shared/ground.ts';
import { script } from '../_shared/reproduce.ts';
import { isIn, judgeRefused, judgeRevealed, type Observed, observed, type Try } from './log-in-judged.ts';
import { askFor, lostPassword } from './lost-password.ts';
import { alike, differing, partsOf, strangerLike } from './telling.ts';

async function observe(context: Context): Promise<Observed> {
  const { facts, actors, clock, marks, ledger } = context;
  const where = formAt(facts);
  if (noPassword(facts)) return { where, own: false, tries: [], reproduce: { refused: '', revealed: '' } };
  context.progress('logging in with a wrong password, as an unknown user and with nothing');
  const who = await account(context);
  const right = who.values;
  const wrong = { ...right, password: changed(right['password'] ?? '') };
  const stranger = strangerLike(right, marks.next(), wrong.password);
  context.journal.hide(wrong.password);

  // The account's own record, and what its page shows beside it.
  const inside = who.session ?? (await entered(context, right));
  const writes = facts.record && facts.record.kind !== 'echo';
  const planted = writes ? await plant(context, inside, { quick: true }) : undefined;
  const spot = {
    mark: planted?.mark,
    place: planted?.places[0] ?? ({ url: facts.entry, what: 'list' } as const),
  };
  const mine = await at(inside, spot, clock);
  await inside.close();
  let browser = await actors.fresh('nobody');
  const entry = await browser.window.first.view();
  const outside = await at(browser, spot, clock);

  const tryWith = async (values: Values): Promise<Tried> => {
    const tried = await attempt(context, browser, values, spot);
    if (!tried.shut) {
      await browser.close();
      browser = await actors.fresh('nobody');
    }
    return tried;
  };
  const wrongly = await tryWith(wrong);
  ledger.begin({ what: 'account', mark: stranger.email, how: 'an unknown user, tried at the log-in' });
  const strange = await tryWith(stranger);
  const empty = await tryWith(nothing);
  const again = strange.shut ? undefined : await tryWith({ ...stranger, password: right['password'] ?? '' });
  const typed = [wrong, stranger, right];
  const parts = ({ done, ended }: Tried): string[] => partsOf({ writes: done.writes, ended }, typed);
  const second = wrongly.shut && strange.shut && !alike(differing([parts(wrongly)], [parts(strange)]));
  const repeated = second ? ([await tryWith(wrong), await tryWith(stranger)] as const) : undefined;
  const lost =
    who.own || facts.door.account === 'signed-up' ? await reset(context, browser, right, stranger) : undefined;
  // The same browser where nothing let it in, so that what was tried before is no excuse.
  const honest = await tryWith(right);
  await browser.close();

  const open = [entry, outside.view].flatMap((view) => linesOf(view, right, spot.mark));
  const shown = linesOf(mine.view, right, spot.mark);
  const signs = honest.lines.filter((line) => shown.includes(line) && !open.includes(line));
  const byMark = mine.marked && honest.marked && !outside.marked;
  const judged = (what: Try['what'], tried: Tried): Try => ({
    what,
    marked: byMark && tried.marked,
    share: signs.filter((sign) => tried.lines.includes(sign)).length / Math.max(1, signs.length),
    limited: tried.limited,
    sent: tried.done.writes.length > 0,
    evidence: tried.done.evidence,
    ...(tried.done.missing ? { missing: tried.done.missing } : {}),
  });
  const tries = [
    judged('wrong', wrongly),
    judged('unknown', strange),
    judged('empty', empty),
    ...(again ? [judged('again', again)] : []),
  ];
  ledger.settle(stranger.email, isIn(tries[1]) ? 'ok' : 'nothing');
  return {
    where,
    own: who.own,
    tries,
    control: {
      in: byMark || (signs.length > 1 && !honest.shut),
      byMark,
      limited: honest.limited,
      ...(honest.done.missing ? { missing: honest.done.missing } : {}),
      evidence: honest.done.evidence,
    },
    told: {
      ...differing(
        [parts(wrongly), ...(repeated ? [parts(repeated[0])] : [])],
        [parts(strange), ...(repeated ? [parts(repeated[1])] : [])],
      ),
      evidence: [wrongly.done.evidence, strange.done.evidence],
    },
    ...(lost ? { lost } : {}),
    reproduce: scripts(facts),
  };
}

async function entered(context: Context, values: Values): Promise<Session> {
  const session = await context.actors.fresh('nobody');
  await attempt(context, session, values, { place: { url: context.facts.entry, what: 'list' } });
  return session;
}

/** The form for a lost password with both addresses, twice where the answers differ. It sends letters: only to ourselves. */
async function reset(context: Context, session: Session, known: Values, stranger: Values): Promise<Observed['lost']> {
  const { facts, app, journal } = context;
  const tab = session.window.first;
  const found = await lostPassword(tab, wayTo(facts));
  if (found === 'none') return undefined;
  const cannot = (because: string): Observed['lost'] => ({
    because,
    known: [],
    unknown: [],
    evidence: [journal.note({ kind: 'note', who: 'nobody', says: because })],
  });
  if (typeof found === 'string') return cannot(found);
  if (!app && !isHere(facts.entry))
    return cannot('the form for a lost password sends letters, and it is not known where they end');
  const answers: { known: string[][]; unknown: string[][] } = { known: [], unknown: [] };
  const evidence: EvidenceId[] = [];
  for (let round = 0; round < 2; round++) {
    for (const [of, values] of [
      ['known', known],
      ['unknown', stranger],
    ] as const) {
      const change = await askFor(tab, found, values);
      if (!change) return cannot('the form for a lost password could not be sent');
      if (change.requests.some((r) => r.status === 429))
        return cannot('the form for a lost password asked to come later');
      answers[of].push(partsOf({ writes: change.writes, ended: change.after }, [known, stranger]));
      evidence.push(change.evidence);
    }
    if (alike(differing(answers.known, answers.unknown))) break;
  }
  return { ...differing(answers.known, answers.unknown), evidence };
}

const nothing: Values = { email: '', username: '', name: '', password: '' };
/** One letter is another: no rule of length or kind refuses it before it is compared. */
const changed = (password: string): string =>
  password.length > 3
    ? `${password.slice(0, -3)}${password.at(-3) === 'q' ? 'w' : 'q'}${password.slice(-2)}`
    : `${password}q7`;
function scripts(facts: Facts): Observed['reproduce'] {
  const start = facts.door.signUp ? 'await signUp(page);' : 'await enter(page);';
  const look = (says: string): string =>
    `{ const other = await fresh(); await enter(other); const door = await other.locator('input[type=password]').count() > 0;
${facts.record ? 'await home(other); await other.waitForTimeout(1500);\n' : ''}console.log(${quote(says)}, door${facts.record ? ", ' the record is shown:', await shows(other, mark)" : ''}); }`;
  return {
    refused: script(
      facts,
      `const page = await fresh(); ${start}${facts.record ? ' await create(page);' : ''}
password = password.slice(0, -1) + 'q'; ${look('with a wrong password a password field is still shown:')}
account('b'); ${look('as an unknown user a password field is still shown:')}`,
    ),
    revealed: script(
      facts,
      `const page = await fresh(); ${start}
const answers = async (says) => {
  const other = await fresh();
  other.on('response', async (r) => { if (r.request().method() !== 'GET') console.log(says, r.status(), (await r.text().catch(() => '')).replace(/<[^>]*>|\\s+/g, ' ').slice(0, 2000)); });
  await enter(other);
};
password += 'q'; await answers('known:');
account('b'); password += 'q'; await answers('unknown:');`,
    ),
  };
}

export const logIn = defineProbe<Observed>({
  id: 'authentication/log-in',
  version: 1,
  does: 'makes 1 account, writes 1 record and sends the log-in form 4 to 7 times, twice where something is broken; asks for a lost password at most 4 times',
  mess: 'own-rows',
  costs: 12_000,
  session: 'own',
  profile: 'audit',
  observed,
  observe,
  claims: [
    { id: 'authentication/wrong-passwords-are-refused', judge: judgeRefused },
    { id: 'authentication/accounts-are-not-revealed', judge: judgeRevealed },
  ],
});
