import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { operationsIn } from './document.ts';
import { bodyOf, carrierIn } from './fill.ts';
import { collectionsIn, doorsIn, isList } from './places.ts';

const three = `
openapi: 3.0.3
servers: [{ url: https://elsewhere.test/v1 }]
security: [{ key: [] }]
paths:
  /notes:
    get:
      parameters:
        - { name: per_page, in: query, schema: { type: integer, maximum: 50 } }
        - { name: page, in: query, schema: { type: integer, minimum: 1 } }
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/NewNote' } } } }
  /notes/{note_id}:
    put:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/NewNote' } } } }
  /auth/token:
    post:
      security: []
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema: { type: object, required: [username, password], properties: { username: { type: string }, password: { type: string } } }
components:
  schemas:
    Base: { type: object, required: [folderId], properties: { folderId: { type: integer }, id: { type: string, readOnly: true } } }
    NewNote:
      allOf:
        - $ref: '#/components/schemas/Base'
        - type: object
          required: [title]
          properties:
            title: { anyOf: [{ type: 'null' }, { type: string, maxLength: 80 }] }
            status: { type: string, enum: [open, done] }
            email: { type: string, format: email }
`;
const two = JSON.stringify({
  swagger: '2.0',
  basePath: '/api',
  paths: {
    '/books': {
      post: {
        parameters: [
          { in: 'body', name: 'book', schema: { type: 'object', properties: { book_title: { type: 'string' } } } },
        ],
      },
    },
    '/books/{book_title}': { get: {} },
  },
});
const wishes = { today: '2026-03-01', known: {}, all: false, door: false };

describe('an OpenAPI document', () => {
  it('is read at the origin that was asked, with references, parts and alternatives joined', () => {
    const operations = operationsIn(three, 'http://127.0.0.1:9') ?? [];
    assert.deepEqual(
      operations.map(({ method, url, open, form }) => ({ method, url, open, form })),
      [
        { method: 'GET', url: 'http://127.0.0.1:9/v1/notes', open: false, form: false },
        { method: 'POST', url: 'http://127.0.0.1:9/v1/notes', open: false, form: false },
        { method: 'PUT', url: 'http://127.0.0.1:9/v1/notes/{note_id}', open: false, form: false },
        { method: 'POST', url: 'http://127.0.0.1:9/v1/auth/token', open: true, form: true },
      ],
    );
    const [collection] = collectionsIn(operations);
    assert.equal(collection?.list, 'http://127.0.0.1:9/v1/notes?per_page=50&page=1');
    assert.equal(collection.own, 'http://127.0.0.1:9/v1/notes/{id}');
    assert.equal(collection.id, 'note_id');
    assert.deepEqual(collection.without, ['delete']);
    assert.equal(doorsIn(operations).logIn?.url, 'http://127.0.0.1:9/v1/auth/token');
  });
  it('tells a list by the rows that it is said to answer, and what acts by its name', () => {
    const rows = {
      content: {
        'application/json': {
          schema: { properties: { users: { type: 'array', items: { properties: { name: {} } } } } },
        },
      },
    };
    const get = (responses: object, operationId: string): object => ({
      get: { operationId, responses: { 200: responses } },
    });
    const text = JSON.stringify({
      openapi: '3.0.1',
      paths: {
        '/_debug': get(rows, 'debug'),
        '/debug': get({}, 'debug'),
        '/overview': get(rows, 'all'),
        '/reset': get(rows, 'reset'),
      },
    });
    const operations = operationsIn(text, 'http://x.test') ?? [];
    assert.deepEqual(
      operations.filter((one) => isList(one, operations)).map(({ url }) => new URL(url).pathname),
      ['/_debug', '/overview'],
    );
  });
  it('gives bodies: the mark in what is most like a title, as little beside as will do, then everything', () => {
    const body = operationsIn(three, 'http://x.test')?.[1]?.body ?? {};
    const carrier = carrierIn(body);
    assert.deepEqual(carrier, { path: ['title'], carries: 'text' });
    const marked = { ...carrier, as: '{mark}' as const };
    assert.deepEqual(JSON.parse(bodyOf(body, marked, wishes)), { folderId: 3, title: '{mark}' });
    assert.deepEqual(JSON.parse(bodyOf(body, marked, { ...wishes, all: true, known: { folderId: 7 } })), {
      folderId: 7,
      title: '{mark}',
      status: 'open',
      email: '{alt}@example.com',
    });
  });
  it('of Swagger 2.0 is read too; what is called by its title has no other id', () => {
    const [collection] = collectionsIn(operationsIn(two, 'http://x.test') ?? []);
    assert.equal(collection?.own, 'http://x.test/api/books/{mark}');
    assert.equal(collection.id, undefined);
  });
  it('is none where the text is something else', () => {
    for (const text of ['<html></html>', '{"paths":{}}', 'a: [', '[]'])
      assert.equal(operationsIn(text, 'http://x.test'), undefined);
  });
  it('names a number where a record takes no text, without quotes', () => {
    const schema = { type: 'object', required: ['amount'], properties: { amount: { type: 'number' } } };
    const carrier = carrierIn(schema);
    assert.equal(carrier?.carries, 'number');
    assert.equal(bodyOf(schema, { ...carrier, as: '{mark}' }, wishes), '{"amount":{mark}}');
  });
});
