/**
 * Asks what was heard of secrets in all answers of the run. Control: answers were read, to a log-in or a sign-up among them (one is made where
 * there was none). What could deceive it: one's own token in the answer to one's own log-in is its purpose (only what another is known by
 * counts); digests of contents (counted only by the form of a password hash, or by what the member is called); scripts and styles, which
 * everybody is served, belong to another claim.
 */
import { z } from 'zod';
import type { Answers, Context } from '../../model/context.ts';
import type { Facts } from '../../model/facts.ts';
import { defineProbe } from '../../model/probe.ts';
import { quote } from '../../model/quote.ts';
import { forms } from '../../model/spills.ts';
import { fail, pass, unknown, type Verdict } from '../../model/verdict.ts';
import { cite } from '../_shared/ground.ts';
import { evidenceId } from '../_shared/observed.ts';
import { readLists } from '../_shared/reading.ts';
import { script } from '../_shared/reproduce.ts';

const observed = z.object({
  read: z.number(),
  /** Requests that carried a password. */
  doors: z.number(),
  spills: z.array(
    z.object({ what: z.string(), where: z.string(), who: z.string(), short: z.string(), evidence: evidenceId }),
  ),
  evidence: evidenceId,
  reproduce: z.string(),
});
export type Observed = z.infer<typeof observed>;

async function observe({ actors, answers, facts, journal, progress }: Context): Promise<Observed> {
  progress('looking through all answers for secrets');
  if (!answers.doors && facts.door.signUp) await (await actors.signUp())?.session.close();
  await readLists(actors.A, facts);
  const { read, doors, spills } = answers;
  return {
    read,
    doors,
    spills: [...spills],
    evidence: journal.note({
      kind: 'note',
      who: 'plummet',
      says: `${read} answers were looked through, ${doors} of them to requests with a password: ${spills.length} hold a secret`,
    }),
    reproduce: spills.length ? scriptFor(facts, spills) : '',
  };
}

function scriptFor(facts: Facts, spills: Answers['spills']): string {
  const looks = forms.filter(({ what }) => spills.some((s) => s.what === what));
  const named = spills.flatMap(({ what }) => /“(\w+)”/.exec(what)?.[1] ?? []);
  const all = [
    ...looks.map(({ what, of }) => [what, of.source]),
    ...named.map((name) => [`a value in ${name}`, `"${name}"\\s*:\\s*"[^"]{8,}"`]),
  ];
  return script(
    facts,
    `const looks = [${all.map(([what = '', of = '']) => `[${quote(what)}, ${quote(of)}]`).join(', ')}];
const page = await fresh();
page.on('response', async (r) => {
  const text = await r.text().catch(() => ''), where = r.request().method() + ' ' + new URL(r.url()).pathname;
  for (const [what, of] of looks) { const hit = new RegExp(of).exec(text)?.[0]; if (hit) console.log(where, 'holds', what + ':', hit.slice(0, 3) + '…', hit.length, 'characters'); }
  if (password && r.request().resourceType() !== 'script' && text.includes(password)) console.log(where, 'holds the password that was typed');
});
${facts.door.signUp ? 'await signUp(page);' : ''} await enter(page);${facts.record ? ' await create(page); await home(page);' : ''}
await page.waitForTimeout(1000);`,
  );
}

const claim = 'secrets/answers-hold-no-secrets';

export function judgeAnswers(o: Observed): Verdict {
  const broken = o.spills.map((spill) =>
    fail(claim, {
      where: spill.where,
      because: `the answer to ${spill.where} that ${spill.who} got holds ${spill.what}: ${spill.short}`,
      wrongIf: 'it is an example that opens nothing',
      evidence: cite(spill.evidence),
      reproduce: o.reproduce,
    }),
  );
  const [first] = broken;
  if (first?.status === 'fail')
    return {
      ...first,
      findings: [first.findings[0], ...broken.slice(1).flatMap((v) => (v.status === 'fail' ? v.findings : []))],
    };
  if (!o.read)
    return unknown(
      'could-not-look',
      'no answer could be read, as where all of it is encrypted on its way',
      'the app by http',
      [o.evidence],
    );
  return pass(
    `none of the ${o.read} answers that were read${o.doors ? `, ${o.doors} of them to requests with a password,` : ''} holds a password, a hash of one, a key or what another is known by`,
    cite(o.evidence),
  );
}

export const answers = defineProbe<Observed>({
  id: 'secrets/answers',
  version: 1,
  does: 'looks through all answers of the run; makes 1 account where none was made',
  mess: 'breaks',
  costs: 1500,
  session: 'own',
  profile: 'audit',
  // It is in an answer that was given.
  witnessed: true,
  observed,
  observe,
  claims: [{ id: claim, judge: judgeAnswers }],
});
