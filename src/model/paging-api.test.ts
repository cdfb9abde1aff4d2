import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isCutShort, nextPage } from './paging-api.ts';

const rows = [{ id: 1 }, { id: 2 }];
const list = (more: object): string => JSON.stringify({ items: rows, ...more });

describe('lists of an API', () => {
  it('go on by a link, a cursor, an offset or a number', () => {
    const at = 'http://a.test/orders';
    assert.equal(nextPage(at, list({ next: '/orders?page=2' })), 'http://a.test/orders?page=2');
    assert.equal(nextPage(at, list({ meta: { next_cursor: 'b7' } })), 'http://a.test/orders?cursor=b7');
    assert.equal(nextPage(`${at}?limit=2&offset=4`, list({})), 'http://a.test/orders?limit=2&offset=6');
    assert.equal(nextPage(`${at}?page=1`, list({})), 'http://a.test/orders?page=2');
  });
  it('end where nothing leads on, where a page is empty, and at another origin', () => {
    assert.equal(nextPage('http://a.test/orders', list({})), undefined);
    assert.equal(nextPage('http://a.test/orders?page=3', '{"items":[]}'), undefined);
    assert.equal(nextPage('http://a.test/orders', list({ next: 'http://b.test/orders?page=2' })), undefined);
    assert.equal(nextPage('http://a.test/orders', '<p>next</p>'), undefined);
  });
  it('are cut short where they speak of more rows and not of how they are had', () => {
    assert.equal(isCutShort('http://a.test/orders', list({ total: 9 })), true);
    assert.equal(isCutShort('http://a.test/orders', list({ total: 2 })), false);
    assert.equal(isCutShort('http://a.test/orders?offset=0', list({ total: 9 })), false);
    assert.equal(isCutShort('http://a.test/orders', list({ total: 9, next: '/orders?after=2' })), false);
    assert.equal(isCutShort('http://a.test/orders', 'total: 9'), false);
  });
});
