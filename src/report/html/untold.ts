import { asSentence, list, plural } from '../../lib/text.ts';
import { type ClaimInfo, catalogue } from '../../model/catalogue.ts';
import type { Cause } from '../../model/verdict.ts';
import { cited, type EntryOf, entriesOf, type ReportInput } from '../outline.ts';
import { oneOf } from '../words.ts';
import { claim } from './claim.ts';
import { withFlags } from './copy.ts';
import type { Exhibits } from './evidence.ts';
import { h, type Markup } from './markup.ts';

/** What could not be told, by what would tell; then what this run did not ask at all. */
export function untold(input: ReportInput, exhibits: Exhibits): Markup | undefined {
  const entries = entriesOf(input.run, 'unknown');
  const fog = unasked(input);
  if (entries.length === 0 && !fog) return undefined;
  const groups = [...Map.groupBy(entries, (entry) => wanted(entry, input))]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(
      ([tells, group]) =>
        h`<div class="wants" data-group><h3>${withFlags(tells.startsWith('-') ? `Give ${tells}` : tells.charAt(0).toUpperCase() + tells.slice(1))}</h3><p class="soft">${plural(group.length, 'claim')}</p>${alike(group).map((some) => together(some, exhibits))}</div>`,
    );
  return h`<section id="untold" data-group><h2>${entries.length ? 'What could not be told' : 'What was not asked'}</h2>${entries.length > 0 && h`<p class="lead">Neither shown nor broken. It counts against the number until it is shown.</p>`}${groups}${fog}</section>`;
}

/** Claims with one and the same reason, those with the most company first. */
const alike = (group: readonly EntryOf<'unknown'>[]): EntryOf<'unknown'>[][] =>
  [...Map.groupBy(group, ({ result }) => result.because).values()].sort((a, b) => b.length - a.length);

/** A reason that many share is said once. */
function together(some: readonly EntryOf<'unknown'>[], exhibits: Exhibits): Markup {
  const [first] = some;
  const shared = some.length > 1 && first;
  return h`${shared && h`<p class="shared">${asSentence(shared.result.because)}</p>`}${some.map((entry) => one(entry, exhibits, Boolean(shared)))}`;
}

function one(entry: EntryOf<'unknown'>, exhibits: Exhibits, said: boolean): Markup {
  const { result } = entry;
  const ids = cited(result);
  const because = asSentence(result.because);
  return claim(
    entry,
    'untold',
    {
      level: 4,
      aside: h`${!said && h`<span class="because">${because}</span>`}<span>${result.cause.replaceAll('-', ' ')}</span>`,
    },
    h`${said && h`<p>${because}</p>`}${exhibits.story(ids) ?? h`<p class="soft">It cites no evidence: an unknown need not.</p>`}`,
  );
}

/** Where the verdict itself wants nothing: what its cause would take. */
const otherwise: Partial<Record<Cause, string>> = {
  'no-time': '--budget with more time',
  'root-cause': 'The cause mended first; then plummet verify',
  unstable: 'Another run: it came out differently each time',
  disturbed: 'Another run: something else changed the app meanwhile',
  crash: 'Another run; a crash of a probe is a fault of Plummet',
  permission: '--permit with more than this run was allowed',
  'development-server': '--start with the production start command',
};

function wanted({ result }: EntryOf<'unknown'>, { run }: ReportInput): string {
  const question = run.questions.find(({ decides }) => decides.includes(result.claim));
  if (result.cause === 'intent' && question) return `--intent ${oneOf(question.setting)}`;
  return (
    result.wants ?? otherwise[result.cause] ?? 'No flag is known to tell it; its reason says what stood in the way'
  );
}

/** Claims that this run did not ask, by what asking takes: named, and neither good nor bad. */
function unasked({ run }: ReportInput): Markup | undefined {
  const there = new Set([...run.results.map((result) => result.claim), ...run.asked]);
  const missing = catalogue.filter((info) => !there.has(info.id) && info.tier !== 'surface');
  if (missing.length === 0) return undefined;
  const groups = [...Map.groupBy(missing, (info) => takes(info, run.mode))].sort(([, a], [, b]) => b.length - a.length);
  return h`<div class="fog" data-fog><h3>Not asked in this run</h3><p class="soft">${plural(missing.length, 'claim')} of the catalogue. What each takes is said; <code>plummet list</code> says which of them this version asks.</p>${groups.map(
    ([what, infos]) =>
      h`<details><summary>${withFlags(what)} <span>${plural(infos.length, 'claim')}</span></summary><ul>${infos.map((info) => h`<li>${info.says} <code>${info.id}</code></li>`)}</ul></details>`,
  )}</div>`;
}

function takes({ needs }: ClaimInfo, mode: 'url' | 'start'): string {
  const flags = [
    needs.start && mode !== 'start' ? '--start "…"' : '',
    needs.source ? '--source' : '',
    needs.two ? 'a second account (sign-up, or --login2)' : '',
  ].filter(Boolean);
  return flags.length ? `Takes ${list(flags)}` : 'Takes no more than this run had';
}
