/** A run as a report is made of it: a board that keeps nothing, with two pictures. */
import { crc32, deflateSync } from 'node:zlib';
import type { RunEvent } from '../src/model/evidence.ts';
import type { Facts } from '../src/model/facts.ts';
import { applyImplications } from '../src/model/implications.ts';
import type { Result, Run } from '../src/model/run.ts';
import { effort, questions, score, sentence } from '../src/model/score.ts';
import { fail, notApplicable, pass, unknown } from '../src/model/verdict.ts';

export const facts = {
  version: 1,
  kind: 'pages',
  entry: 'http://localhost:4100/',
  title: 'Onboarding board',
  told: {},
  pages: ['/', '/board'],
  tried: ['Filter box: an echo, no record'],
  evidence: ['e1'],
  door: {
    kind: 'password',
    says: 'A login form on / with a demo account shown under it.',
    account: 'shown',
    evidence: ['e2'],
  },
  record: {
    kind: 'held',
    says: 'The form "New customer" on /board',
    create: { id: 'create', steps: [{ do: 'goto', url: '/board' }] },
    carries: 'text',
    places: [{ url: 'http://localhost:4100/board', what: 'list' }],
    altered: 'none',
    delay: 40,
    successTexts: ['Saved'],
    evidence: ['e4'],
    requests: [],
  },
} as unknown as Facts;

const broken = (claim: string, because: string, evidence: Parameters<typeof fail>[1]['evidence']): Result => ({
  claim,
  ...fail(claim, {
    where: 'http://localhost:4100/board, the form "New customer"',
    because,
    wrongIf: 'the record is listed on a page that was not looked at',
    evidence,
    reproduce:
      "import { chromium } from 'playwright';\nconst page = await (await chromium.launch()).newPage();\nawait page.goto(process.env.APP);",
  }),
});

export const results: Result[] = applyImplications([
  broken('persistence/records-survive-reload', 'The record "bodugerat" was shown and is gone after a reload.', [
    'e4',
    'e5',
  ]),
  broken(
    'persistence/records-reach-other-browsers',
    'The record is not in a fresh browser that logged in to the same account.',
    ['e4', 'e6'],
  ),
  broken('persistence/writes-leave-the-browser', 'The form says "Saved" and no request left the browser.', [
    'e4',
    'e7',
  ]),
  broken('fail-loud/absent-backend-is-an-error', 'With every data request refused, the screen goes on as if saved.', [
    'e8',
  ]),
  {
    claim: 'persistence/edits-persist',
    ...unknown('root-cause', 'A record that is only held cannot show it.', 'records that outlive a reload'),
  },
  {
    claim: 'concurrency/others-see-the-change',
    ...unknown('intent', 'Whether records are shared is not said.', 'records: private, shared or public'),
  },
  { claim: 'persistence/accounts-survive', ...notApplicable('No form on 2 pages makes an account.', ['e2']) },
  {
    claim: 'persistence/text-comes-back-as-written',
    ...pass('Accents, quotes and 10,000 characters came back.', ['e5']),
  },
]);

export const events: RunEvent[] = [
  { id: 'e2', at: 900, kind: 'act', who: 'survey', says: 'logged in with the demo account' },
  { id: 'e4', at: 2100, kind: 'screen', who: 'A', says: 'the board after the save', blobs: ['aa.png'] },
  { id: 'e5', at: 3300, kind: 'screen', who: 'A', says: 'the same board after a reload', blobs: ['bb.png'] },
  { id: 'e7', at: 3400, kind: 'note', who: 'relay', says: '0 requests in 2.0 s around the act' },
];

export const run = (more: Partial<Run> = {}): Run => ({
  schema: 1,
  tool: { name: 'plummet', version: '0.1.0' },
  target: { url: 'http://localhost:4100/', permit: 'writes', seed: 7, intent: {} },
  mode: 'url',
  profile: 'reload',
  startedAt: '2026-11-25T20:03:11.000Z',
  finishedAt: '2026-11-25T20:03:19.400Z',
  facts,
  observations: [],
  asked: results.map(({ claim }) => claim),
  results,
  questions: questions(results, {}),
  score: score(results, []),
  effort: effort(results),
  sentence: sentence(results, facts, {}),
  ledger: [{ what: 'record', mark: 'bodugerat', how: 'the form "New customer"', at: 2000, acknowledged: true }],
  notes: [],
  timings: { survey: 4200, probes: 3900 },
  ...more,
});

/** A grey PNG of one colour. */
export function picture(shade: number): Uint8Array {
  const chunk = (name: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const framed = Buffer.alloc(body.length + 8);
    framed.writeUInt32BE(data.length);
    body.copy(framed, 4);
    framed.writeUInt32BE(crc32(body), body.length + 4);
    return framed;
  };
  const header = Buffer.from([0, 0, 0, 8, 0, 0, 0, 8, 8, 0, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(72, shade).map((byte, at) => (at % 9 ? byte : 0)))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
export const blobs = (name: string): Uint8Array | undefined =>
  name === 'aa.png' ? picture(90) : name === 'bb.png' ? picture(200) : undefined;
