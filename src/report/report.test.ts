import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blobs, events, facts, results, run } from '../../test/sample-run.ts';
import type { Result, Run } from '../model/run.ts';
import { effort, score } from '../model/score.ts';
import { reports } from './reports.ts';

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

test('what stayed in the app is named, unless it lived in a browser of ours', () => {
  const others = results.filter(({ claim }) => claim !== 'persistence/writes-leave-the-browser');
  assert.match(reports.text({ run: run(), events }), /1 thing made, all in browsers that ended with the run/);
  const account = { ...run().ledger[0], what: 'account' as const, mark: 'ada@example.com' } as Run['ledger'][number];
  const signedUp = reports.text({ run: run({ ledger: [...run().ledger, account] }), events });
  assert.match(signedUp, /2 things made; 1 account may still be in the app/);
  const shown = reports.text({ run: run({ results: others }), events });
  assert.match(shown, /1 record may still be in the app\.\n {18}record bodugerat, the form "New customer"/);
});

test('the last line says what to type next', () => {
  const next = (more: Partial<Run>): string | undefined =>
    / {2}Next {12}(.*)/.exec(reports.text({ run: run(more), events, files: { folder: '.plummet/x' } }))?.[1];
  const sound = { results: results.filter(({ status }) => status === 'pass') };
  const { record: _, ...unfound } = run().facts;
  const url = 'http://localhost:4100/';
  assert.equal(next({}), 'when it is mended: plummet verify .plummet/x');
  assert.equal(next({ interrupted: true }), 'plummet --resume .plummet/x');
  assert.equal(next({ ...sound, profile: 'reload' }), `all that an address can show: plummet ${url}`);
  assert.match(next({ ...sound, profile: 'audit', mode: 'url' }) ?? '', /stopped and killed: plummet .* --start "/);
  assert.match(next({ ...sound, profile: 'audit', mode: 'start' }) ?? '', /plummet init, plummet gate$/);
  assert.match(next({ ...sound, facts: unfound }) ?? '', new RegExp(`plummet survey ${url}$`));
  assert.equal(next({ ...sound, facts: { ...unfound, kind: 'dead' } }), `when it runs: plummet ${url}`);
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
  assert.doesNotMatch(page, /<img|<image|\x1b|\u202e|\0/);
  assert.equal(page.match(/<script/g)?.length, 1, 'ours alone');
  assert.doesNotMatch(page, /<[a-z][^<>]*\son\w+\s*=/i);
  assert.doesNotMatch(page, /(?:href|src)="(?!#|https:\/\/(?:cwe\.mitre|owasp)\.org\/)/);
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
