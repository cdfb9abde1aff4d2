/**
 * Makes an account, by sign-up or by A where A makes them for others, and logs in with it from a fresh browser. Control: making it was acknowledged, and the log-in form
 * was there and filled. What could deceive it: an account that waits for a confirmation (the app says so: unknown).
 */
import { z } from 'zod';
import type { Context } from '../../model/context.ts';
import type { Facts } from '../../model/facts.ts';
import { defineProbe } from '../../model/probe.ts';
import type { Recipe } from '../../model/recipe.ts';
import { fail, notApplicable, pass, unknown } from '../../model/verdict.ts';
import { cite, noWay } from '../_shared/ground.ts';
import { evidenceId, outcome, said } from '../_shared/observed.ts';
import { reproduce } from '../_shared/reproduce.ts';

const observed = z.object({
  door: z.string(),
  kind: z.string(),
  doorEvidence: z.array(evidenceId),
  signUp: outcome.optional(),
  pending: z.boolean(),
  login: z.boolean(),
  in: z.boolean(),
  evidence: evidenceId.optional(),
  where: z.string(),
  reproduce: z.string(),
});
type Observed = z.infer<typeof observed>;

async function observe(context: Context): Promise<Observed> {
  const { facts, actors } = context;
  const base = {
    door: facts.door.says,
    kind: facts.door.kind,
    doorEvidence: [...facts.door.evidence],
    pending: false,
    login: facts.door.logIn !== undefined,
    in: false,
    where: facts.entry,
    reproduce: '',
  };
  if (!facts.door.logIn) return base;
  context.progress('making an account and logging in from a fresh browser');
  const made = await actors.signUp();
  if (!made) return base;
  const text = (await made.session.window.first.view()).text;
  await made.session.close();
  const entered = await actors.logIn(made.values, 'the new account');
  const refusal = entered.in ? '' : (await entered.session.window.first.view()).text;
  await entered.session.close();
  const pending = saysItWaits(text) || saysItWaits(refusal);
  return {
    ...base,
    signUp: said(made.outcome),
    pending,
    in: entered.in,
    evidence: entered.evidence,
    where: facts.door.logIn.steps[0]?.do === 'goto' ? facts.door.logIn.steps[0].url : facts.entry,
    reproduce: reproduce(
      asThemselves(facts),
      `const other = await fresh(); await enter(other);\nconsole.log('a password field is still shown after logging in with the new account:', await other.locator('input[type=password]').count() > 0);`,
    ),
  };
}

/** Whoever was made comes in by the log-in, not as a guest. */
const asThemselves = ({ door: { guest: _, ...door }, ...facts }: Facts): Facts => ({ ...facts, door });

/** What apps say of an account that somebody is to let in, after the sign-up or at the log-in. */
const waits = [
  /(check|confirm|verify|waiting|pending|approv\w+|activat\w+|(under|in) review)[^.\n]{0,40}(e-?mail|inbox|account|admin)/i,
  /account[^.\n]{0,30}(waiting|pending|approv|activat|(under|in) review|not (yet )?(active|enabled))/i,
];

export const saysItWaits = (text: string): boolean => waits.some((words) => words.test(text));

/** A field for it may have been missed: then nobody was refused. */
const asksPassword = (recipe: Recipe | undefined): boolean =>
  recipe?.steps.some((s) => 'value' in s && typeof s.value === 'string' && s.value.includes('{password}')) ?? false;

export const accounts = defineProbe<Observed>({
  id: 'persistence/accounts',
  version: 1,
  does: 'makes 1 account where there is a sign-up or A makes them, and logs in',
  mess: 'own-rows',
  costs: 4000,
  session: 'own',
  profile: 'audit',
  observed,
  observe,
  claims: [
    {
      id: 'persistence/accounts-survive',
      judge(o, facts) {
        const [first] = o.doorEvidence;
        const by = facts.door.signUp ? 'sign-up' : 'A';
        if (!o.signUp) {
          if (facts.kind === 'dead') return unknown('could-not-look', 'the page did not open');
          if (o.kind === 'closed') return noWay(facts);
          if (!first) return unknown('could-not-look', 'the door was not looked for');
          if (o.kind === 'password' && !o.login)
            return unknown(
              'no-way-found',
              'an account was made, but no log-in form was found',
              'recipes.logIn in plummet.config.ts',
              o.doorEvidence,
            );
          const { addUserRefused } = facts.door;
          if (addUserRefused)
            return unknown(
              'control-failed',
              `the form by which A makes accounts did not serve: ${addUserRefused}`,
              undefined,
              o.doorEvidence,
            );
          return notApplicable(
            o.kind === 'name' ? 'a name alone, no account' : `no sign-up was found: ${o.door}`,
            cite(first),
          );
        }
        if (o.signUp.said === 'refused')
          return unknown('control-failed', `this account was refused: ${o.signUp.because}`, undefined, [
            o.signUp.evidence,
          ]);
        if (by === 'A' && o.signUp.said !== 'ok')
          return unknown('control-failed', `whether A made this account is not clear: ${o.signUp.because}`, undefined, [
            o.signUp.evidence,
          ]);
        if (!o.evidence) return unknown('could-not-look', 'the log-in was not tried');
        if (o.in)
          return pass(`an account made by ${by} logs in from a fresh browser`, cite(o.signUp.evidence, o.evidence));
        if (o.pending)
          return unknown(
            'needs-more',
            'the app says that the account waits for a confirmation',
            '--login user:password',
            [o.evidence],
          );
        const { signUp, logIn } = facts.door;
        if (asksPassword(signUp) && !logIn?.given && !asksPassword(logIn))
          return unknown(
            'control-failed',
            'the log-in that was learned asks for no password, and the sign-up did',
            'recipes.logIn in plummet.config.ts',
            [o.evidence],
          );
        return fail('persistence/accounts-survive', {
          where: o.where,
          because: `an account that was just made by ${by} cannot log in from a fresh browser`,
          wrongIf: 'new accounts have to be approved first, and the app says so where it was not seen',
          evidence: cite(o.signUp.evidence, o.evidence),
          reproduce: o.reproduce,
        });
      },
    },
  ],
});
