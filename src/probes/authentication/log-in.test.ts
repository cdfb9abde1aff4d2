import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Sent } from '../../model/browser.ts';
import type { Facts } from '../../model/facts.ts';
import type { Verdict } from '../../model/verdict.ts';
import { judgeRefused, judgeRevealed, type Observed, type Try } from './log-in-judged.ts';
import { alike, differing, partsOf, strangerLike } from './telling.ts';

const facts = {
  kind: 'pages',
  entry: 'http://localhost:3000/',
  evidence: ['e1'],
  door: {
    kind: 'password',
    says: 'a form',
    evidence: ['e1'],
    logIn: {
      id: 'log-in',
      steps: [{ do: 'fill', on: { role: 'textbox', name: 'password', tag: 'input' }, value: '{password}' }],
    },
  },
} as unknown as Facts;
const one = (what: Try['what'], more: Partial<Try> = {}): Try => ({
  what,
  marked: false,
  share: 0,
  limited: false,
  sent: true,
  evidence: 'e5',
  ...more,
});
const seen = (more: Partial<Observed> = {}): Observed => ({
  where: 'http://localhost:3000/login',
  own: true,
  tries: [one('wrong'), one('unknown'), one('empty')],
  control: { in: true, byMark: true, limited: false, evidence: 'e9' },
  told: { known: [], unknown: [], evidence: ['e5', 'e6'] },
  reproduce: { refused: '', revealed: '' },
  ...more,
});
const tries = (...all: Try[]): Observed =>
  seen({
    tries: [one('wrong'), one('unknown'), one('empty')]
      .map((t) => all.find((a) => a.what === t.what) ?? t)
      .concat(all.filter((a) => a.what === 'again')),
  });
const why = (v: Verdict): string => `${v.status}: ${v.status === 'fail' ? v.findings[0].because : v.because}`;

describe('wrong passwords', () => {
  const judge = (o: Observed): string => why(judgeRefused(o, facts));
  it('are refused where only the right one shows what nobody sees', () => {
    assert.match(judge(seen()), /^pass: a wrong password, an unknown user and an empty form do not show a record/);
  });
  it('log in where one shows the record of the account', () => {
    assert.match(
      judge(tries(one('wrong', { marked: true, share: 1 }))),
      /^fail: a wrong password logs in: .* a record/,
    );
    assert.match(judge(tries(one('empty', { marked: true }))), /^fail: an empty form logs in/);
  });
  it('that lead to a page like the inside without the record are not told', () => {
    assert.match(judge(tries(one('wrong', { share: 0.9 }))), /^unknown: .*looks in part like the inside/);
  });
  it('of an unknown user: an account of their own is sound where another password is refused', () => {
    assert.match(judge(tries(one('unknown', { share: 1 }), one('again'))), /^pass: .*account of their own/);
    assert.match(
      judge(tries(one('unknown', { share: 1 }), one('again', { share: 1 }))),
      /^fail: an unknown user with one password, and then with another,/,
    );
  });
  it('tell nothing where the right one does not let in, or somebody was asked to come later', () => {
    const control = { in: false, byMark: false, limited: false, evidence: 'e9' } as const;
    assert.match(judge(seen({ control })), /^unknown: with the right password nothing was seen/);
    assert.match(
      judge(seen({ control: { ...control, in: true, limited: true } })),
      /^unknown: the log-in asked to come later/,
    );
    assert.match(judge(tries(one('wrong', { limited: true }))), /^unknown: a wrong password was asked to come later/);
  });
  it('are not asked of a door without passwords', () => {
    const door = { ...facts.door, kind: 'name', says: 'a name alone' } as const;
    assert.match(
      why(judgeRefused(seen(), { ...facts, door })),
      /^not-applicable: no form has a password field: a name alone/,
    );
  });
});

const ended = (text: string): { url: string; text: string } => ({ url: 'http://localhost:3000/login', text });
const post = (status: number, answer: string): Sent => ({
  method: 'POST',
  url: 'http://localhost:3000/login',
  kind: 'fetch',
  status,
  answer,
  body: '',
  answerHeaders: {},
  headers: {},
  at: 0,
  bytes: 9,
});
const [ada, eve] = [{ email: 'ada@example.com' }, { email: 'eve@example.com' }];

