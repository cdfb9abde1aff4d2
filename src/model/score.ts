import { type ClaimInfo, catalogue, severityPoints } from './catalogue.ts';
import type { Facts } from './facts.ts';
import { keptFrom } from './hosted.ts';
import type { Effort, Intent, Question, Result, Run, Score } from './run.ts';

const cap = 49;
const infos = new Map(catalogue.map((info) => [info.id, info]));

/**
 * "Is ready": points of floor claims that pass, of those that apply and were asked. Beside it the same as if every unknown were a pass,
 * and the coverage. A critical failure caps both. A claim asked for and not in the results counts as unknown.
 */
export function score(results: readonly Result[], asked: readonly string[]): Score {
  const status = new Map(results.map((result) => [result.claim, result.status]));
  const floor = [...new Set([...asked, ...status.keys()])].flatMap((id) => {
    const info = infos.get(id);
    return info?.tier === 'floor' ? [{ info, status: status.get(id) ?? ('unknown' as const) }] : [];
  });
  const points = (...of: readonly Result['status'][]): number =>
    floor.reduce((sum, claim) => sum + (of.includes(claim.status) ? severityPoints[claim.info.severity] : 0), 0);
  const all = points('pass', 'fail', 'unknown');
  const capped = floor.some((claim) => claim.status === 'fail' && claim.info.severity === 'critical');
  // Rounded down: 100 is for those who have shown everything.
  const percent = (got: number): number => Math.min(Math.floor((100 * got) / all), capped ? cap : 100);
  return {
    ...(all > 0 ? { ready: percent(points('pass')), readyAtBest: percent(points('pass', 'unknown')) } : {}),
    coverage: {
      decided: floor.filter((claim) => claim.status !== 'unknown').length,
      asked: floor.length,
      elsewhere: catalogue.filter((info) => info.tier === 'floor' && !info.needs.url && !status.has(info.id)).length,
    },
    capped,
  };
}

/** The hours of what failed, one root cause counted once by its dearest claim, as a range. Not calibrated. */
export function effort(results: readonly Result[]): Effort {
  const groups = new Map<string, ClaimInfo[]>();
  for (const result of results) {
    const info = infos.get(result.claim);
    if (result.status !== 'fail' || !info) continue;
    const roots = result.findings.map((finding) => finding.root ?? result.claim);
    const root = roots.includes(result.claim) ? result.claim : (roots[0] ?? result.claim);
    groups.set(root, [...(groups.get(root) ?? []), info]);
  }
  const costs = [...groups]
    .map(([root, infos]) => ({
      root,
      hours: Math.max(...infos.map((info) => info.hours)),
      claims: infos.map((info) => info.id),
    }))
    .sort((a, b) => b.hours - a.hours || a.root.localeCompare(b.root, 'en'));
  const hours = costs.reduce((sum, group) => sum + group.hours, 0);
  return { low: hours * 0.5, high: hours * 2.5, hours, groups: costs };
}

const asks: Readonly<Record<keyof Intent, string>> = {
  storage: 'Where is the data meant to live: on a server, in the browser and synced, or in this browser alone?',
  login: 'What is meant to stop an unauthorised user: a login, or nothing, on purpose?',
  records: 'What is meant to happen with two users: are records private to each, shared by all who log in, or public?',
};

/** Claims that stay open until the owner says what is meant. Questions already answered are not asked. */
export function questions(results: readonly Result[], intent: Intent): Question[] {
  const open = results.flatMap((result) =>
    result.status === 'unknown' && result.cause === 'intent'
      ? [{ claim: result.claim, setting: settingOf(result.claim, result.wants ?? '') }]
      : [],
  );
  return (Object.keys(asks) as (keyof Intent)[])
    .filter((setting) => intent[setting] === undefined)
    .map((setting) => ({
      setting,
      asks: asks[setting],
      decides: open.filter((claim) => claim.setting === setting).map(({ claim }) => claim),
    }))
    .filter((question) => question.decides.length > 0);
}

/** What the verdict itself wants, as in "storage: …", else what the section hangs on. */
function settingOf(claim: string, wants: string): keyof Intent {
  const named = /\b(storage|login|records)\b\s*[:=]/.exec(wants)?.[1];
  if (named) return named as keyof Intent;
  if (claim.startsWith('authentication/')) return 'login';
  return claim.startsWith('authorization/') || claim === 'concurrency/others-see-the-change' ? 'records' : 'storage';
}

/** Where the data lives after a reload, what stops an unauthorised user, what happens with two users at once: from verdicts, and "not shown" where it was not. */
export function sentence(results: readonly Result[], facts: Facts, intent: Intent): string {
  if (facts.kind === 'dead') return 'The app did not answer, so nothing about it was shown.';
  const status = new Map(results.map((result) => [result.claim, result.status]));
  const of = (claim: string): Result['status'] | 'not-asked' => status.get(claim) ?? 'not-asked';
  return [data(of, facts, intent), door(of, facts, intent), others(of)].join(' ');
}

