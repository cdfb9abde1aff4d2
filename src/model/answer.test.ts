import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { idIn, itemWith, tokenIn } from './answer.ts';

const mark = 'bolumarik';
const of = (value: unknown): string => JSON.stringify(value);

describe('the row of a mark', () => {
  it('is the row of the list, and not what hangs on it', () => {
    assert.deepEqual(
      itemWith(of({ items: [{ id: 17, customer: { id: 42, name: 'else' }, title: mark }] }), mark)?.['id'],
      17,
    );
    assert.equal(itemWith(of([{ id: 17, title: mark, history: [{ id: 3, note: `made ${mark}` }] }]), mark)?.['id'], 17);
    assert.equal(itemWith(of([{ id: 17, customer: { id: 42, name: mark } }]), mark), undefined);
    assert.equal(itemWith(of([{ id: 17, texts: { note: mark } }]), mark)?.['id'], 17);
  });
  it('is none where two bear it, or one that only begins alike', () => {
    assert.equal(
      itemWith(
        of([
          { id: 1, a: mark },
          { id: 2, a: `copy of ${mark}` },
        ]),
        mark,
      ),
      undefined,
    );
    assert.equal(itemWith(of([{ id: 1, a: mark.slice(0, 6) }]), mark), undefined);
    assert.equal(itemWith(of([{ id: 'order-1001' }, { id: 'order-1002' }]), 'order-1001')?.['id'], 'order-1001');
    assert.equal(
      itemWith(
        of([
          { id: 1, at: 1713456789 },
          { id: 2, amount: 34567 },
        ]),
        '34567',
      )?.['id'],
      2,
    );
  });
  it('stands alone in the answer to a create, at its top or one level down', () => {
    assert.equal(itemWith(of({ order: { order_id: 'x7', title: mark } }), mark, 'orderId')?.['order_id'], 'x7');
  });
});

describe('an answer', () => {
  it('of GraphQL tells it below the name of the field, and its rows in edges', () => {
    assert.equal(idIn(of({ data: { createNote: { id: 'n1' } } })), 'n1');
    assert.equal(idIn(of({ data: { createNote: { note: { noteId: 'n1' }, ok: true } } }), 'noteId'), 'n1');
    assert.equal(idIn(of({ data: { message: 'Saved' } })), undefined);
    const edges = { data: { notes: { edges: [{ cursor: 'a', node: { id: 'n1', title: mark } }], total: 1 } } };
    assert.equal(itemWith(of(edges), mark)?.['id'], 'n1');
    assert.equal(itemWith(of({ data: { createNote: { note: { id: 'n1', title: mark } } } }), mark)?.['id'], 'n1');
  });
  it('tells the id of what was made', () => {
    assert.equal(idIn('{"data":{"id":5}}'), '5');
    assert.equal(idIn('7'), '7');
    assert.equal(idIn('{"ok":true}'), undefined);
    assert.equal(idIn('<html>'), undefined);
  });
  it('hands out a token, that of a session before that of its renewal', () => {
    assert.deepEqual(tokenIn(of({ data: { refreshToken: 'r'.repeat(20), accessToken: 'a'.repeat(20) } })), {
      name: 'accessToken',
      token: 'a'.repeat(20),
      rank: 0,
    });
    assert.equal(tokenIn(of({ token: 5 })), undefined);
  });
});
