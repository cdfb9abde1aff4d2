import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { blobs, events, facts, results, run } from '../../test/sample-run.ts';
import { catalogue } from '../model/catalogue.ts';
import type { RunEvent } from '../model/evidence.ts';
import type { Result } from '../model/run.ts';
import { advice } from './advice.ts';
import { causesOf } from './causes.ts';
import { withFlags } from './html/copy.ts';
import { script } from './html/script.ts';
import { seals } from './html/seals.ts';
import { style } from './html/style.ts';
import { veil } from './html/veil.ts';
import { profile } from './profile.ts';
import { reports } from './reports.ts';
import { threats } from './threats.ts';

const page = reports.html({ run: run(), events, blobs });

test('the page opens with the sentence, then the question, the numbers and the drawing, and says each part', () => {
  const order = [
    '<h1>Records live nowhere',
    'A question that only you can answer',
    '>Is ready<',
    '>Coverage<',
    'class="land wide"',
    'What is broken',
    'What could not be told',
    'Not asked in this run',
    'What holds',
    '<h2>Threat model',
    'The run</h2>',
    'Effort by root cause',
    'What was made in the app',
    'Where the time went',
  ];
  const places = order.map((words) => page.indexOf(words));
  assert.deepEqual(
    places,
    [...places].sort((a, b) => a - b),
    `${JSON.stringify(places)}`,
  );
  assert.ok(places[0] && places[0] > 0);
  for (const words of ['Wrong if', 'To fix', 'Reproduce it', 'to 60 hours, an estimate', '--intent records=private'])
    assert.ok(page.includes(words), words);
  assert.equal(page.match(/href="data:image\/png;base64,[\w+/=]+"/g)?.length, 2, 'each picture once');
  for (const [, name] of page.matchAll(/(?:href|popovertarget|data-copy)="#?((?!https?:|data:)[^"]+)"/g))
    assert.ok(page.includes(`id="${name}"`), `${name} leads somewhere`);
  const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
  assert.equal(new Set(ids).size, ids.length, 'no id twice');
});

test('says whether its pictures were painted over', () => {
  assert.match(page, /with rows of others in them/);
  const painted = events.map((event) => ({ ...event, data: { ...event.data, painted: true } }));
  const said = reports.html({ run: run(), events: painted, blobs });
  assert.match(said, /is painted over or masked\. Not all of it is known/);
  assert.doesNotMatch(said, /with rows of others in them/);
});

