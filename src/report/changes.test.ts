import assert from 'node:assert/strict';
import { test } from 'node:test';
import { marked } from 'marked';
import type { Changed, Changes } from '../model/changes.ts';
import { changeReports } from './changes.ts';

const evil = '<img src=x onerror=alert(1)> [a](http://evil.example) @octocat \x1b[2J\u202e';
const one = (more: Partial<Changed>): Changed => ({
  claim: 'persistence/edits-persist',
  change: 'new',
  before: 'pass',
  after: 'fail',
  because: `the edit is gone: ${evil}`,
  findings: [{ where: `/board ${evil}`, because: evil, evidence: ['e1'], reproduce: '', fingerprint: 'x' }],
  ...more,
});
const found: Changes = {
  before: { url: 'http://localhost:1/', startedAt: '2026-11-24T20:00:00.000Z' },
  after: { url: 'http://localhost:1/', startedAt: '2026-11-25T20:00:00.000Z' },
  changed: [
    one({ claim: 'fail-loud/lost-network-is-shown', change: 'fixed', before: 'fail', after: 'pass', findings: [] }),
    one({}),
    one({ claim: 'concurrency/others-see-the-change', change: 'untold', before: 'fail', after: 'not-asked' }),
  ],
  notes: [`the runs are of different addresses: ${evil}`],
};

test('text: what is new first, the sum last, no control character', () => {
  const said = changeReports.text(found, 80);
  assert.match(
    said,
    /^2026-11-24 20:00 UTC → 2026-11-25 20:00 UTC {2}http:\/\/localhost:1\/\n\nNew: broken now \(1\)\n {2}✗ /,
  );
  assert.match(said, /No longer told: was broken \(1\)\n[\s\S]*Not asked in the second run\.[\s\S]*Fixed \(1\)/);
  assert.match(said, /\n1 new, 0 still broken, 1 no longer told and 1 fixed\.\n$/);
  assert.doesNotMatch(said, /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
  for (const line of said.split('\n')) assert.ok(line.length <= 80, line);
});

test('Markdown: nothing of the app becomes more than text', () => {
  const page = marked.parse(changeReports.markdown(found), { async: false }) as string;
  assert.doesNotMatch(page, /<(a|img|script)\b/);
  assert.doesNotMatch(page.replace(/<code>[^<]*<\/code>/g, ''), /@octocat/);
  assert.match(page, /<h2>Plummet: 1 new, 0 still broken, 1 no longer told and 1 fixed<\/h2>/);
});

test('JSON: the comparison itself', () => assert.deepEqual(JSON.parse(changeReports.json(found)), found));

test('nothing changed is told in a line', () => {
  assert.match(changeReports.text({ ...found, changed: [], notes: [] }), /\n\n0 new, 0 still broken and 0 fixed\.\n$/);
});
