import { asSentence, clip, list, plural } from '../lib/text.ts';
import type { Facts } from '../model/facts.ts';
import type { Run } from '../model/run.ts';
import { leftBehind } from '../model/score.ts';

/** A part of the app that can be attacked or lost, what it is in this one, and the claims that bear on it. */
export interface Threatened {
  readonly name: string;
  /** What was seen of it here. */
  readonly here: string;
  /** Addresses, requests or files that it consists of. */
  readonly parts: readonly string[];
  readonly claims: readonly string[];
}

export interface ThreatModel {
  readonly entries: readonly Threatened[];
  readonly data: readonly Threatened[];
  readonly boundaries: readonly Threatened[];
}

const of = (section: string, names: string): string[] => names.split(' ').map((name) => `${section}/${name}`);

const bearing = {
  door: [
    ...of(
      'authentication',
      'wrong-passwords-are-refused guessing-is-slowed accounts-are-not-revealed login-renews-the-session',
    ),
    ...of('authorization', 'nobody-promotes-themselves'),
    ...of('concurrency', 'unique-stays-unique first-admin-is-one'),
  ],
  session: of(
    'authentication',
    'sessions-are-guarded logout-ends-the-session tokens-cannot-be-forged secret-has-no-default forged-requests-are-refused',
  ),
  pages: [
    ...of('authentication', 'private-data-needs-a-session'),
    ...of('authorization', 'roles-are-checked'),
    ...of('fail-loud', 'stored-text-is-not-executed errors-keep-their-insides'),
    ...of('exploration', 'deep-links-open pages-run-without-errors empty-state-is-sound random-walk-finds-no-error'),
  ],
  writes: [
    ...of('authentication', 'writes-need-a-session forged-requests-are-refused'),
    ...of(
      'fail-loud',
      'malformed-input-is-refused rules-hold-on-the-server rejected-means-unchanged bad-input-does-not-kill input-is-not-a-query stored-text-is-not-executed paths-stay-inside retries-do-not-duplicate',
    ),
    ...of('concurrency', 'double-clicks-save-once'),
  ],
  api: [
    ...of('authentication', 'private-data-needs-a-session writes-need-a-session'),
    ...of(
      'authorization',
      'strangers-cannot-read-my-records strangers-cannot-change-my-records strangers-cannot-delete-my-records',
    ),
    ...of('fail-loud', 'malformed-input-is-refused unknown-addresses-are-404 errors-keep-their-insides'),
    ...of('secrets', 'answers-hold-no-secrets'),
  ],
  files: [
    ...of('secrets', 'bundle-holds-no-secrets server-files-are-not-served'),
    ...of('fail-loud', 'paths-stay-inside'),
  ],
  record: [
    ...of(
      'persistence',
      'records-survive-reload records-survive-a-new-tab records-reach-other-browsers answers-come-from-data edits-persist moves-persist deletions-persist text-comes-back-as-written lists-keep-everything',
    ),
    ...of('concurrency', 'two-writers-lose-nothing stale-saves-are-noticed parallel-writes-all-count counters-add-up'),
  ],
  accounts: [
    ...of('persistence', 'accounts-survive saved-forms-keep-their-values'),
    ...of('authentication', 'passwords-are-not-kept-in-the-clear'),
    ...of('secrets', 'answers-hold-no-secrets logs-hold-no-secrets'),
  ],
  secrets: [
    ...of(
      'secrets',
      'bundle-holds-no-secrets server-files-are-not-served repository-holds-no-secrets logs-hold-no-secrets',
    ),
    ...of('authentication', 'secret-has-no-default'),
  ],
  store: [
    ...of(
      'persistence',
      'writes-reach-a-store records-survive-a-restart records-survive-a-kill restarts-do-not-reseed data-outlives-the-release',
    ),
    ...of('deployment', 'schema-has-migrations rollback-works backups-are-planned'),
  ],
  log: [
    ...of('observability', 'requests-leave-a-trace failures-are-logged one-request-can-be-followed'),
    ...of('secrets', 'logs-hold-no-secrets'),
  ],
  network: [
    ...of('persistence', 'writes-leave-the-browser'),
    ...of(
      'fail-loud',
      'absent-backend-is-an-error lost-network-is-shown rules-hold-on-the-server retries-do-not-duplicate',
    ),
  ],
  people: [
    ...of(
      'authorization',
      'strangers-cannot-read-my-records strangers-cannot-change-my-records strangers-cannot-delete-my-records lists-show-only-mine',
    ),
    ...of('concurrency', 'answers-go-to-their-owner others-see-the-change'),
  ],
  nobody: of('authentication', 'private-data-needs-a-session writes-need-a-session'),
  admin: [
    ...of('authorization', 'roles-are-checked nobody-promotes-themselves'),
    ...of('concurrency', 'first-admin-is-one'),
  ],
  toStore: [
    ...of(
      'fail-loud',
      'absent-store-is-an-error lost-store-is-an-error lost-store-is-not-called-saved store-return-heals slow-store-is-bounded input-is-not-a-query',
    ),
    ...of('observability', 'health-tells-the-truth'),
    ...of('concurrency', 'two-instances-agree'),
  ],
  outside: [...of('fail-loud', 'lost-service-is-an-error'), ...of('authorization', 'row-security-holds')],
  release: [
    ...of('deployment', 'start-is-for-production stop-is-graceful migrations-run-from-nothing rollback-works'),
    ...of('fail-loud', 'missing-config-stops-the-start'),
    ...of('persistence', 'data-outlives-the-release'),
  ],
} as const;

