import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addressOf, operationIn, postOf, statusOf, variablesIn, withVariable } from './graphql.ts';

const query = 'query Sounding($first: Int, $after: String) { notes(first: $first, after: $after) { id } }';
const address = addressOf('http://a.test/graphql', query, '{"first":100}');

describe('a query of ours', () => {
  it('has an address, and is asked by POST', () => {
    assert.deepEqual(postOf(address), {
      url: 'http://a.test/graphql',
      body: JSON.stringify({ query, variables: { first: 100 } }),
    });
    assert.equal(postOf(`${address}&q=bolumarik`)?.url, 'http://a.test/graphql?q=bolumarik');
    assert.equal(postOf('http://a.test/search?query=query+of+mine'), undefined);
  });
  it('has variables that can be given another value, and placeholders that stay', () => {
    assert.deepEqual(variablesIn(address), [
      ['first', '100'],
      ['after', ''],
    ]);
    assert.deepEqual(variablesIn(withVariable(address, 'after', 'b7')), [
      ['first', '100'],
      ['after', 'b7'],
    ]);
    assert.match(addressOf('http://a.test/g', 'query Sounding { a }', '{"id":"{id}"}'), /%22\{id\}%22/);
    assert.equal(variablesIn('http://a.test/notes?first=1'), undefined);
  });
});

describe('the body of a POST', () => {
  const of = (text: string): string | undefined => operationIn(JSON.stringify({ query: text }));
  it('asks where all its operations are queries', () => {
    assert.equal(of('{ notes { id } }'), 'asks');
    assert.equal(of('# mutation\nquery A { notes(q: "mutation { x }") { ...f } } fragment f on Note { id }'), 'asks');
    assert.equal(operationIn('[{"query":"{ a }"},{"query":"{ b }"}]'), 'asks');
  });
  it('writes where one is a mutation', () => {
    assert.equal(of('mutation { createNote { id } }'), 'writes');
    assert.equal(of('query A { a } mutation B { b }'), 'writes');
    assert.equal(operationIn('[{"query":"{ a }"},{"query":"mutation { b }"}]'), 'writes');
  });
  it('is no operation that can be read where it is anything else', () => {
    for (const body of ['{"query":"blue shoes, size 9"}', '{"title":"query"}', 'query=a', '{"query":', '[]'])
      assert.equal(operationIn(body), undefined, body);
  });
});

describe('an answer with 200', () => {
  const of = (value: unknown): number => statusOf(200, JSON.stringify(value));
  it('is a refusal where it holds errors and no data', () => {
    assert.equal(of({ errors: [{ message: 'no', extensions: { code: 'UNAUTHENTICATED' } }], data: null }), 401);
    assert.equal(of({ errors: [{ message: 'You must be logged in' }], data: { notes: null } }), 401);
    assert.equal(of({ errors: [{ message: 'no', extensions: { http: { status: 403 } } }] }), 403);
    assert.equal(of({ errors: [{ message: 'Note not found' }], data: { note: null } }), 404);
    assert.equal(of({ errors: [{ message: 'title is too long' }] }), 422);
  });
  it('finds nothing where all is null, and is what it is otherwise', () => {
    assert.equal(of({ data: { note: null } }), 404);
    assert.equal(of({ data: { notes: [] }, errors: [{ message: 'in part' }] }), 200);
    assert.equal(of([]), 200);
    assert.equal(statusOf(500, 'down'), 500);
  });
});
