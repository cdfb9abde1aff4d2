/**
 * Eight families of components, as people build with them: each page is surveyed as an app that nobody described. Its server refuses what is
 * not complete, so a record that fresh loads show was chosen, dated and switched on with the family's own parts. KITS=name,… picks some.
 */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { audited } from '../audited.ts';
import { families, serveKits } from './server.ts';

const picked = process.env['KITS']?.split(',');
const kits = await serveKits();
after(() => kits.close());

describe('kits', { concurrency: 2 }, () => {
  for (const name of Object.keys(families))
    if (!picked || picked.includes(name))
      it(`${name}: a record is written, kept, edited and deleted`, async () => {
        const { facts } = await audited(`${kits.url}${name}`, [], { profile: 'audit' });
        assert.equal(facts.record?.kind, 'kept', facts.tried.join('\n') || 'nothing was found to try');
        for (const way of ['edit', 'delete'] as const) assert.ok(facts[way], `${way}: ${facts.tried.join('\n')}`);
      });
});
