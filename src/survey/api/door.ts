import { jsonOf, objectsIn } from '../../model/answer.ts';
import type { Outcome, Session } from '../../model/context.ts';
import type { DoorFacts } from '../../model/facts.ts';
import type { Recipe, Send, Values } from '../../model/recipe.ts';
import type { SurveyContext } from '../context.ts';
import type { Operation } from './document.ts';
import { bodyOf } from './fill.ts';
import { doorsIn } from './places.ts';

interface Entered {
  readonly door: DoorFacts;
  readonly account: Values;
  readonly in: boolean;
}

/** Names of a token in an answer, those of a session first. */
const tokens = /^(access_?token|auth_?token|id_?token|jwt|bearer_?token|session_?token|token|api_?key|key)$/i;

/** Makes an account and logs in as its document says; with an account given, logs in. */
export async function enter(
  context: SurveyContext,
  session: Session,
  operations: readonly Operation[],
): Promise<Entered> {
  const { login } = context;
  const { signUp, logIn } = doorsIn(operations);
  const account: Values = login
    ? { email: login.user, username: login.user, name: login.user, password: login.password }
    : context.actors.mint();
  const closed = (says: string): Entered => ({
    door: {
      kind: 'closed',
      says,
      wants: '--header "Authorization: Bearer …" (and --header2 for a second account)',
      evidence: [context.journal.note({ kind: 'note', who: 'survey', says })],
    },
    account: {},
    in: false,
  });
  if (!logIn && !signUp) return closed('it asks for credentials, and its document names no request that gives them');
  if (!login && !signUp) return closed('it asks for an account, and its document names no request that makes one');
  const steps = (o: Operation, token?: string): Send => ({
    do: 'send',
    method: o.method,
    url: o.url,
    body: bodyFor(context, o),
    ...(o.form ? { form: true as const } : {}),
    ...(token ? { token } : {}),
    commits: true,
  });
  const start = { do: 'goto', url: context.url } as const;
  let came: Outcome | undefined;
  if (signUp && !login) {
    context.progress(`making an account by ${signUp.says}`);
    came = await session.do({ id: 'sign-up', steps: [start, steps(signUp)] }, account);
    if (came.said === 'refused')
      return closed(`${signUp.says}: ${came.because} (${came.writes.at(-1)?.answer.slice(0, 160) ?? ''})`);
  }
  // An account may be let in as it is made, and come again by its log-in all the same.
  const by = logIn ?? signUp;
  if (!by) return closed('no request lets one in');
  const told = logIn ? await session.do({ id: 'log-in', steps: [start, steps(by)] }, account) : came;
  if (!told || told.said === 'refused')
    return closed(`${by.says}: ${told?.because} (${told?.writes.at(-1)?.answer.slice(0, 160) ?? ''})`);
  const token = tokenIn(told);
  const enters: Recipe = { id: 'log-in', steps: [start, steps(by, token)] };
  if (token && logIn) await session.do(enters, account);
  const makes: Recipe | undefined =
    signUp && !login ? { id: 'sign-up', steps: [start, steps(signUp, logIn ? undefined : token)] } : undefined;
  return {
    door: {
      kind: 'password',
      says: `${makes ? `an account made by ${signUp?.says}, ` : ''}let in by ${by.says}${token ? `, with the ${token} of its answer` : ''}`,
      ...(makes ? { signUp: makes } : {}),
      ...(logIn ? { logIn: enters } : {}),
      account: login ? 'given' : 'signed-up',
      evidence: [told.evidence],
    },
    account,
    in: true,
  };
}

/** The member of the answer that is sent from now on. */
function tokenIn({ writes }: Outcome): string | undefined {
  const names = objectsIn(jsonOf(writes.at(-1)?.answer ?? '')).flatMap((object) =>
    Object.entries(object).flatMap(([name, value]) => (tokens.test(name) && typeof value === 'string' ? [name] : [])),
  );
  return names.sort((a, b) => Number(/refresh/i.test(a)) - Number(/refresh/i.test(b)))[0];
}

function bodyFor({ today }: SurveyContext, { body = {}, form }: Operation): string {
  const json = bodyOf(body, undefined, { today, door: true, known: {}, all: false });
  if (!form) return json;
  return Object.entries(jsonOf(json) as Record<string, unknown>)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}
