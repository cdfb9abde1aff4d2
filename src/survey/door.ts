import type { View } from '../model/browser.ts';
import type { Session } from '../model/context.ts';
import type { DoorFacts } from '../model/facts.ts';
import type { WayIn } from '../model/published/words.ts';
import type { Recipe, Step, Values } from '../model/recipe.ts';
import { type Form, forms } from './classify.ts';
import { complete } from './complete.ts';
import type { SurveyContext } from './context.ts';
import { elsewhere } from './elsewhere.ts';
import { type AsGuest, comesIn, enterAsFilled, learnGuest, takesGuests } from './guest.ts';
import { byAddress, type Entered, enterBy } from './log-in.ts';
import { codeDoorIn, codesShown, enterByPublished, takesACode, valuesOf } from './published.ts';
import { type Reached, reach } from './reach.ts';
import { signingUp } from './sign-up.ts';
import { shownCredentials } from './words.ts';

/**
 * Opens the door of the app in the usual order: account given, shown on the page, sign-up, an address or a name alone, what the source and
 * the log publish. The session is left inside.
 */
export async function openDoor(context: SurveyContext, session: Session, entry: View): Promise<Entered> {
  const tab = session.window.first;
  const none: Values = {};
  if (context.headers || context.storage) {
    const evidence = await tab.screen('entered with the headers or the storage state that were given');
    // A session ends: then its door stands there as for anybody.
    if (
      context.storage &&
      forms(entry).some((f) => f.purpose === 'log-in' && f.fields.some((c) => c.type === 'password'))
    )
      return {
        door: {
          kind: 'closed',
          says: 'the session that was given does not open it: a password is asked for',
          wants: `plummet login ${new URL(context.url).origin} again, or a fresh --storage-state`,
          evidence: [evidence],
        },
        account: none,
        in: false,
      };
    return {
      door: { kind: 'given', says: 'given headers or storage state', evidence: [evidence], account: 'given' },
      account: none,
      in: true,
    };
  }
  const login = await reach(context, tab, entry, 'log-in', ['log-in']);
  const door = login ?? codeDoorIn(entry);
  // What stands here is asked now: what follows leads on to other pages.
  const other = elsewhere(login?.view ?? (await tab.view()), context.url);
  if (context.login && door) {
    const given = valuesOf(context.login);
    context.progress('logging in with the account given');
    context.journal.hide(context.login.password);
    const done = await enterBy(context, session, door, given);
    const says = 'log-in with the account given';
    if (done.in)
      return {
        door: { kind: 'password', says, logIn: done.recipe, account: 'given', evidence: [done.evidence] },
        account: given,
        in: true,
      };
    context.tried(`logging in as ${context.login.user}: ${done.because}`);
  }
  if (!context.login && door) {
    const shown = await enterByPublished(context, session, door, shownOn(door));
    if (shown) return shown;
  }
  const filled = login && (await enterAsFilled(context, session, login));
  if (filled) return { door: guestDoor(filled), account: none, in: true };
  const signUp = await signingUp(context, session, entry, login);
  const guests = login !== undefined && takesGuests(login);
  if (signUp && signUp.door.kind !== 'closed')
    return (guests && (await instead(context, session, entry, login, signUp))) || signUp;
  const guest = guests ? await learnGuest(context, login) : undefined;
  if (guest && (await comesIn(session, guest))) return { door: guestDoor(guest), account: none, in: true };
  if (login && context.writes && !login.form.fields.some((f) => f.type === 'password')) {
    // An address alone, and maybe a code that the page shows: whoever comes is somebody.
    const account = context.actors.mint();
    const email = account['email'] ?? '';
    context.ledger.begin({ what: 'account', mark: email, how: 'a log-in by an address alone' });
    const done = await enterBy(context, session, login, account);
    context.ledger.settle(email, done.in ? 'ok' : 'unclear');
    if (done.in)
      return {
        door: {
          kind: 'password',
          says: byAddress(done.by),
          logIn: done.recipe,
          account: 'signed-up',
          evidence: [done.evidence],
        },
        account,
        in: true,
      };
    context.tried(`entering by an e-mail address: ${done.because}`);
  }
  const named = forms(entry).find((f) => f.purpose === 'name-door') ?? undefined;
  if (named) {
    const door = await nameDoor(context, session, entry, named);
    if (door) return door;
  }
  const found = context.login || !door ? undefined : await enterByPublished(context, session, door, context.published);
  const opened = found ?? signUp;
  if (opened) return opened;
  const { lacks } = context.tries;
  const evidence = await tab.screen('the door stayed shut');
  return {
    door: {
      kind: door ? 'closed' : 'none',
      says:
        other?.says ??
        (door ? `a log-in that could not be opened${lacks ? ` (${lacks.says})` : ''}` : 'no form asks who one is'),
      ...(other ? { wants: other.wants } : door ? { wants: lacks?.wants ?? wanted(door, context) } : {}),
      evidence: [evidence],
    },
    account: none,
    in: !door,
  };
}

