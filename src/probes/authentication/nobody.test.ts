import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Facts } from '../../model/facts.ts';
import type { Intent } from '../../model/run.ts';
import type { Verdict } from '../../model/verdict.ts';
import { nobody } from './nobody.ts';
import { idBeside } from './nobody-doors.ts';
import { showsPeople } from './nobody-elsewhere.ts';

const mark = 'pobelupek';
const read = {
  what: 'GET http://h/api/tasks',
  keyed: false,
  control: true,
  nobody: 'lacks',
  by: '',
  evidence: 'e4',
  honest: 'e3',
};
const place = {
  url: 'http://h/tasks',
  keyed: false,
  opened: true,
  away: true,
  shown: false,
  asMember: false,
  evidence: 'e5',
};
const write = {
  what: 'create',
  request: 'POST http://h/api/tasks',
  keyed: false,
  done: false,
  offered: false,
  control: true,
  status: 401,
  evidence: 'e6',
  honest: 'e7',
};
const walk = { pages: ['http://h/'], evidence: 'e9' };
const base = {
  door: 'e1',
  mark,
  where: 'http://h/tasks',
  sent: true,
  socket: false,
  save: 'e2',
  before: { seen: 'yes', because: '', evidence: 'e2' },
  walk,
  reads: [read],
  places: [place],
  writes: [write],
  doors: [],
  elsewhere: [],
  reproduce: { reads: '', elsewhere: '', writes: '' },
};
const facts = {
  kind: 'pages',
  entry: 'http://h/',
  door: { kind: 'password', says: '', evidence: ['e1'] },
  record: { kind: 'kept' },
  evidence: [],
  tried: [],
};

const judged = (claim: 0 | 1, o: object = {}, intent: Intent = {}, f: object = {}): Verdict => {
  const asked = nobody.claims[claim];
  assert.ok(asked);
  return asked.judge(nobody.observed.parse({ ...base, ...o }), { ...facts, ...f } as unknown as Facts, intent);
};
const is = (verdict: Verdict, status: Verdict['status'], because: RegExp): void => {
  assert.equal(verdict.status, status, verdict.because);
  assert.match(verdict.because, because);
};
const door = (kind: 'none' | 'name'): object => ({ door: { kind, says: '', evidence: ['e1'] } });

describe('what A sees after login', () => {
  it('is kept from nobody where A itself was asked the same way', () => {
    is(judged(0), 'pass', /1 read that carries pobelupek for A was asked again as nobody and 1 page was opened/);
    is(judged(0, { reads: [{ ...read, control: false }] }), 'unknown', /could be asked again by A itself/);
    is(judged(0, { reads: [] }), 'unknown', /could be asked again by A itself/);
    is(judged(0, { reads: [{ ...read, nobody: 'no answer' }] }), 'unknown', /got no answer/);
  });

  it('has leaked where nobody is answered with it', () => {
    const leak = { ...read, nobody: 'carries' };
    is(
      judged(0, { reads: [leak] }),
      'fail',
      /GET http:\/\/h\/api\/tasks, asked by nobody, answers with what A wrote .* turns nobody away/,
    );
    is(
      judged(0, { reads: [{ ...leak, by: 'the 302 to /login' }] }),
      'fail',
      /leads away, and the 302 to \/login still carries/,
    );
    is(
      judged(0, { places: [{ ...place, carried: 'the 302 to /login' }] }),
      'fail',
      /opened by nobody, is answered .* the 302/,
    );
    is(
      judged(0, { places: [{ ...place, away: false, shown: true, asMember: true }] }),
      'fail',
      /opened by nobody, shows/,
    );
  });

  it('is public where the walk of nobody shows it, unless it is meant not to be', () => {
    const shown = { reads: [], places: [], walk: { ...walk, shown: { url: 'http://h/', evidence: 'e8' } } };
    is(judged(0, shown), 'not-applicable', /public by design/);
    is(judged(0, shown, { records: 'public' }), 'not-applicable', /public by design/);
    is(judged(0, shown, { records: 'private' }), 'fail', /own walk shows .* meant to be private/);
  });

  it('is a question where it may be public on purpose', () => {
    const leak = { ...read, nobody: 'carries' };
    const stays = { ...place, away: false };
    const asks = (o: object, because: RegExp, f: object = {}): void => {
      is(judged(0, o, {}, f), 'unknown', because);
      is(judged(0, o, { records: 'private' }, f), 'fail', /nobody/);
      is(judged(0, o, { records: 'public' }, f), 'not-applicable', /meant to be public/);
    };
    asks({ places: [{ ...stays, shown: true }] }, /shows nobody what A wrote, and nothing that a member does/);
    asks({ reads: [{ ...leak, keyed: true }], places: [stays] }, /address that cannot be guessed/);
    asks(
      { reads: [leak], places: [stays], walk: { ...walk, handed: 'GET http://h/api/all' } },
      /are handed what A wrote \(GET http:\/\/h\/api\/all\)/,
    );
    asks({ reads: [leak], places: [] }, /read by nobody, too, who cannot write/, { kind: 'api' });
  });

  it('leaks by an address that cannot be guessed, too, where the page turns nobody away', () =>
    is(judged(0, { reads: [{ ...read, nobody: 'carries', keyed: true }] }), 'fail', /answers with what A wrote/));
});

