import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Sent, View } from '../model/browser.ts';
import { deletionBy, deletionOf, idsOf } from './ids.ts';

const page = { url: 'http://localhost:3000/', controls: [], templates: [], text: '' } as unknown as View;
const sent = (method: string, url: string, body = ''): Sent =>
  ({ method, url, body, headers: {}, answerHeaders: {}, kind: 'fetch', answer: '', at: 0, bytes: 0 }) as Sent;
const cards = JSON.stringify([
  { columnId: 11, id: 57, title: 'bamotelik' },
  { columnId: 11, id: 58, title: 'zazalalep' },
  { columnId: 11, id: 3, title: 'Call the bank' },
]);

describe('ids of our records', () => {
  const ids = idsOf(['bamotelik', 'zazalalep'], [cards], page);
  it('are those that no two of them share', () => {
    assert.deepEqual(
      [...ids].map(([mark, found]) => [mark, found.map((id) => id.value)]),
      [
        ['bamotelik', ['57']],
        ['zazalalep', ['58']],
      ],
    );
  });
  it('cannot be told from a single record', () => {
    assert.equal(idsOf(['bamotelik'], [cards], page).size, 0);
  });
  it('name the next deletion in the same place, and nothing else of the address', () => {
    const one = deletionBy(
      [sent('DELETE', 'http://localhost:5757/api/v57x/cards/57?view=all')],
      ids.get('bamotelik') ?? [],
    );
    assert.ok(one);
    assert.equal(deletionOf(one, ids.get('zazalalep') ?? [])?.url, 'http://localhost:5757/api/v57x/cards/58?view=all');
  });
  it('in a body, JSON or a form', () => {
    for (const [body, next] of [
      ['{"op":"delete","id":57,"n":157}', '{"op":"delete","id":58,"n":157}'],
      ['{"variables":{"id":"57"}}', '{"variables":{"id":"58"}}'],
      ['_csrf=a57b&id=57', '_csrf=a57b&id=58'],
      ['57', '58'],
    ] as const) {
      const one = deletionBy([sent('POST', 'http://localhost/rpc', body)], ids.get('bamotelik') ?? []);
      assert.ok(one, body);
      assert.equal(deletionOf(one, ids.get('zazalalep') ?? [])?.body, next);
    }
  });
  it('are not used where the request names one twice, or another record has two of the kind', () => {
    assert.equal(
      deletionBy([sent('DELETE', 'http://localhost/lists/57/cards/57')], ids.get('bamotelik') ?? []),
      undefined,
    );
    const one = deletionBy([sent('DELETE', 'http://localhost/cards/57')], ids.get('bamotelik') ?? []);
    assert.ok(one);
    const from = ids.get('zazalalep')?.[0]?.from ?? '';
    assert.equal(
      deletionOf(one, [
        { from, value: '58' },
        { from, value: '59' },
      ]),
      undefined,
    );
    assert.equal(deletionOf(one, [{ from: 'id of a feed', value: '41' }]), undefined);
  });
});