const guestDoor = ({ recipe, evidence, says }: AsGuest): DoorFacts => ({
  kind: 'password',
  says,
  logIn: recipe,
  account: 'shown',
  evidence: [evidence],
});

/**
 * As the guest of the log-in, where the account that was made cannot log in and a load brings the door back: it lives in the page that made
 * it. What new accounts may do is asked by their own log-in all the same.
 */
async function instead(
  context: SurveyContext,
  session: Session,
  entry: View,
  login: Reached,
  { door }: Entered,
): Promise<Entered | undefined> {
  const tab = session.window.first;
  const { signUp, logIn, logInRefused } = door;
  if (!signUp || !logIn || !logInRefused) return undefined;
  const guest = await learnGuest(context, login);
  if (!guest) return undefined;
  await tab.goto(entry.url);
  if (!(await reach(context, tab, await tab.view(), 'log-in', ['log-in']))) return undefined;
  if (!(await comesIn(session, guest))) return undefined;
  return {
    door: {
      ...guestDoor(guest),
      says: `${guest.says}, since the account that was made cannot log in again`,
      lost: { signUp, logIn },
      evidence: [...door.evidence, guest.evidence],
    },
    account: {},
    in: true,
  };
}

/** What would open it. */
const wanted = ({ form }: Reached, { published, url }: SurveyContext): string =>
  takesACode(form)
    ? '--login code:<the code>'
    : !form.fields.some((f) => f.type === 'password')
      ? `plummet login ${new URL(url).origin}, which lets you log in by hand once`
      : `--login user:password${published.length ? '' : ', or --source with the folder of its source, where that tells an account'}`;

/** An account or a code that the page itself shows. */
/** The account that the page shows beside its form. */
export function shownOn({ view, form }: Reached): WayIn[] {
  if (takesACode(form)) return codesShown(view);
  const text = `${view.text.slice(0, 30_000)} ${form.fields.map((f) => f.placeholder).join(' ')}`;
  for (const pattern of shownCredentials) {
    const hit = pattern.exec(text);
    if (
      hit?.[1] &&
      hit[2] &&
      !/^(password|email|and|or)$/i.test(hit[2]) &&
      !/^(you|your|name|user|someone|me)\b.*@example/i.test(hit[1])
    )
      return [{ user: hit[1], password: hit[2].replace(/[.,;]$/, ''), where: 'the page' }];
  }
  return [];
}

/** Is this a page to enter by a name alone? Fills it and keeps the recipe. */
export async function nameDoor(
  context: SurveyContext,
  session: Session,
  view: View,
  form: Form,
  path: readonly Step[] = [{ do: 'goto', url: view.url }],
): Promise<Entered | undefined> {
  const tab = session.window.first;
  const account = context.actors.mint();
  context.progress('entering by a name');
  const done = await complete(tab, view, form, {
    fresh: () => account,
    today: context.today,
    all: true,
    purposes: ['name-door'],
  });
  if (!done?.change || done.said === 'refused') return undefined;
  const shut = (at: View): boolean => forms(at).some((f) => f.signature === form.signature);
  // A busy server takes a moment to let one in.
  let now = done.change.after;
  for (let tries = 0; tries < 8 && shut(now); tries++) {
    await context.clock.sleep(400);
    now = await tab.view();
  }
  if (shut(now)) return undefined;
  const recipe: Recipe = { id: 'log-in', steps: [...path, ...done.steps] };
  const evidence = await tab.screen('inside, by a name alone');
  return {
    door: {
      kind: 'name',
      says: 'a name alone, without proof',
      logIn: recipe,
      account: 'signed-up',
      evidence: [evidence],
    },
    account,
    in: true,
  };
}
