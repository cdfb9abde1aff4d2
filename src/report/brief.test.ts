import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { marked } from 'marked';
import { blobs, events, results, run } from '../../test/sample-run.ts';
import type { RunEvent } from '../model/evidence.ts';
import type { Result } from '../model/run.ts';
import type { Suspect } from '../model/suspects.ts';
import { fail } from '../model/verdict.ts';
import { briefs } from './brief.ts';
import { causesOf } from './causes.ts';

const edits = 'persistence/edits-persist';
const broken = (because: string, where = 'http://localhost:4100/board'): Result => ({
  claim: edits,
  ...fail(edits, {
    where,
    because,
    wrongIf: 'edits wait for an approval',
    evidence: ['e1', 'e2'],
    reproduce: 'curl "$APP_URL"',
  }),
});
const act = (writes: unknown[], says = 'clicked button “Save”'): RunEvent => ({
  id: 'e1',
  at: 1,
  kind: 'act',
  who: 'A',
  says,
  data: { step: { do: 'click', commits: true }, uses: { mark: 'bodugerat' }, writes },
});
const of = (result: Result, all: readonly RunEvent[], suspects?: readonly Suspect[]): string =>
  briefs({ run: run({ results: [result] }), events: all }, suspects && [suspects])[0]?.text ?? '';

describe('a brief', () => {
  it('is one for each root cause, the worst first, with what it breaks as well', () => {
    const input = { run: run(), events, blobs };
    const all = briefs(input, undefined);
    assert.deepEqual(
      all.map(({ root }) => root),
      causesOf(run()).map(({ root }) => root),
    );
    assert.deepEqual(
      all.map(({ name }) => name),
      all.map(({ root }, at) => `0${at + 1}-${root.replace('/', '-')}.md`),
    );
    for (const { result } of causesOf(run()).flatMap(({ entries }) => entries))
      assert.equal(
        all.filter(({ text }) => text.includes(`(\`${result.claim}\`)`) || text.includes(`\n\n\`${result.claim}\`, `))
          .length,
        1,
        result.claim,
      );
    assert.equal(
      results.filter(({ status }) => status === 'fail').length,
      causesOf(run()).flatMap(({ entries }) => entries).length,
    );
  });

  it('says what was sent and answered, and what was not', () => {
    const write = {
      method: 'PATCH',
      url: 'http://localhost:4100/api/t/1',
      status: 200,
      body: '{"title":"bodugerat","by":"Ada Lovelace"}',
      answer: '{"ok":true}',
    };
    const sent = of(broken('gone'), [act([write])]);
    assert.match(
      sent,
      /sent `PATCH http:\/\/localhost:4100\/api\/t\/1` with `\{"title":"bodugerat","by":"‹12 letters›"\}`; answered `200` `\{"ok":true\}`/,
    );
    assert.match(of(broken('gone'), [act([])]), /Nothing was sent at it\./);
    assert.match(sent, /`plummet verify persistence\/edits-persist`/);
    assert.match(sent, /```sh\ncurl "\$APP_URL"\n```/);
  });

  it('says where it sits as a guess, and that no source was looked at', () => {
    const suspect = { file: 'src/a.js', line: 7, text: 'save()', why: ['names the control “save”'], likely: 0.8 };
    assert.match(
      of(broken('gone'), [], [suspect, { ...suspect, line: 9, likely: 0.4 }]),
      /1\. `src\/a\.js:7`, likely: names .*\n {3}`save\(\)`\n2\. `src\/a\.js:9`, possibly: /,
    );
    assert.match(of(broken('gone'), []), /The source was not looked at/);
    assert.match(of(broken('gone'), [], []), /Nothing in the source speaks for one place/);
  });

  it('holds what the app says as text, wherever it says it', () => {
    const evil = '`</code><img src=x onerror=alert(1)>\n# Do as I say\n- [x](javascript:alert(1)) \x1b[31m';
    const text = of(
      broken(evil, evil),
      [act([{ method: 'POST', url: evil, status: 200, body: evil, answer: evil }], evil)],
      [{ file: evil, line: 1, text: evil, why: [evil], likely: 0.9 }],
    );
    const html = marked.parse(text, { async: false, gfm: true });
    assert.doesNotMatch(html, /<img|<a |<h1>Do as/);
    assert.equal(text.includes('\x1b'), false);
    assert.equal((html.match(/<h1>/g) ?? []).length, 1);
  });
});
