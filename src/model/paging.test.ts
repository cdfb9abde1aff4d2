import assert from 'node:assert/strict';
import { it } from 'node:test';
import { leadsOn } from './paging.ts';

it('what leads to more of a list is told by its words', () => {
  for (const name of [
    'Next',
    'Load more',
    'Show 12 more items',
    'Ver 2 items más',
    '7 weitere Einträge',
    'and 3 more',
    'View all 24 posts',
    'Mehr laden',
    'Afficher 5 autres',
    '还有 5 条',
  ])
    assert.ok(leadsOn(name), name);
  for (const name of [
    '+1',
    '3 likes',
    'More options',
    'Learn more',
    'Add 2 more seats',
    'Delete',
    '12',
    'Read more about us',
    '選択した3件を削除',
    '全10件を削除',
    '3件承認',
    '他2名を退会',
  ])
    assert.ok(!leadsOn(name), name);
});
