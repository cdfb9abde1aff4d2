import { jsonOf, tokenIn } from '../../model/answer.ts';
import type { Outcome, Session } from '../../model/context.ts';
import type { DoorFacts } from '../../model/facts.ts';
import type { Recipe, Values } from '../../model/recipe.ts';
import type { SurveyContext } from '../context.ts';
import type { Operation } from './document.ts';
import { bodyOf, sentBy } from './fill.ts';
import type { Doors } from './places.ts';
import { toldIn } from './write.ts';

interface Entered {
  readonly door: DoorFacts;
  readonly account: Values;
  readonly in: boolean;
}

/** Does its document say how one comes in: by the account given, or by one that is made? */
export function hasDoor({ login }: SurveyContext, { signUp, logIn }: Doors): boolean {
  return login ? logIn !== undefined : signUp !== undefined;
}

/** It asks for credentials, and says of no request that gives them to whoever comes. */
export const nobodyCan = (context: SurveyContext): DoorFacts =>
  shutFor(context, 'it asks for credentials, and its document names no request that makes an account');

const shutFor = ({ journal }: SurveyContext, says: string): DoorFacts => ({
  kind: 'closed',
  says,
  wants: '--header "Authorization: Bearer …" (and --header2 for a second account)',
  evidence: [journal.note({ kind: 'note', who: 'survey', says })],
});

/** Makes an account and logs in as its document says; with an account given, logs in. */
export async function enter(context: SurveyContext, session: Session, { signUp, logIn }: Doors): Promise<Entered> {
  const { login } = context;
  const account: Values = login
    ? { email: login.user, username: login.user, name: login.user, password: login.password }
    : context.actors.mint();
  const closed = (says: string): Entered => ({ door: shutFor(context, says), account: {}, in: false });
  const recipe = (id: 'sign-up' | 'log-in', o: Operation): Recipe => ({
    id,
    steps: [
      { do: 'goto', url: context.url },
      {
        do: 'send',
        method: o.method,
        url: o.url,
        body: bodyFor(context, o),
        ...(o.form ? { form: true as const } : {}),
        token: true,
        commits: true,
      },
    ],
  });
  const refusedBy = (o: Operation, { because, writes }: Outcome): string =>
    `${o.says}: ${because} (${toldIn(context, { writes })})`;
  const makes = signUp && !login ? recipe('sign-up', signUp) : undefined;
  let made: Outcome | undefined;
  if (signUp && makes) {
    context.progress(`making an account by ${signUp.says}`);
    made = await session.do(makes, account);
    if (made.said !== 'ok') return closed(refusedBy(signUp, made));
  }
  const enters = logIn && recipe('log-in', logIn);
  const came = enters && (await session.do(enters, account));
  const refused = logIn && came && came.said !== 'ok' ? refusedBy(logIn, came) : undefined;
  // An account may be let in as it is made, and shut out by the log-in all the same.
  if (refused && !made) return closed(refused);
  const last = refused ? made : (came ?? made);
  const token = tokenIn(last?.writes.at(-1)?.answer ?? '')?.name;
  const by = (refused ? undefined : logIn) ?? signUp;
  return {
    door: {
      kind: 'password',
      says: `${makes ? `an account made by ${signUp?.says}, ` : ''}let in by ${by?.says}${token ? `, with the ${token} of its answer` : ''}`,
      ...(makes ? { signUp: makes } : {}),
      ...(enters ? { logIn: enters } : {}),
      ...(refused ? { logInRefused: refused } : {}),
      account: login ? 'given' : 'signed-up',
      evidence: last ? [last.evidence] : [],
    },
    account,
    in: true,
  };
}

function bodyFor({ today }: SurveyContext, operation: Operation): string {
  const { body = {}, form } = operation;
  const json = bodyOf(body, undefined, { today, door: true, known: {}, all: false });
  if (!form) return sentBy(operation, json);
  return Object.entries(jsonOf(json) as Record<string, unknown>)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}
