import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Facts } from '../../model/facts.ts';
import { ladder } from './ladder.ts';

const claim = 'persistence/writes-leave-the-browser';
const facts = { kind: 'pages', entry: 'http://h/', door: { kind: 'none' }, told: {} } as unknown as Facts;
const looked = (seen: 'yes' | 'no') => ({
  seen,
  because: `A ${seen === 'yes' ? 'sees' : 'does not see'} bodugerat`,
  evidence: 'e2',
});
const observed = (browser: 'yes' | 'no'): unknown =>
  ladder.observed.parse({
    mark: 'bodugerat',
    where: 'http://h/',
    create: { said: 'ok', because: 'POST 302 and another page', evidence: 'e1' },
    stood: true,
    reload: looked('yes'),
    tab: looked('yes'),
    browser: looked(browser),
    browserInside: true,
    sent: [],
    sentEvidence: 'e3',
    readings: { evidence: 'e4' },
    reproduce: '',
  });
const judged = (o: unknown): string =>
  ladder.claims.find(({ id }) => id === claim)?.judge(o, facts, {}).status ?? 'not asked';

it('what a fresh browser shows has left the first one, whatever was seen on its way', () => {
  assert.equal(judged(observed('yes')), 'pass');
  assert.equal(judged(observed('no')), 'fail');
});