/** What the run learned of the app, as somebody would look at it who wants to break in, or fears for the data. Pure. */
export function threats(run: Run): ThreatModel {
  const { facts, target } = run;
  return {
    entries: [
      { name: 'The door', here: doorIn(facts), parts: [], claims: bearing.door },
      {
        name: 'The session',
        here:
          facts.door.kind === 'none'
            ? 'No door was found, so no session was looked for.'
            : 'What a log-in gives, and each request brings along.',
        parts: [],
        claims: bearing.session,
      },
      {
        name: 'Pages',
        here: facts.pages.length
          ? `${plural(facts.pages.length, 'address', 'addresses')} seen on the walk.`
          : 'None was seen.',
        parts: facts.pages,
        claims: bearing.pages,
      },
      {
        name: 'Forms and controls that write',
        here: forms(facts).length ? 'Learned on the walk:' : 'No way to write was learned.',
        parts: forms(facts),
        claims: bearing.writes,
      },
      {
        name: 'Addresses of the API',
        here: facts.record?.requests.length
          ? 'To these a record was sent; others were not looked for.'
          : 'None was seen that takes a record.',
        parts: (facts.record?.requests ?? []).map(({ method, url, socket }) => `${socket ? 'socket' : method} ${url}`),
        claims: bearing.api,
      },
      {
        name: 'Files that anybody is served',
        here: 'Scripts, styles, and what may lie beside them.',
        parts: [],
        claims: bearing.files,
      },
    ],
    data: [
      {
        name: 'Records',
        here: facts.record ? `${facts.record.says}: ${facts.record.kind}.` : 'No record could be written.',
        parts: (facts.record?.places ?? []).map(({ url }) => url),
        claims: bearing.record,
      },
      { name: 'Accounts and passwords', here: accounts(run), parts: [], claims: bearing.accounts },
      {
        name: 'Keys and secrets',
        here: 'In the bundle, the source, the environment and the log.',
        parts: [],
        claims: bearing.secrets,
      },
      {
        name: 'The store',
        here:
          run.mode === 'start'
            ? `The app was started by us${run.copied ? ', on a copy of its data' : ''}.`
            : 'Out of sight: the app was known by its address alone.',
        parts: target.backends ?? [],
        claims: bearing.store,
      },
      {
        name: 'The log',
        here:
          run.mode === 'start'
            ? 'What the app printed was read.'
            : 'Out of sight: the app was known by its address alone.',
        parts: [],
        claims: bearing.log,
      },
    ],
    boundaries: [
      {
        name: 'Browser | server',
        here: 'All traffic of the browser passed a relay outside the page.',
        parts: [],
        claims: bearing.network,
      },
      { name: 'Nobody | a user', here: doorIn(facts), parts: [], claims: bearing.nobody },
      {
        name: 'A user | another',
        here: facts.told.shared
          ? `The app says: “${clip(facts.told.shared, 200)}”`
          : 'Whether records are shared is not said by the app.',
        parts: [],
        claims: bearing.people,
      },
      {
        name: 'A user | an administrator',
        here: facts.door.addUser ? 'A can make accounts for others.' : 'No page for administrators was learned.',
        parts: [],
        claims: bearing.admin,
      },
      {
        name: 'Server | store',
        here:
          run.mode === 'start'
            ? 'Within reach: the app was started by us.'
            : 'Out of reach: the app was known by its address alone.',
        parts: [],
        claims: bearing.toStore,
      },
      {
        name: 'App | outside',
        here: outside(run),
        parts: [...(facts.keptBack ?? []), ...(target.allowEgress ?? []).map((host) => `allowed: ${host}`)],
        claims: bearing.outside,
      },
      {
        name: 'A release | the next',
        here:
          run.mode === 'start'
            ? 'It was stopped and started as its command says.'
            : 'Out of reach: the app was known by its address alone.',
        parts: (target.start ?? []).map(({ name, run: command }) => `${name}: ${command}`),
        claims: bearing.release,
      },
    ],
  };
}

const doors: Readonly<Record<Facts['door']['kind'], string>> = {
  none: 'No door: it opens to all who come',
  name: 'A name alone opens it',
  password: 'A password',
  closed: 'Closed to this run',
  given: 'Entered with what was given',
};
const doorIn = ({ door }: Facts): string =>
  door.kind === 'none' ? asSentence(doors.none) : asSentence(`${doors[door.kind] ?? 'A door'}: ${door.says}`);

const forms = (facts: Facts): string[] =>
  [
    facts.door.signUp && 'sign-up',
    facts.door.logIn && 'log-in',
    facts.door.addUser && 'accounts made for others',
    facts.record && `new record: ${facts.record.says}`,
    facts.edit && 'edit of a record',
    facts.move && `move of a record${facts.move.says ? `: ${facts.move.says}` : ''}`,
    facts.delete && 'deletion of a record',
    facts.saved && `settings: ${facts.saved.says}`,
    facts.wordless && `without words: ${facts.wordless.says}`,
  ].filter((one): one is string => typeof one === 'string');

function accounts(run: Run): string {
  const made = run.ledger.filter((entry) => entry.what === 'account').length;
  const left = leftBehind(run).filter((entry) => entry.what === 'account').length;
  return made
    ? `${plural(made, 'account')} made by this run${left ? `, ${left} still there` : ''}.`
    : 'None was made by this run.';
}

function outside({ facts }: Run): string {
  if (facts.hosted) return `Its pages ask ${facts.hosted.name} at ${facts.hosted.host}.`;
  return facts.keptBack?.length
    ? `Its pages wrote to ${list(facts.keptBack.slice(0, 3))}, and were not let.`
    : 'Nothing outside was seen to be written to by its pages.';
}
