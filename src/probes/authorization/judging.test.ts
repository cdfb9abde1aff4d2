import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DoorFacts, Facts } from '../../model/facts.ts';
import type { Intent } from '../../model/run.ts';
import type { Verdict } from '../../model/verdict.ts';
import { judges } from './judging.ts';
import type { Attempt, Observed } from './observation.ts';

const factsOf = (door: Partial<DoorFacts> = {}): Facts => ({
  version: 1,
  kind: 'pages',
  entry: 'http://app/',
  title: '',
  door: { kind: 'password', says: '', evidence: ['e1'], ...door },
  absent: [],
  told: {},
  pages: [],
  tried: [],
  evidence: ['e1'],
});

const held: Attempt = { control: true, taken: false, where: 'PUT http://app/notes/7', evidence: ['e5'] };
const list = { url: 'http://app/notes', control: true, shown: false, evidence: 'e3' as const };
const reading = { tried: 2, control: true, page: true, evidence: ['e4' as const] };
const leak = { where: 'GET http://app/notes/7', evidence: 'e6' as const, nobody: 'no' as const, guessable: true };

const sound: Observed = {
  note: 'e2',
  lists: [list],
  read: reading,
  change: held,
  remove: held,
  reproduce: { list: 'l', read: 'r', change: 'c', remove: 'd' },
};
const shared: Observed = {
  ...sound,
  lists: [{ ...list, shown: true, carried: 'http://app/api/notes' }],
  read: { ...reading, leak },
};

type Name = 'read' | 'change' | 'delete' | 'lists';
function judged(name: Name, o: Partial<Observed>, intent: Intent = {}, door: Partial<DoorFacts> = {}): Verdict {
  const id =
    name === 'lists' ? 'authorization/lists-show-only-mine' : `authorization/strangers-cannot-${name}-my-records`;
  const rule = judges.find((claim) => claim.id === id);
  assert.ok(rule);
  return rule.judge({ ...sound, ...o }, factsOf(door), intent);
}
const cause = (verdict: Verdict): string => (verdict.status === 'unknown' ? verdict.cause : verdict.status);
const names: readonly Name[] = ['read', 'change', 'delete', 'lists'];

