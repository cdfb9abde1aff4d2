import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildSchema, parse, validate } from 'graphql';
import { postOf } from '../../model/graphql.ts';
import { bodyOf } from './fill.ts';
import { apiOf } from './graphql.ts';

const of = (text: string) => {
  const schema = buildSchema(text);
  const api = apiOf(schema, 'http://a.test/graphql');
  const [first] = api.collections;
  const texts = [first?.create, first?.remove, ...(first?.edits ?? []), api.doors.signUp, api.doors.logIn]
    .flatMap((one) => one?.document ?? [])
    .concat([...(first?.lists ?? []), ...(first?.own ? [first.own] : [])].map(queryAt));
  for (const one of texts) assert.deepEqual(validate(schema, parse(one)), [], one);
  return { api, first };
};
const queryAt = (address: string): string =>
  (JSON.parse(postOf(address)?.body ?? '{}') as { query?: string }).query ?? '';
const wishes = { today: '2026-03-01', known: {}, all: false, door: false };

describe('a GraphQL schema', () => {
  it('with inputs, payloads and edges', () => {
    const { api, first } = of(`
      type Query { me: User, notes(first: Int!, after: String): Notes!, note(id: ID!): Note, search(text: String!): [Note!]! }
      type Mutation {
        register(input: Credentials!): Entered
        login(input: Credentials!): Entered
        resetNotes: Boolean
        deleteAllNotes: Int
        createNote(input: NewNote!): Made
        updateNote(id: ID!, input: NoteChange!): Made
        deleteNote(id: ID!): Boolean
      }
      type Entered { accessToken: String!, user: User! }
      type Made { note: Note, userErrors: [Problem!]! }
      type Problem { message: String! }
      type User { id: ID!, email: String!, passwordHash: String, notes: [Note!]! }
      type Note { id: ID!, title: String!, history(since: String!): [String!]!, author: User!, apiKey: String }
      type Notes { edges: [Edge!]!, pageInfo: PageInfo!, totalCount: Int! }
      type Edge { node: Note! }
      type PageInfo { hasNextPage: Boolean!, endCursor: String }
      input Credentials { email: String!, password: String! }
      input NewNote { title: String!, tags: [String!], parent: NewNote }
      input NoteChange { title: String, done: Boolean }
    `);
    assert.deepEqual(first?.carrier, { path: ['input', 'title'], carries: 'text' });
    assert.equal(
      queryAt(first?.list ?? ''),
      'query Sounding($first: Int!, $after: String) { notes(first: $first, after: $after) { edges { node { id title author { id email } } } pageInfo { hasNextPage endCursor } totalCount } }',
    );
    assert.match(first?.own ?? '', /variables=.*%22\{id\}%22/);
    assert.deepEqual(first?.without, []);
    assert.deepEqual(
      [first?.remove?.says, ...(first?.edits ?? []).map(({ says }) => says)],
      ['mutation deleteNote', 'mutation updateNote'],
    );
    assert.equal(api.doors.signUp?.says, 'mutation register');
    assert.match(api.doors.logIn?.document ?? '', /login\(input: \$input\) \{ accessToken user \{ id email \} \}/);
    const marked = { path: ['input', 'title'], carries: 'text', as: '{mark}' } as const;
    assert.equal(bodyOf(first?.create.body ?? {}, marked, wishes), '{"input":{"title":"{mark}"}}');
  });
  it('with bare arguments and lists, a token that is a text, and nothing to edit by', () => {
    const { api, first } = of(`
      type Query { todos(limit: Int, offset: Int): [Todo!]!, users: [User!]! }
      type Mutation {
        signUp(username: String!, password: String!): String!
        signIn(username: String!, password: String!): String!
        addTodo(text: String!, kind: Kind!, owner: ID!): Todo!
        removeTodo(todoId: Int!): Todo
        renameUser(id: ID!, name: String!): User
      }
      type User { id: ID!, name: String! }
      type Todo { todoId: Int!, text: String!, kind: Kind!, owner: User! }
      enum Kind { HOME WORK }
    `);
    assert.deepEqual(first?.carrier.path, ['text']);
    assert.equal(first.id, 'todoId');
    assert.equal(first.create.refs?.['owner'], 'user');
    assert.deepEqual(first.without, ['edit']);
    assert.deepEqual(first.remove?.item, ['todoId']);
    assert.match(api.doors.logIn?.document ?? '', /\{ token: signIn\(/);
    assert.match(decodeURIComponent(first.list ?? ''), /"limit":100,"offset":0/);
    assert.equal(first.lists?.length, 3);
  });
  it('whose items are named by a key object, as by Prisma', () => {
    const { first } = of(`
      type Query { posts: [Post!]! }
      type Mutation {
        createPost(data: PostData!): Post!
        updatePost(where: Key!, data: PostData!): Post!
        deletePost(where: Key!): Post
        deleteManyPosts(where: Key): Int
      }
      type Post { id: ID!, title: String! }
      input PostData { title: String! }
      input Key { id: ID, slug: String }
    `);
    assert.deepEqual(first?.remove?.item, ['where', 'id']);
    assert.deepEqual(first.remove.body?.required, ['where']);
    assert.deepEqual(
      first.edits.map(({ says }) => says),
      ['mutation updatePost'],
    );
  });
  it('offers no record where what it makes is an account, or shown by no list', () => {
    const { api } = of(`
      type Query { users: [User!]!, note(id: ID!): Note }
      type Mutation { createUser(name: String!): User!, createNote(text: String!): Note!, sendMessage(text: String!): Note! }
      type User { id: ID!, name: String! }
      type Note { id: ID!, text: String! }
    `);
    assert.deepEqual(api.collections, []);
  });
});