test('the policy lets in one script and one style sheet by their hashes, and nothing else', () => {
  const of = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;
  assert.deepEqual(seals, { script: of(script), style: of(style) }, 'seals.ts is to say this');
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1] ?? '';
  assert.match(policy, /^default-src 'none'; script-src 'sha256-[^' ]+'; style-src 'sha256-[^' ]+'; img-src data:;/);
  assert.doesNotMatch(policy, /unsafe|https?:|\*/);
  assert.doesNotMatch(
    page.replace(`<script>${script}</script>`, ''),
    /<script|<link|<iframe|\sstyle=|\son\w+=|url\((?!#)/,
  );
});

test('every claim has words for people, and the fix that its doc heading says', () => {
  const words = (text: string): string =>
    text
      .toLowerCase()
      .replace(/\bto\b|[^\p{L}\p{N}]+/gu, ' ')
      .replace(/ +/g, ' ')
      .trim();
  const docs = new Map<string, string>();
  assert.deepEqual(Object.keys(advice).sort(), catalogue.map(({ id }) => id).sort());
  for (const { id, section } of catalogue) {
    const file =
      docs.get(section) ?? readFileSync(join(import.meta.dirname, `../../docs/claims/${section}.md`), 'utf8');
    docs.set(section, file);
    const doc = file.split(/^## /m).find((part) => part.startsWith(`${id.split('/')[1]}\n`)) ?? '';
    assert.ok(
      words(doc).includes(words(advice[id]?.fix ?? '?').replace(/^usually /, '')),
      `${id}: docs/claims/${section}.md says another fix`,
    );
  }
});

test('the landscape: of the floor, in points; what nobody asked is no zero; looks only where they were measured', () => {
  const { looks, levels } = profile(run());
  const of = (id: string): unknown => {
    const { shown, best, claims, apart } = levels.find((level) => level.id === id) ?? assert.fail(id);
    return { shown, best, claims, apart };
  };
  assert.equal(looks, undefined);
  assert.deepEqual(of('persistence'), { shown: 11, best: 29, claims: { pass: 1, fail: 3, unknown: 1 }, apart: 1 });
  assert.deepEqual(of('secrets'), {
    shown: undefined,
    best: undefined,
    claims: { pass: 0, fail: 0, unknown: 0 },
    apart: 0,
  });
  assert.match(page, /looks done<\/text>[\s\S]*?not measured/);
  const sound = (claim: string): Result => ({ claim, status: 'pass', because: 'so', evidence: ['e2'] });
  const measured = run({ results: [...results, sound('surface/pages-render'), sound('surface/forms-answer')] });
  assert.equal(profile(measured).looks?.shown, 100);
  const shown = reports.html({ run: measured, events });
  assert.match(shown, />Looks done<[\s\S]*?class="figure">100 /);
  assert.doesNotMatch(shown, /was not measured/);
});

test('failures stand under their root, the worst first', () => {
  assert.deepEqual(
    causesOf(run()).map(({ root, severity, hours, entries }) => [root, severity, hours, entries.length]),
    [['persistence/writes-leave-the-browser', 'critical', 24, 4]],
  );
});

test('of what the app sent, what is ours is shown and the rest by its shape', () => {
  const lift = veil(run(), events);
  const answer =
    '{"task":{"id":41,"owner":"Grace Hopper","title":"bodugerat","phone":5551234567,"done":false},"error":"not found"}';
  assert.equal(
    lift.body(answer),
    '{"task":{"id":41,"owner":"‹12 letters›","title":"bodugerat","phone":‹10 digits›,"done":false},"error":"not found"}',
  );
  assert.equal(
    lift.body('Lovelace","title":"bodugerat","by":"Ada Lov'),
    '‹8 letters›","title":"bodugerat","by":"‹7 letters›',
  );
  assert.equal(
    lift.body('Ada {the first} Lovelace","n":1,"Grace Hopper":{"title":"x'),
    '‹24 letters›","n":1,"‹12 letters›":{"title":"‹1 letter›',
  );
  for (const out of [
    ': "by", Grace Hopper"}',
    'Grace Hopper',
    '{"a":Grace Hopper',
    '["Grace","Hopper"]',
    '{"note":"a \\"Grace\\" b"}',
  ])
    assert.doesNotMatch(lift.body(out), /Grace|Hopper/, out);
  assert.equal(lift.body('title=bodugerat&owner=Grace+Hopper'), 'title=bodugerat&owner=‹12 letters›');
  const html = '<ul><li>Grace Hopper</li><li class="x">bodugerat</li></ul><script>const all = ["Ada"]</script>';
  assert.match(lift.body(html), /^‹a page of \d+ characters; of it›\n<li>bodugerat<\/li>$/);
  assert.doesNotMatch(lift.body('<p>Grace Hopper</p>'), /Grace/);
  assert.equal(lift.line('500 for grace@navy.example, 5551234567'), '500 for ‹an address›, ‹10 digits›');
  assert.deepEqual(lift.ours(['Saved!', 'Grace Hopper called', 'bodugerat']), {
    shown: ['Saved!', 'bodugerat'],
    hidden: 1,
  });
  const told: RunEvent = {
    id: 'e7',
    at: 3400,
    kind: 'exchange',
    who: 'relay',
    says: '1 writes left the browser',
    data: {
      writes: [
        { method: 'POST', url: 'http://localhost:4100/api', status: 201, body: '{"title":"bodugerat"}', answer },
      ],
    },
  };
  const shown = reports.html({ run: run(), events: [...events.filter(({ id }) => id !== 'e7'), told], blobs });
  assert.match(shown, /<b>POST<\/b> \/api<pre>\{&quot;title&quot;:&quot;<mark>bodugerat<\/mark>/);
  assert.doesNotMatch(shown, /Grace|5551234567/);
});

test('a threat model of what was met, by claims that exist', () => {
  const { entries, data, boundaries } = threats(run());
  const all = [...entries, ...data, ...boundaries];
  const known = new Set(catalogue.map(({ id }) => id));
  assert.deepEqual(
    all.flatMap(({ claims }) => claims).filter((claim) => !known.has(claim)),
    [],
  );
  assert.ok(all.every(({ claims, here }) => claims.length > 0 && here));
  assert.deepEqual(entries.find(({ name }) => name === 'Pages')?.parts, facts.pages);
});

test('the flag that would tell stands as code, with its value', () => {
  assert.equal(
    withFlags('--login user:password, or --source with the folder of its source').html,
    '<code class="flag">--login user:password</code>, or <code class="flag">--source</code> with the folder of its source',
  );
});

test('what is cited often, or is long, is there once: a usual run stays small', () => {
  const big = new Uint8Array(1_400_000);
  big.set(blobs('aa.png') ?? []);
  const shown = reports.html({ run: run(), events, blobs: () => big });
  assert.equal(shown.match(/href="data:image/g)?.length, 1, 'the second would be too much');
  assert.match(shown, /picture: <code>blobs\/bb\.png/);
  assert.ok(shown.length < 3_000_000, String(shown.length));
});
