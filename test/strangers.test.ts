/** The scripts of what strangers come by show it by themselves, on a fresh instance: two users, a record each, no Plummet. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import jsonSpa from '../fixtures/json-spa/fixture.ts';
import workspaces from '../fixtures/workspaces/fixture.ts';
import { audited } from './audited.ts';
import { printedBy } from './scripts.ts';

const of = (name: string): string => `authorization/${name}`;
const cases = [
  {
    fixture: workspaces,
    defect: 'checks-the-workspace-only',
    prints: {
      [of('strangers-cannot-read-my-records')]: /B reads what A wrote: true GET \/api\/workspaces\/\d+\/notes\/\d+/,
      [of('strangers-cannot-change-my-records')]:
        /B sent PUT \/api\/workspaces\/\d+\/notes\/\d+\nA sees what B wrote: true {2}what A wrote: false/,
      [of('strangers-cannot-delete-my-records')]:
        /B sent DELETE \/api\/workspaces\/\d+\/notes\/\d+\nA still sees what A wrote: false/,
    },
  },
  {
    fixture: jsonSpa,
    defect: 'list-of-all',
    prints: {
      [of('lists-show-only-mine')]:
        /answers to B that hold what A wrote: [1-9].* GET \/api\/tasks.*\nB sees it in the list: true/,
    },
  },
];

describe('reproduction of what strangers come by', () => {
  for (const { fixture, defect, prints } of cases)
    it(`${fixture.name}, ${defect}`, async () => {
      const app = await fixture.start(defect);
      const { results } = await audited(app.url, Object.keys(prints)).finally(() => app.close());
      for (const [claim, shows] of Object.entries(prints)) {
        const result = results.find((r) => r.claim === claim);
        assert.ok(result?.status === 'fail', `${claim}: ${result?.because}`);
        const fresh = await fixture.start(defect);
        assert.match(await printedBy(result.findings[0].reproduce, fresh.url).finally(() => fresh.close()), shows);
      }
    });
});