describe('accounts', () => {
  const parts = (status: number, answer: string, text = 'Log in'): string[] =>
    partsOf({ writes: [post(status, answer)], ended: ended(text) }, [ada, eve]);
  it('are not told by the address, by tokens, ids and times', () => {
    const answer = (email: string, id: string): string[] =>
      parts(
        401,
        JSON.stringify({ error: `No way in for ${email}.`, requestId: id, at: '2031-01-01T10:11:12Z' }),
        `Wrong. ${email}`,
      );
    assert.ok(
      alike(
        differing(
          [answer('ada@example.com', 'c0ffee00-1111-4222-8333-444455556666')],
          [answer('eve@example.com', 'deadbeef-1111-4222-8333-444455556666')],
        ),
      ),
    );
  });
  it('are told by a status, a member of the answer or a line of the page', () => {
    const wrong = parts(401, '{"error":"wrong password"}');
    assert.deepEqual(differing([wrong], [parts(404, '{"error":"wrong password"}')]).unknown, ['answered 404']);
    assert.deepEqual(differing([wrong], [parts(401, '{"error":"no such user"}')]).known, ['error wrong password']);
    assert.deepEqual(differing([wrong], [parts(401, '{"error":"wrong password"}', 'Log in\nNobody here')]).unknown, [
      'Nobody here',
    ]);
  });
  it('are not told by what comes and goes between two answers to one address', () => {
    const tip = (text: string): string[] => parts(401, '{"error":"no"}', `Tip: ${text}`);
    assert.ok(alike(differing([tip('save'), tip('rest')], [tip('walk'), tip('read')])));
  });
  it('are not told by an address that is masked', () => {
    const sent = (to: string): string[] => parts(200, '{}', `If there is an account, we sent a link to ${to}.`);
    assert.ok(alike(differing([sent('a••@example.com')], [sent('e••@example.com')])));
    assert.ok(alike(differing([sent('a***@example.com')], [sent('e...@example.com')])));
    assert.equal(alike(differing([sent('a••@example.com')], [parts(200, '{}', 'No account.')])), false);
  });
  it('are told by another of the same kind', () => {
    const like = (email: string): string => strangerLike({ email }, 'plumbob', 'x').email;
    assert.equal(like('grace@clinic.example'), 'plumbob@clinic.example');
    assert.match(like('+49 170 1234567'), /^\+49 170 1(?!234567)\d{6}$/);
    assert.match(like('E1042'), /^E10(?!42)\d\d$/);
    assert.equal(like('grace'), 'plumbob');
    assert.equal(strangerLike({}, 'plumbob', 'x').email, 'plumbob@example.com');
  });
  it('are not told where only one of the two is sent, or the form of what was given may be what is refused', () => {
    const told = { known: ['answered 401'], unknown: ['answered 422'], evidence: ['e5' as const] };
    assert.match(
      why(judgeRevealed({ ...tries(one('unknown', { sent: false })), told }, facts)),
      /^unknown: the log-in form sends a known address, and an unknown one not/,
    );
    assert.match(why(judgeRevealed(seen({ own: false, told }), facts)), /^unknown: .*whether by its form alone/);
    assert.match(why(judgeRevealed(seen({ told }), facts)), /^fail: /);
  });
  it('fail by what both answers say each time, at the log-in or for a lost password', () => {
    const told = { known: ['wrong password'], unknown: ['no such user'], evidence: ['e5'] } as const;
    const both = { known: [...told.known], unknown: [...told.unknown], evidence: [...told.evidence] };
    assert.match(
      why(judgeRevealed(seen({ told: both }), facts)),
      /^fail: the log-in tells .*“wrong password”, of the second “no such user”/,
    );
    assert.match(why(judgeRevealed(seen({ lost: both }), facts)), /^fail: the form for a lost password tells/);
  });
  it('pass where both answer alike, and are not told where the form for a lost password was not sent', () => {
    assert.match(why(judgeRevealed(seen(), facts)), /^pass: the log-in answered alike/);
    const lost = { known: [], unknown: [], evidence: [], because: 'it sends letters' };
    assert.match(why(judgeRevealed(seen({ lost }), facts)), /^unknown: the log-in answers alike; it sends letters/);
  });
});
