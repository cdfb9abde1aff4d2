import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Sent } from '../../model/browser.ts';
import { differences, knownOf, mayBeTaken, pairsOf, renamed } from './ids.ts';

const answered = (value: unknown): Sent => ({
  method: 'GET',
  url: 'http://app/api/notes',
  kind: 'fetch',
  status: 200,
  headers: {},
  answerHeaders: {},
  body: '',
  answer: JSON.stringify(value),
  at: 0,
  bytes: 0,
});

describe('what names a record', () => {
  it('is the id of the object that bears its mark', () => {
    const list = answered({
      rows: [
        { id: 7, title: 'lozupatem' },
        { id: 8, title: 'vekorabin' },
      ],
    });
    const { record } = pairsOf(knownOf([list], 'lozupatem', []), knownOf([list], 'vekorabin', []));
    assert.deepEqual(record, [{ from: '7', to: '8' }]);
  });
  it('is the id above the part that bears it, and not that of what merely holds another record', () => {
    const ids = (rows: unknown) => knownOf([answered(rows)], 'lozupatem', []).objects.map((o) => o['id'] ?? o['slug']);
    assert.deepEqual(ids({ data: [{ id: '8', type: 'notes', attributes: { title: 'lozupatem' } }] }), ['8']);
    assert.deepEqual(ids({ data: { id: 8, attributes: { title: 'lozupatem', slug: 'l-1' } } }), [8, 'l-1']);
    assert.deepEqual(ids([{ id: 3, note: { id: 8, title: 'lozupatem' } }]), [8]);
    assert.deepEqual(ids([{ id: 3, notes: [{ title: 'lozupatem' }] }]), []);
  });
  it('is the last part of its address that is its own; those before it name what holds it', () => {
    const mine = { objects: [], addresses: ['http://app/w/one/notes/7/edit'] };
    const theirs = { objects: [], addresses: ['http://app/w/two/notes/9/edit', 'http://app/w/two/notes/9/more/x'] };
    assert.deepEqual(pairsOf(mine, theirs), {
      record: [{ from: '7', to: '9' }],
      around: [{ from: 'one', to: 'two' }],
    });
  });
  it('is no word by which another address of the row says what it is for', () => {
    const of = (...paths: string[]) => ({ objects: [], addresses: paths.map((path) => `http://app${path}`) });
    const one = { record: [{ from: '8', to: '7' }], around: [] };
    assert.deepEqual(pairsOf(of('/notes/8/edit/', '/notes/8/delete/'), of('/notes/7/edit/', '/notes/7/delete/')), one);
    assert.deepEqual(pairsOf(of('/notes/8', '/users/2'), of('/notes/7', '/users/2')), one);
    assert.deepEqual(pairsOf(of('/users/2', '/notes/8'), of('/users/1', '/notes/7')).around, []);
    assert.deepEqual(pairsOf(of('/notes/my-first', '/notes/my-first/edit'), of('/notes/other', '/notes/other/edit')), {
      record: [{ from: 'my-first', to: 'other' }],
      around: [],
    });
  });
  it('is nothing where two users number alike', () => {
    const list = answered([{ id: 1, title: 'lozupatem vekorabin' }]);
    assert.deepEqual(pairsOf(knownOf([list], 'lozupatem', []), knownOf([list], 'vekorabin', [])).record, []);
  });
  it('is not read off addresses of different shapes', () => {
    assert.deepEqual(differences('http://app/notes/7', 'http://app/notes/8/edit'), []);
    assert.deepEqual(differences('http://app/notes/7', 'http://other/notes/8'), []);
  });
});

it('a number below that of what was just made may be that of an older record; others are free', () => {
  const taken = (from: string, to: string) => mayBeTaken([{ from, to }]);
  assert.ok(taken('201', '57'));
  assert.ok(taken('my-first', '57'));
  assert.ok(taken('9', '1'));
  assert.ok(!taken('57', '201'));
  assert.ok(!taken('99', '12345678901234567890'));
  assert.ok(!taken('my-first', 'my-second'));
});

describe('a request for another record', () => {
  const pairs = [{ from: '7', to: '9' }];
  it('has the id changed in the path, and nowhere that it is a number of something else', () => {
    const made = renamed({ url: 'http://app/api/notes/7?page=7', body: '{"title":"7 eggs","amount":7,"id":7}' }, pairs);
    assert.equal(made?.url, 'http://app/api/notes/9?page=7');
    assert.equal(made?.body, '{"title":"7 eggs","amount":7,"id":9}');
  });
  it('has it changed in variables of GraphQL, and within its text', () => {
    const long = [{ from: 'Zk3Qw8xTnB1rUu', to: 'Ab9Lm2cVpE7oYy' }];
    const query = '{"query":"mutation { drop(id: \\"Zk3Qw8xTnB1rUu\\") }","variables":{"noteId":"Zk3Qw8xTnB1rUu"}}';
    const made = renamed({ url: 'http://app/graphql', body: query }, long);
    assert.equal(made?.body, query.replaceAll('Zk3Qw8xTnB1rUu', 'Ab9Lm2cVpE7oYy'));
  });
  it('has it changed in a form', () => {
    const made = renamed({ url: 'http://app/save', body: 'note_id=7&title=x+y&count=7' }, pairs);
    assert.equal(made?.body, 'note_id=9&title=x+y&count=7');
  });
  it('has it changed in a frame of a socket', () => {
    const made = renamed({ url: 'ws://app/socket', body: '42["message:edit",{"id":7,"text":"seven"}]' }, pairs);
    assert.equal(made?.body, '42["message:edit",{"id":9,"text":"seven"}]');
  });
  it('is none where the id is not in it', () => {
    assert.equal(renamed({ url: 'http://app/notes', body: 'title=7' }, pairs), undefined);
  });
});
