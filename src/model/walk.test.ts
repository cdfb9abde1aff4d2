import assert from 'node:assert/strict';
import { it } from 'node:test';
import { shapeOf, surveyEnds, usesOf, walkIn } from './walk.ts';

it('addresses of one kind have one shape', () => {
  for (const id of ['17', '9f8e7d6c5b4a', 'RxAeCdcRMUzj', '_B1o2NJ-NerqAWTCo', '0b9d5a2e-7b1c-4a8e-9a55-0123456789ab'])
    assert.equal(shapeOf(`http://127.0.0.1:4000/notes/${id}/edit`), '/notes/#/edit');
  assert.equal(shapeOf('http://h/new-document#/list'), '/new-document#/list');
  assert.equal(shapeOf('http://h/posts/bodugerat-two', ['bodugerat']), '/posts/*-two');
});

it('of an account only the names are kept, of a row its mark', () => {
  const on = { role: 'textbox', name: 'Password', tag: 'input' };
  const values = { password: 'secret', mark: 'bodugerat', alt: 'vetimorok' };
  assert.deepEqual(usesOf({ do: 'fill', on, value: '{password}' }, values), {});
  assert.deepEqual(usesOf({ do: 'fill', on, value: '{mark}, {alt}' }, values), { mark: 'bodugerat', alt: 'vetimorok' });
  assert.deepEqual(usesOf({ do: 'click', on }, values, 'bodugerat'), { mark: 'bodugerat' });
});

it('a walk ends with the survey', () => {
  const step = { do: 'goto', url: 'http://h/' } as const;
  const act = {
    id: 'e1',
    at: 1,
    kind: 'load',
    who: 'A',
    says: '',
    data: { page: '1.1', step, uses: {}, url: 'http://h/' },
  } as const;
  const end = { id: 'e2', at: 2, kind: 'note', who: 'survey', says: surveyEnds } as const;
  assert.deepEqual(walkIn([act, end, act]), [{ who: 'A', page: '1.1', step, uses: {}, url: 'http://h/' }]);
});
