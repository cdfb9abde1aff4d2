import { plural } from '../../lib/text.ts';
import type { Facts } from '../../model/facts.ts';
import type { Recipe } from '../../model/recipe.ts';
import { goneWith, leftBehind } from '../../model/score.ts';
import { duration, hours, type ReportInput, saysOf } from '../outline.ts';
import { ledgerNote } from '../words.ts';
import { h, type Markup } from './markup.ts';

const most = { pages: 30, tried: 30, ledger: 200, open: 10 };

/** How the run came to its verdicts: facts of the survey, what was made, where the time went. */
export function appendix(input: ReportInput): Markup {
  return h`<section id="run"><h2>The run</h2>${facts(input)}${causes(input)}${ledger(input)}${timings(input)}</section>`;
}

/** What served as the record, and why where it is none. */
const recordIn = ({ record, saved, wordless }: Facts): string | undefined =>
  record
    ? `${record.says} (${record.kind})`
    : saved && !wordless
      ? `${saved.says} (a profile: nothing better was found)`
      : undefined;

function facts({ run }: ReportInput): Markup {
  const { facts } = run;
  const learned = [
    facts.door.signUp,
    facts.door.addUser,
    facts.door.logIn,
    facts.record?.create,
    facts.edit,
    facts.move,
    facts.delete,
  ].filter((recipe): recipe is Recipe => recipe !== undefined);
  const intent = Object.entries(run.target.intent).map(([setting, answer]) => `${setting}: ${answer}`);
  const rows: [string, Markup | string | undefined][] = [
    ['App', [facts.title, facts.kind === 'pages' ? '' : `(${facts.kind})`].filter(Boolean).join(' ')],
    ['Door', facts.door.says],
    ['Record', recordIn(facts)],
    ['Without words', facts.wordless && `${facts.wordless.says}: ${facts.wordless.shows}`],
    [
      'Lives at',
      facts.record?.places.length
        ? h`${facts.record.places.slice(0, most.pages).map((place) => h`<div>${place.url}</div>`)}`
        : undefined,
    ],
    ['Says', [facts.told.local, facts.told.shared].flatMap((words) => (words ? [`“${words}”`] : [])).join(' ')],
    ['Server', facts.development && facts.development],
    [
      'Learned',
      learned.map((recipe) => `${recipe.id} (${recipe.given ? 'given' : `${recipe.steps.length} steps`})`).join(', '),
    ],
    ['Intent', intent.join(', ')],
    ['Allowed', `${run.target.permit}, seed ${run.target.seed}`],
  ];
  const lines = (title: string, items: readonly string[], limit: number): Markup | undefined =>
    items.length
      ? h`<details><summary>${title} (${items.length})</summary><ul>${items.slice(0, limit).map((item) => h`<li>${item}</li>`)}</ul></details>`
      : undefined;
  return h`<dl>${rows.map(([label, value]) => value && h`<dt>${label}</dt><dd>${value}</dd>`)}</dl>${lines('Pages seen', facts.pages, most.pages)}${lines('Tried without success', facts.tried, most.tried)}`;
}

function ledger({ run }: ReportInput): Markup {
  const rows = run.ledger
    .slice(0, most.ledger)
    .map(
      (made) =>
        h`<tr><td>${made.what}</td><td><code>${made.mark}</code></td><td>${made.how}</td><td class="n">${made.removed ? 'removed' : !leftBehind(run).includes(made) ? `gone with ${goneWith(run) === 'browsers' ? 'its browser' : 'the copy'}` : made.acknowledged ? 'still there' : 'never acknowledged'}</td></tr>`,
    );
  const table = h`<div class="scroll"><table><tr><th>What</th><th>Mark</th><th>How</th><th class="n">Now</th></tr>${rows}</table></div>`;
  const shown =
    rows.length > most.open ? h`<details><summary>All ${run.ledger.length}</summary>${table}</details>` : table;
  return h`<h3 class="sub">What was made in the app</h3><p class="soft">${ledgerNote(run)}</p>${rows.length > 0 && shown}`;
}

function timings({ run }: ReportInput): Markup | undefined {
  const stages = Object.entries(run.timings);
  return stages.length
    ? h`<h3 class="sub">Where the time went</h3><div class="scroll"><table>${stages.map(([stage, ms]) => h`<tr><td>${stage}</td><td class="n">${duration(ms)}</td></tr>`)}</table></div>`
    : undefined;
}

/** Effort by root cause. */
function causes({ run }: ReportInput): Markup | undefined {
  if (run.effort.groups.length < 1) return undefined;
  const rows = run.effort.groups.map(
    (group) =>
      h`<tr><td>${saysOf(group.root)}</td><td class="n">${plural(group.claims.length, 'claim')}</td><td class="n">${hours(group.hours * 0.5)} to ${hours(group.hours * 2.5)} h</td></tr>`,
  );
  return h`<h3 class="sub">Effort by root cause</h3><div class="scroll"><table><tr><th>Root</th><th class="n">Explains</th><th class="n">Hours</th></tr>${rows}</table></div>`;
}