describe('strangers, judged', () => {
  it('that get nothing pass, for the same worked for their own', () => {
    for (const name of names) assert.equal(judged(name, {}).status, 'pass', name);
    assert.match(judged('change', {}).because, /for a record of B's own the same worked/);
  });
  it('that read, change and delete by id fail', () => {
    const verdict = judged('read', { read: { ...reading, leak } });
    assert.equal(verdict.status, 'fail');
    assert.match(verdict.because, /B asked for GET http:\/\/app\/notes\/7, and got what A wrote/);
    assert.match(judged('change', { change: { ...held, taken: true } }).because, /A's record was changed/);
    assert.match(
      judged('delete', { remove: { ...held, taken: true, control: false } }).because,
      /A's record was deleted/,
    );
  });
  it('are not cleared where the control failed', () => {
    assert.equal(cause(judged('change', { change: { ...held, control: false } })), 'control-failed');
    assert.equal(cause(judged('read', { read: { ...reading, control: false } })), 'control-failed');
    assert.equal(cause(judged('lists', { lists: [{ ...list, control: false }] })), 'control-failed');
    const { taken: _, ...unclear } = held;
    assert.equal(cause(judged('delete', { remove: unclear })), 'unclear');
  });
  it('ask for an account of our own where A’s number may be that of an older record of B', () => {
    const { taken: _, ...untold } = held;
    const verdict = judged('change', { change: { ...untold, control: false, missing: 'may be', wants: 'another' } });
    assert.ok(verdict.status === 'unknown' && verdict.cause === 'no-way-found' && verdict.wants === 'another');
  });
  it('an address that nobody could guess, and that opens to nobody, too, is a question of intent', () => {
    const handed = { ...leak, nobody: 'asking' as const, guessable: false };
    assert.equal(cause(judged('read', { read: { ...reading, leak: handed } })), 'intent');
    assert.equal(judged('read', { read: { ...reading, leak: { ...handed, guessable: true } } }).status, 'fail');
    assert.equal(judged('read', { read: { ...reading, leak: { ...handed, nobody: 'no' } } }).status, 'fail');
  });
  it('what is shown on the way, to nobody or to B, is a question of intent', () => {
    const hidden = [{ ...list, carried: 'http://app/api/notes' }];
    for (const who of ['nobody', 'B'] as const) {
      const seen = {
        read: { ...reading, leak },
        lists: hidden,
        walked: { who, url: 'http://app/all', evidence: 'e9' as const },
      };
      for (const name of ['read', 'lists'] as const) {
        assert.equal(cause(judged(name, seen)), 'intent', `${name}, ${who}`);
        assert.match(judged(name, seen).because, /http:\/\/app\/all/);
        assert.equal(judged(name, seen, { records: 'private' }).status, 'fail', `${name}, ${who}`);
      }
    }
  });
});

describe('shared or leaking', () => {
  it('is a question where all is shown and opens, and no accusation', () => {
    const all = {
      ...shared,
      change: { ...held, taken: true, offered: 'done' as const },
      remove: { ...held, taken: true, offered: 'done' as const },
    };
    for (const name of names) assert.equal(cause(judged(name, all)), 'intent', name);
    for (const name of names) assert.equal(judged(name, all, { records: 'shared' }).status, 'not-applicable', name);
    for (const name of names) assert.equal(judged(name, all, { records: 'private' }).status, 'fail', name);
  });
  it('is leaking where the list shows what B may not open', () => {
    const { status, because } = judged('lists', { ...shared, read: reading });
    assert.equal(status, 'fail');
    assert.match(because, /list shows a record of A that B is then refused to open/);
    const walked = { who: 'nobody', url: 'http://app/', evidence: 'e9' } as const;
    const openly = judged('lists', { ...shared, read: reading, walked });
    assert.equal(openly.status, 'not-applicable');
    assert.match(openly.because, /public by design: nobody, without a log-in, comes upon it/);
    assert.equal(judged('read', { ...shared, read: reading, walked }).status, 'not-applicable');
    assert.equal(cause(judged('read', { ...shared, read: reading })), 'intent', 'B has read it in the list');
    assert.equal(cause(judged('lists', { ...shared, read: { ...reading, page: false } })), 'intent');
  });
  it('is leaking where the page hides what the answer holds', () => {
    const hidden = [{ ...list, carried: 'http://app/api/notes' }];
    assert.match(judged('lists', { lists: hidden }).because, /which the page does not show/);
    assert.equal(judged('lists', { lists: hidden }).status, 'fail');
    assert.equal(cause(judged('lists', { lists: hidden }, {}, { kind: 'none' })), 'intent');
  });
  it('is not known where B’s list has pages that were not gone through', () => {
    const partly = [{ ...list, carried: 'http://app/api/notes', partly: true }];
    const taken = { ...held, taken: true };
    const all = { lists: partly, read: { ...reading, leak }, change: taken, remove: taken };
    for (const name of names) assert.equal(cause(judged(name, all)), 'could-not-look', name);
    for (const name of ['read', 'change', 'delete'] as const)
      assert.equal(judged(name, all, { records: 'private' }).status, 'fail', name);
    for (const name of ['read', 'change', 'delete'] as const)
      assert.equal(judged(name, { lists: partly }).status, 'pass', name);
  });
  it('is broken among colleagues where the server takes what the page offers on their own alone', () => {
    const taken = { ...held, taken: true, offered: 'no' as const };
    const { status, because } = judged('change', { ...shared, change: taken });
    assert.equal(status, 'fail');
    assert.match(because, /though the page lets B change only B's own/);
    assert.equal(judged('delete', { ...shared, remove: { ...taken, taken: false } }).status, 'pass');
    assert.equal(judged('delete', { ...shared, remove: taken }, { records: 'shared' }).status, 'fail');
  });
  it('accuses no colleague of whose page it is not known whether it offers it', () => {
    assert.equal(cause(judged('change', { ...shared, change: { ...held, taken: true } })), 'intent');
    assert.equal(cause(judged('delete', { ...shared, remove: { ...held, taken: true } })), 'intent');
  });
  it('accuses no colleague whose page offers it and whom the server refuses', () => {
    assert.equal(judged('change', { ...shared, change: { ...held, offered: 'not-done' } }).status, 'pass');
    assert.equal(
      cause(judged('change', { ...shared, change: { ...held, taken: true, offered: 'not-done' } })),
      'intent',
    );
  });
});

describe('one account', () => {
  const alone = { stop: { why: 'alone' as const, because: 'there is no second account' } };
  it('asks for a second where a door stands', () => {
    const verdict = judged('read', alone, {}, { account: 'given' });
    assert.ok(verdict.status === 'unknown' && verdict.wants === '--login2 user:password');
  });
  it('is all that there is where the app makes it known itself', () => {
    assert.equal(judged('read', alone, {}, { account: 'published' }).status, 'not-applicable');
  });
  it('tells nothing where no write leaves the browser', () => {
    const verdict = judged('delete', { stop: { why: 'local', because: 'no write leaves the browser' } });
    assert.match(verdict.because, /root cause: persistence\/writes-leave-the-browser/);
    assert.equal(verdict.status, 'not-applicable');
  });
});