type StatusOf = (claim: string) => Result['status'] | 'not-asked';

function data(of: StatusOf, facts: Facts, intent: Intent): string {
  const reload = of('persistence/records-survive-reload');
  const tab = of('persistence/records-survive-a-new-tab');
  const browser = of('persistence/records-reach-other-browsers');
  if (browser === 'pass')
    return reload === 'fail'
      ? 'Records reach other browsers, yet a reload loses sight of them.'
      : 'Records live beyond the browser: a fresh one shows them.';
  if (reload === 'fail') return 'Records live nowhere: a reload loses them.';
  if (tab === 'fail') return 'Records live in one tab only: a new one does not see them.';
  if (browser === 'fail' && reload !== 'pass' && of('persistence/writes-leave-the-browser') === 'pass')
    return 'Records are acknowledged and kept nowhere: whoever looks afresh does not find them.';
  if (browser === 'fail') return 'Records live only in this browser: a fresh browser does not see them.';
  if (browser === 'not-applicable' && (facts.told.local !== undefined || intent.storage === 'local'))
    return `Records live in this browser, ${intent.storage === 'local' ? 'as is meant' : 'as the app says'}.`;
  const kept = keptFrom(facts);
  if (facts.record === undefined && kept)
    return `Where the data lives was not shown: its pages write to ${kept.host}, which was not allowed.`;
  if (facts.record === undefined) return 'Where the data lives was not shown: no way to write a record was found.';
  if (reload === 'pass') return 'Records outlive a reload; whether they leave this browser was not shown.';
  return 'Where the data lives after a reload was not shown.';
}

function door(of: StatusOf, facts: Facts, intent: Intent): string {
  const reads = of('authentication/private-data-needs-a-session');
  const passwords = of('authentication/wrong-passwords-are-refused');
  if (passwords === 'fail') return 'A wrong password opens it.';
  if (reads === 'fail') return 'Nothing stops an unauthorised user: nobody gets what a login should guard.';
  if (reads === 'pass')
    return passwords === 'pass'
      ? 'A password stops an unauthorised user.'
      : 'Without a session an unauthorised user gets nothing; whether a wrong password opens one was not shown.';
  if (intent.login === 'open') return 'It is open to everyone, as is meant.';
  if (facts.door.kind === 'none') return 'It opens without a login.';
  if (facts.door.kind === 'name') return 'A name alone opens it, without any proof.';
  if (reads === 'not-asked' && passwords === 'not-asked') return 'What stops an unauthorised user was not asked.';
  return 'What stops an unauthorised user was not shown.';
}

function others(of: StatusOf): string {
  const seen = of('concurrency/others-see-the-change');
  const lost = of('concurrency/two-writers-lose-nothing');
  const strangers = of('authorization/strangers-cannot-read-my-records');
  if (seen === 'fail') return 'What one user changes, another does not see.';
  if (lost === 'fail') return 'Two users at once undo each other.';
  if (strangers === 'fail') return "One user can read another's records.";
  const known = [
    seen === 'pass' ? 'what one user changes, another sees' : '',
    lost === 'pass' ? 'two users at once lose nothing' : '',
    strangers === 'pass' ? "one user cannot read another's records" : '',
  ].filter(Boolean);
  if (known.length) return `With two users, ${known.join(' and ')}.`;
  if ([seen, lost, strangers].every((status) => status === 'not-asked'))
    return 'What happens with two users at once was not asked.';
  if (
    of('persistence/writes-leave-the-browser') === 'fail' ||
    (of('persistence/records-reach-other-browsers') === 'fail' && of('persistence/writes-leave-the-browser') !== 'pass')
  )
    return 'Two users would each have a copy of their own.';
  return 'What happens with two users at once was not shown.';
}

/** Did all that was made live and end in browsers of ours? Also where only the question is open whether that is meant. */
export const madeInBrowser = (results: readonly Result[]): boolean =>
  results.some(
    (r) =>
      r.claim === 'persistence/writes-leave-the-browser' &&
      (r.status === 'fail' || (r.status === 'unknown' && r.cause === 'intent')),
  );

/** With what the rows that were made have ended, where they have: browsers that kept them to themselves, or a copy of the app. */
export const goneWith = (run: {
  readonly results: readonly Result[];
  readonly copied?: boolean | undefined;
}): 'browsers' | 'a copy of the app' | undefined =>
  run.copied ? 'a copy of the app' : madeInBrowser(run.results) ? 'browsers' : undefined;

/** What is still in the app, or may be: an account was made on a server, wherever the rows were kept. */
export const leftBehind = (run: Run): Run['ledger'] => {
  const end = goneWith(run);
  return run.ledger.filter(
    ({ removed, what }) => !removed && end !== 'a copy of the app' && (end !== 'browsers' || what === 'account'),
  );
};
