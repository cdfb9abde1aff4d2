import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import type { RunEvent } from '../model/evidence.ts';
import type { Facts } from '../model/facts.ts';
import { applyImplications } from '../model/implications.ts';
import type { Result, Run } from '../model/run.ts';
import { effort, questions, score, sentence } from '../model/score.ts';
import { fail, notApplicable, pass, unknown } from '../model/verdict.ts';
import { reports } from './reports.ts';

const facts = {
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

const results: Result[] = applyImplications([
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

const events: RunEvent[] = [
  { id: 'e2', at: 900, kind: 'act', who: 'survey', says: 'logged in with the demo account' },
  { id: 'e4', at: 2100, kind: 'screen', who: 'A', says: 'the board after the save', blobs: ['aa.png'] },
  { id: 'e5', at: 3300, kind: 'screen', who: 'A', says: 'the same board after a reload', blobs: ['bb.png'] },
  { id: 'e7', at: 3400, kind: 'note', who: 'relay', says: '0 requests in 2.0 s around the act' },
];

const run = (more: Partial<Run> = {}): Run => ({
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
function picture(shade: number): Uint8Array {
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
const blobs = (name: string): Uint8Array | undefined =>
  name === 'aa.png' ? picture(90) : name === 'bb.png' ? picture(200) : undefined;

test('the terminal: questions, sections, then the numbers', () => {
  const shown = reports.text({ run: run(), events, width: 80, files: { report: '.plummet/x/report.html' } });
  const order = [
    '1 question that only you',
    'persistence  Where the data',
    '✓ Accents',
    '– Not applicable',
    '✗ A record is still there',
    'fail-loud',
    'Is ready',
    'Effort to fix',
    'The sentence',
    'Left behind',
    'Report',
  ];
  const places = order.map((words) => (words.startsWith('✓ Accents') ? shown.indexOf('✓ ') : shown.indexOf(words)));
  assert.ok(
    places.every((place, at) => place >= 0 && (at === 0 || place > (places[at - 1] ?? 0))),
    `${JSON.stringify(places)}\n${shown}`,
  );
  assert.match(shown, /e4 the board after the save\s+blobs\/aa\.png/);
  assert.match(shown, /Wrong if {3}the record is listed/);
  assert.match(shown, /Root {7}A write leaves the browser for a server\./);
  assert.match(shown, /Effort to fix {3}12 to 60 hours/);
  assert.ok(
    shown.split('\n').every((line) => line.length <= 80),
    'no line is wider than asked',
  );
  assert.doesNotMatch(shown, /\x1b/);
});

test('color is escape sequences of ours around the same words', () => {
  const [plain, colored] = [false, true].map((color) => reports.text({ run: run(), events, color }));
  assert.equal(colored?.replace(/\x1b\[\d+m/g, ''), plain);
  assert.notEqual(colored, plain);
});

test('the page opens with the sentence, holds the pictures, and says each part', () => {
  const page = reports.html({ run: run(), events, blobs });
  assert.ok(page.indexOf('<h1>Records live nowhere') < page.indexOf('Questions that only you'));
  assert.equal(page.match(/href="data:image\/png;base64,[\w+/=]+"/g)?.length, 2, 'each picture once');
  assert.equal(page.match(/<use href="#shot-\d"/g)?.length, 4, 'and shown where it is cited');
  for (const words of [
    'Wrong if',
    'Reproduce',
    'It takes',
    'What holds',
    'What was made in the app',
    'Where the time went',
    'Effort by root cause',
  ])
    assert.ok(page.includes(words), words);
  assert.match(page, /default-src 'none'; img-src data:/);
  assert.doesNotMatch(page, /<script|<link|<iframe|https?:\/\/(?!localhost)|\son\w+=|url\(/);
  for (const [, name] of page.matchAll(/href="#([^"]+)"/g))
    assert.ok(page.includes(`id="${name}"`), `#${name} leads somewhere`);
});

test('what stayed in the app is named, unless it lived in a browser of ours', () => {
  const others = results.filter(({ claim }) => claim !== 'persistence/writes-leave-the-browser');
  assert.match(reports.text({ run: run(), events }), /1 thing made, all in browsers that ended with the run/);
  const account = { ...run().ledger[0], what: 'account' as const, mark: 'ada@example.com' } as Run['ledger'][number];
  const signedUp = reports.text({ run: run({ ledger: [...run().ledger, account] }), events });
  assert.match(signedUp, /2 things made; 1 account may still be in the app/);
  const shown = reports.text({ run: run({ results: others }), events });
  assert.match(shown, /1 record may still be in the app\.\n {18}record bodugerat, the form "New customer"/);
});

test('the same run gives the same bytes', () => {
  for (const report of Object.values(reports))
    assert.equal(report({ run: run(), events, blobs }), report({ run: run(), events, blobs }));
});

test('json is the run, and drives no terminal', () => {
  const hostile = run({ sentence: 'a\u009b2J\u202eb\x1b[2J' });
  const written = reports.json({ run: hostile });
  assert.deepEqual(JSON.parse(written), JSON.parse(JSON.stringify(hostile)));
  assert.doesNotMatch(written, /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
});

test('what the app says runs nothing, drives nothing and breaks nothing', () => {
  const evil = `"><script>alert(1)</script><img src=x onerror=alert(2)>'\x1b]0;owned\x07\x1b[2J\u202e\0javascript:alert(3) {{x}} </style></title> ${'w'.repeat(10_000)}`;
  const everywhere = <T>(value: T): T => {
    if (typeof value === 'string') return evil as T;
    if (Array.isArray(value)) return value.map(everywhere) as T;
    return typeof value === 'object' && value !== null
      ? (Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, everywhere(inner)])) as T)
      : value;
  };
  const kept = results.map(
    (result) => ({ ...everywhere(result), claim: result.claim, status: result.status }) as Result,
  );
  const hostile = run({
    facts: { ...everywhere(facts), kind: 'pages' },
    results: [...kept, { claim: evil, status: 'unknown', because: evil, cause: 'unclear' }],
    sentence: evil,
    notes: [evil],
    target: { url: evil, permit: evil, seed: 1, intent: {} },
    ledger: [{ what: 'record', mark: evil, how: evil, at: 1, acknowledged: false }],
    timings: { [evil]: 3 },
  });
  const said = events.map((event) => ({ ...event, says: evil, who: evil, blobs: [evil] }));
  const page = reports.html({
    run: hostile,
    events: said,
    blobs: () => new TextEncoder().encode('<svg onload=alert(1)>'),
  });
  assert.doesNotMatch(page, /<script|<img|<image|\x1b|\u202e|\0/);
  assert.doesNotMatch(page, /<[a-z][^<>]*\son\w+\s*=/i);
  assert.doesNotMatch(page, /(?:href|src)="(?!#)/);
  assert.equal(page.match(/<\/style>/g)?.length, 1);
  assert.equal(page.match(/<\/title>/g)?.length, 1);
  for (const format of ['markdown', 'sarif', 'junit', 'badge', 'shields'] as const)
    assert.doesNotMatch(reports[format]({ run: hostile, events: said }), /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/, format);
  const shown = reports.text({ run: hostile, events: said, width: 80, files: { report: evil } });
  assert.doesNotMatch(shown, /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
  assert.ok(shown.length < 100_000 && page.length < 1_000_000, `${shown.length} ${page.length}`);
});

test('a run with nothing in it is still a report', () => {
  const empty = run({
    results: [],
    questions: [],
    score: score([], []),
    effort: effort([]),
    ledger: [],
    timings: {},
    facts: { ...facts, record: undefined },
  });
  assert.match(reports.text({ run: empty, events: [] }), /Is ready {8}no number/);
  assert.match(reports.html({ run: empty, events: [] }), /not asked/);
  assert.match(
    reports.markdown({ run: empty, events: [] }),
    /^## Plummet: 0 broken, 0 not told and 0 shown\n[\s\S]*Is ready:\*\* no number/,
  );
  assert.deepEqual(JSON.parse(reports.sarif({ run: empty, events: [] })).runs[0].results, []);
});
