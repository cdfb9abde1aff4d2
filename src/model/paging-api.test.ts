import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addressOf, variablesIn } from './graphql.ts';
import { isCutShort, nextPage } from './paging-api.ts';

const rows = [{ id: 1 }, { id: 2 }];
const list = (more: object): string => JSON.stringify({ items: rows, ...more });

describe('lists of an API', () => {
  it('go on by a link, a cursor, an offset or a number', () => {
    const at = 'http://a.test/orders';
    assert.equal(nextPage(at, list({ next: '/orders?page=2' })), 'http://a.test/orders?page=2');
    assert.equal(nextPage(at, list({ _links: { next: { href: '/orders?page=2' } } })), 'http://a.test/orders?page=2');
    assert.equal(nextPage(`${at}?after=`, list({ meta: { next_cursor: 'b7' } })), 'http://a.test/orders?after=b7');
    assert.equal(nextPage(`${at}?limit=2&offset=4`, list({})), 'http://a.test/orders?limit=2&offset=6');
    assert.equal(nextPage(`${at}?page=1`, list({})), 'http://a.test/orders?page=2');
  });
  it('of GraphQL go on by their variables', () => {
    const at = (taken: string, variables: object): string =>
      addressOf('http://a.test/graphql', `query Sounding(${taken}) { notes }`, JSON.stringify(variables));
    const next = (address: string, notes: unknown): unknown =>
      Object.fromEntries(variablesIn(nextPage(address, JSON.stringify({ data: { notes } })) ?? '') ?? []);
    const edges = { edges: [{ node: { id: 1 } }], pageInfo: { hasNextPage: true, endCursor: 'b7' } };
    const cursors = at('$first: Int, $after: String', { first: 50 });
    assert.deepEqual(next(cursors, edges), { first: '50', after: 'b7' });
    assert.deepEqual(next(cursors, { ...edges, pageInfo: { hasNextPage: false, endCursor: 'b7' } }), {});
    assert.deepEqual(next(at('$offset: Int', { offset: 4 }), rows), { offset: '6' });
    assert.deepEqual(next(at('$page: Int', { page: 1 }), rows), { page: '2' });
    const connection = { ...edges, totalCount: 9 };
    assert.equal(isCutShort(at('$a: Int', {}), JSON.stringify({ data: { notes: connection } })), true);
    assert.equal(isCutShort(cursors, JSON.stringify({ data: { notes: connection } })), false);
  });
  it('count their rows, and not what a row holds', () => {
    const answer = JSON.stringify({ total: 80, orders: [{ id: 1, lines: [1, 2, 3, 4, 5] }, { id: 2 }] });
    assert.equal(nextPage('http://a.test/orders?offset=0', answer), 'http://a.test/orders?offset=2');
  });
  it('are followed at the origin that is asked, by whatever name they call themselves', () => {
    const away = list({ next: 'https://api.example.com/orders?page=2' });
    assert.equal(nextPage('http://a.test/orders', away), 'http://a.test/orders?page=2');
    assert.equal(nextPage('http://a.test/orders', list({ next: 'https://b.test/else?page=2' })), undefined);
  });
  it('end where nothing leads on, and where a page is empty', () => {
    assert.equal(nextPage('http://a.test/orders', list({})), undefined);
    assert.equal(nextPage('http://a.test/orders?page=3', '{"items":[]}'), undefined);
    assert.equal(nextPage('http://a.test/orders', '<p>next</p>'), undefined);
  });
  it('are cut short where they speak of more rows and not of how they are had', () => {
    assert.equal(isCutShort('http://a.test/orders', list({ total: 9 })), true);
    assert.equal(isCutShort('http://a.test/orders', list({ total: 2 })), false);
    assert.equal(isCutShort('http://a.test/orders?offset=0', list({ total: 9 })), false);
    assert.equal(isCutShort('http://a.test/orders', list({ total: 9, next: '/orders?after=2' })), false);
    assert.equal(isCutShort('http://a.test/orders', list({ nextPageToken: 'eyJ' })), true);
    assert.equal(isCutShort('http://a.test/orders', list({ meta: { next_page: 2 } })), true);
    assert.equal(isCutShort('http://a.test/orders', `[${'1,'.repeat(100_000)}`), true);
    assert.equal(isCutShort('http://a.test/orders', 'total: 9'), false);
  });
});
