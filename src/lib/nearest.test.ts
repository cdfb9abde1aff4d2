import assert from 'node:assert/strict';
import { test } from 'node:test';
import { didYouMean, nearest } from './nearest.ts';

test('a slip of the finger is understood', () => {
  assert.equal(nearest('bugdet', ['budget', 'backends', 'out']), 'budget');
  assert.equal(nearest('storagestate', ['storageState', 'login']), 'storageState');
  assert.equal(
    nearest('edits-persist', ['persistence/edits-persist', 'persistence/moves-persist']),
    'persistence/edits-persist',
  );
});

test('nothing is offered for what is like nothing', () => {
  assert.equal(nearest('zzzzzz', ['budget', 'out']), undefined);
  assert.equal(nearest('x', []), undefined);
  assert.equal(didYouMean('zzzzzz', ['budget']), '');
});
