import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Sent } from '../../model/browser.ts';
import type { Context } from '../../model/context.ts';
import type { Pairs } from '../_shared/ids.ts';
import type { Person } from '../_shared/two-users.ts';
import { sparing } from './sparing.ts';

const exchange = (method: string, url: string, answer: string): Sent => ({
  method,
  url,
  kind: 'fetch',
  status: 200,
  headers: {},
  answerHeaders: {},
  body: '',
  answer,
  at: 0,
  bytes: 0,
});
const pairs: Pairs = { record: [{ from: '201', to: '57' }], around: [{ from: 'b', to: 'a' }] };

/** Addresses to which B's deletion of 201 is sent for A's record, in an app where B's own read of 57 is answered so. */
async function sentTo(
  answer: { status: number; body: string } | undefined,
  { given = true, names = pairs }: { given?: boolean; names?: Pairs } = {},
): Promise<string[]> {
  const read = exchange('GET', 'http://app/w/b/issues/201', '{"id":201,"title":"vekorabin"}');
  const context = {
    actors: { minted: given ? undefined : {} },
    facts: { door: { kind: 'password' } },
    clock: { now: () => 1 },
    journal: { note: () => 'e1' },
  } as unknown as Context;
  const window = { traffic: () => (answer ? [read] : []), first: { fetch: async () => answer } };
  const b = { session: { who: 'B', window }, since: 0 } as unknown as Person;
  const write = exchange('DELETE', 'http://app/w/b/issues/201', '');
  const sent = await sparing(context, b, ['vekorabin'], { write, pairs: names, victim: 'lozupatem' });
  return sent.map(({ url }) => url.replace('http://app', ''));
}

describe('by a number alone a request is sent', () => {
  const [alone, within] = ['/w/b/issues/57', '/w/a/issues/57'];
  it('where B’s account is ours', async () => {
    assert.deepEqual(await sentTo({ status: 200, body: 'an old issue' }, { given: false }), [alone, within]);
  });
  it('not where an account that was given has a record of that number', async () => {
    assert.deepEqual(await sentTo({ status: 200, body: 'an old issue' }), [within]);
  });
  it('where B is refused to read it, or reads what A wrote', async () => {
    assert.deepEqual(await sentTo({ status: 404, body: '' }), [alone, within]);
    assert.deepEqual(await sentTo({ status: 200, body: 'lozupatem' }), [alone, within]);
  });
  it('not where no read tells, but for a number that is higher than what B just made', async () => {
    assert.deepEqual(await sentTo(undefined), [within]);
    const higher = { record: [{ from: '201', to: '202' }], around: [] };
    assert.deepEqual(await sentTo(undefined, { names: higher }), ['/w/b/issues/202']);
  });
});
