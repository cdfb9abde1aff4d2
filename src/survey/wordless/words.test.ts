import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Called, isCalled } from './words.ts';

const kinds: readonly Called[] = ['take', 'like', 'attend', 'count', 'done'];
const calledAs = (name: string): string => kinds.filter((kind) => isCalled(kind, name)).join(' ');

test('what is done without words is known by its whole name, in any of the languages', () => {
  const names: Record<string, Called> = {
    'Add to cart': 'take',
    'Add Anchor to cart': 'take',
    'In den Warenkorb': 'take',
    加入购物车: 'take',
    '장바구니 담기': 'take',
    Like: 'like',
    'Vote (3)': 'like',
    'Vote for this': 'like',
    '♥ 12': 'like',
    いいね: 'like',
    Book: 'attend',
    'Join this class': 'attend',
    '+1': 'count',
    Done: 'done',
    'Done: Wind the clock': 'done',
    'Mark “Wind the clock” as done': 'done',
  };
  for (const [name, kind] of Object.entries(names)) assert.equal(calledAs(name), kind, name);
});

test('what only holds such a word is called something else', () => {
  for (const name of [
    'Follow-up',
    'Book club',
    'Address book',
    'How do I book a seat?',
    'Voter list',
    'Heart rate',
    'Likes to read',
    'Volume +',
    'Name ▲',
    '★★★★ & up',
    'List view',
    'Hide done',
    'A list may be empty',
    'Increase font size',
  ])
    assert.equal(calledAs(name), '', name);
});
