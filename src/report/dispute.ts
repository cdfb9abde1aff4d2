import { asSentence, clip, list } from '../lib/text.ts';
import { catalogue } from '../model/catalogue.ts';
import { criterionName } from '../model/criteria.ts';
import type { Result, Run } from '../model/run.ts';
import { asJson } from './json.ts';
import { code, inert } from './markdown/inert.ts';
import { cited, type ReportInput, saysOf } from './outline.ts';
import { tame } from './tame.ts';

/** What is handed on of one verdict, and of no other: texts by name, and names of blobs. */
export interface Dispute {
  readonly files: Readonly<Record<string, string>>;
  readonly blobs: readonly string[];
}

/** Pure; from a stored run alone, and as redacted as that is. */
export function dispute({ run, events }: Pick<ReportInput, 'run' | 'events'>, result: Result): Dispute {
  const ids = new Set(cited(result));
  const proof = events.filter(({ id }) => ids.has(id));
  const scripts = scriptsOf(result);
  const blobs = [...new Set(proof.flatMap(({ blobs = [] }) => blobs))];
  const files = {
    'verdict.json': asJson(verdictOf(run, result)),
    'facts.json': asJson(run.facts),
    ...(proof.length ? { 'events.ndjson': proof.map((event) => `${JSON.stringify(event)}\n`).join('') } : {}),
    ...scripts,
  };
  return {
    files: { 'README.md': readme(run, result, [...Object.keys(files), ...(blobs.length ? ['blobs/'] : [])]), ...files },
    blobs,
  };
}

function verdictOf(
  { tool, mode, copied, profile, target, startedAt, finishedAt, interrupted }: Run,
  result: Result,
): object {
  const claim = catalogue.find(({ id }) => id === result.claim) ?? { id: result.claim, says: saysOf(result.claim) };
  return { tool, run: { mode, copied, profile, target, startedAt, finishedAt, interrupted }, claim, result };
}

/** A script for each place, told apart where there are several. */
function scriptsOf(result: Result): Record<string, string> {
  const scripts = result.status === 'fail' ? result.findings.map(({ reproduce }) => reproduce).filter(Boolean) : [];
  return Object.fromEntries(
    scripts.map((script, at) => [
      `reproduce${scripts.length > 1 ? `-${at + 1}` : ''}.${/^(\/\/|import )/.test(script) ? 'mjs' : 'sh'}`,
      script,
    ]),
  );
}

const words: Readonly<Record<Result['status'], string>> = {
  pass: 'shown',
  fail: 'broken',
  unknown: 'not told',
  'not-applicable': 'not applicable',
};

const contents: Readonly<Record<string, string>> = {
  'verdict.json': 'the verdict, its claim, and how the run was made',
  'facts.json': 'what the survey learned of the app: the way in, the recipes, the places',
  'events.ndjson': 'the events that the verdict cites, one a line',
  'blobs/': 'the pictures and texts of those events',
};

/** What a person has to say so that it can be decided who is wrong. */
function readme(untamed: Run, untamedResult: Result, names: readonly string[]): string {
  const [run, result] = [tame({ ...untamed, observations: [] }), tame(untamedResult)];
  const script = names.find((name) => name.startsWith('reproduce'));
  const told = [
    `- Verdict: **${words[result.status]}**. ${inert(asSentence(result.because))}`,
    ...(result.status === 'fail'
      ? [
          ...result.findings.map(({ where, fingerprint }) => `- Where: ${code(where)} (${code(fingerprint)})`),
          `- Wrong if: ${inert(result.wrongIf)}`,
        ]
      : []),
    ...(result.status === 'unknown' && result.wants ? [`- It takes: ${inert(result.wants)}`] : []),
    `- Plummet ${inert(run.tool.version)}, ${inert(run.profile)}, mode ${run.mode}, permit ${inert(run.target.permit)}, seed ${run.target.seed}, ${inert(run.startedAt)}`,
    `- App: ${code(run.target.url)}${run.facts.title ? `, “${inert(clip(run.facts.title, 80))}”` : ''}`,
  ];
  const asks = [
    ...(criterionName(result.claim) === undefined ? [] : ['How do its functions read, as they stand in the config?']),
    ...asksOf(result, script),
    'Which app is it, at which version or commit? Can it be had (repository, image, a small case that shows the same)? How was it started, and with what data?',
    'What would be the right verdict, and what does a person see who does it by hand?',
  ];
  return `# Held wrong: ${inert(saysOf(result.claim))}

The claim is ${code(result.claim)}${criterionName(result.claim) !== undefined ? ', of the config' : `; ${code(`plummet explain ${result.claim}`)} says what it means`}.

${told.join('\n')}

## What is needed to decide

${asks.map((ask, at) => `${at + 1}. ${ask}\n\n   >\n`).join('\n')}
## What is here

${names.map((name) => `- ${code(name)}: ${contents[name] ?? 'shows it without Plummet; for the app at APP_URL'}`).join('\n')}

Nothing of other findings. Secrets are taken out as they are in the run; pictures show what the app showed: look through them before you hand
this on.
`;
}

function asksOf(result: Result, script: string | undefined): string[] {
  switch (result.status) {
    case 'fail':
      return [
        'Is “wrong if” the case here? Where does what was looked for stand instead, and how does one come there?',
        script
          ? `What does ${code(script)} print against the app as it was audited, with ${list([code('APP_URL'), code('CHROME')])} set?`
          : 'Does it happen by hand, too? In which steps?',
      ];
    case 'pass':
      return ['By which steps does one see that it does not hold? What should the run have done and did not?'];
    case 'not-applicable':
      return ['Where in the app is what this claim is about? How does one come there?'];
    case 'unknown':
      return ['By which steps could it be told? What was there to be seen that the run did not see?'];
  }
}
