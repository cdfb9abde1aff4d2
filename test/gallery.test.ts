/**
 * The gallery: each pattern is surveyed as an app that nobody described. What is kept was taken by a server that checks it, so a record
 * that two fresh loads show was filled in rightly. GALLERY=name,… picks some.
 */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { patterns, serveGallery } from '../fixtures/gallery/server.ts';
import { audited } from './audited.ts';

/** What else is to be found out of some. */
const learns: Readonly<Record<string, readonly ('edit' | 'delete' | 'move')[]>> = {
  'hover-actions': ['edit', 'delete'],
  'row-menu': ['edit', 'delete'],
  'layers-side-by-side': ['delete'],
  'opens-late': ['delete'],
  'click-to-edit': ['edit'],
  'in-chinese': ['edit', 'delete'],
  'in-japanese': ['edit', 'delete'],
  'in-russian': ['edit', 'delete'],
  'in-arabic': ['edit', 'delete'],
  'drag-native': ['move'],
  'drag-pointer': ['move'],
};
const picked = process.env['GALLERY']?.split(',');

const gallery = await serveGallery();
after(() => gallery.close());

describe('gallery', { concurrency: 3 }, () => {
  for (const [name, says] of patterns)
    if (!picked || picked.includes(name))
      it(`${name}: ${says}`, async () => {
        const more = learns[name] ?? [];
        // Nothing is asked: what is learned is all that counts here.
        const { facts } = await audited(`${gallery.url}${name}`, [], { profile: more.length ? 'audit' : 'reload' });
        assert.equal(facts.record?.kind, 'kept', facts.tried.join('\n') || 'nothing was found to try');
        for (const way of more) assert.ok(facts[way], `${way}: ${facts.tried.join('\n')}`);
      });
});