describe('what other pages show A of other people', () => {
  const other = {
    page: 'http://h/admin',
    what: 'GET http://h/api/people',
    control: true,
    leaked: true,
    evidence: 'e10',
    honest: 'e11',
  };
  const shown = { reads: [], places: [], walk: { ...walk, shown: { url: 'http://h/', evidence: 'e8' } } };

  it('has leaked where nobody is answered with it, though A’s own record is public', () => {
    for (const o of [{}, shown])
      is(
        judged(0, { ...o, elsewhere: [other] }),
        'fail',
        /api\/people, asked by nobody, answers with e-mail addresses of people that .*\/admin shows A/,
      );
    is(judged(0, { ...shown, elsewhere: [{ ...other, control: false }] }), 'not-applicable', /public by design/);
  });

  it('is public where nobody’s walk shows the same people by their names', () => {
    const answer = JSON.stringify([
      { name: 'Dr. Ada Lark', email: 'ada@h.test', field: 'Cardiology' },
      { name: 'Dr. Bo Finch', email: 'Bo@h.test', field: 'Cardiology' },
    ]);
    const both = ['ada@h.test', 'bo@h.test'];
    assert.equal(showsPeople(['Choose: Dr. Ada Lark, Cardiology'], both, answer), true);
    assert.equal(showsPeople(['Choose a time in Cardiology'], both, answer), false);
    assert.equal(showsPeople(['Dr. Ada Lark'], ['cy@h.test'], answer), false);
    assert.equal(showsPeople(['ada@h.test'], both, 'no rows'), false);
  });

  it('is kept from nobody', () =>
    is(
      judged(0, { ...shown, elsewhere: [{ ...other, leaked: false }] }),
      'pass',
      /what http:\/\/h\/admin shows A of other people is kept/,
    ));
});

describe('what takes a session', () => {
  it('is not written by nobody where A wrote by the same request', () => {
    is(judged(1), 'pass', /create \(POST http:\/\/h\/api\/tasks, answered 401\): sent by nobody it changed nothing/);
    is(judged(1, { writes: [{ ...write, status: 200 }] }), 'pass', /answered 200\): sent by nobody it changed nothing/);
    is(judged(1, { writes: [{ ...write, control: false }] }), 'unknown', /was not read back/);
    is(judged(1, { writes: [{ ...write, status: 0 }] }), 'unknown', /got no answer/);
    is(judged(1, { writes: [], socket: true }), 'unknown', /by a socket/);
  });

  it('is not told where another handler looks for a record before it asks who wants it', () => {
    const door = { request: 'PATCH /api/orders/…', status: 404, evidence: 'e12', honest: 'e13' };
    is(judged(1, { doors: [door] }), 'unknown', /PATCH \/api\/orders\/…, .* answers nobody as it answers A \(404\)/);
    is(judged(1, { doors: [door], writes: [{ ...write, done: true }] }), 'fail', /sent by nobody, creates/);
  });

  it('has ids of its own kind that no record has', () => {
    const context = { marks: { next: () => 'bemolako' } } as unknown as Parameters<typeof idBeside>[1];
    assert.equal(idBeside(['7', '12'], context), '1000015');
    assert.match(idBeside(['3f2b8c1e-9a4d-4e6f-8b7a-0c1d2e3f4a5b'], context) ?? '', /^[0-9a-f-]{36}$/);
    assert.match(idBeside(['65f1c0ffee65f1c0ffee65f1'], context) ?? '', /^[0-9a-f]{24}$/);
    for (const ids of [[], ['7', undefined], ['7', 'a-slug']]) assert.equal(idBeside(ids, context), undefined);
  });

  it('was written by nobody where A reads it back, whatever was answered', () => {
    const edit = { ...write, what: 'edit', request: 'PATCH http://h/api/tasks/1', control: false, done: true };
    is(judged(1, { writes: [{ ...write, done: true }] }), 'fail', /POST .*, sent by nobody, creates a record of A/);
    is(
      judged(1, { writes: [write, edit] }),
      'fail',
      /PATCH .*, sent by nobody, edits a record of A: A reads what nobody put/,
    );
  });

  it('is open by design where a page of nobody offers it', () => {
    const offered = { ...write, done: true, offered: true };
    is(judged(1, { writes: [offered] }), 'not-applicable', /open by design/);
    is(judged(1, { writes: [offered, { ...write, what: 'edit' }] }), 'pass', /^edit /);
  });

  it('is a question where the address of the record is a key that opens its page', () => {
    const edit = { ...write, what: 'edit', keyed: true, done: true };
    const places = [{ ...place, away: false, shown: true }];
    is(judged(1, { writes: [write, edit], places }), 'unknown', /cannot be guessed/);
    is(judged(1, { writes: [write, edit] }), 'fail', /edits a record/);
  });
});

describe('both', () => {
  it('are a question where no door asks for a proof', () => {
    for (const claim of [0, 1] as const) {
      is(judged(claim, {}, {}, door('none')), 'unknown', /opens without a login/);
      is(judged(claim, {}, {}, door('name')), 'unknown', /a name alone/);
      is(judged(claim, {}, { login: 'required' }, door('name')), 'fail', /a name alone opens it.*login: required/);
      is(judged(claim, {}, { login: 'open' }, door('none')), 'not-applicable', /login: open/);
      const asked = judged(claim, {}, {}, door('name'));
      assert.match(asked.status === 'unknown' ? (asked.wants ?? '') : '', /login=required\|open/);
    }
  });

  it('hang on a record that is kept on a server', () => {
    for (const claim of [0, 1] as const) {
      is(
        judged(claim, { sent: false, before: undefined, walk: undefined }),
        'not-applicable',
        /no write leaves the browser/,
      );
      is(
        judged(claim, { before: undefined, walk: undefined }, {}, { record: { kind: 'phantom' } }),
        'unknown',
        /not kept at all/,
      );
      is(
        judged(claim, { before: { ...base.before, seen: 'no', because: 'gone' } }),
        'unknown',
        /A did not see the record: gone/,
      );
    }
  });
});
