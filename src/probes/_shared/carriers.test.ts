import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Sent } from '../../model/browser.ts';
import type { Context, Session, WireRequest } from '../../model/context.ts';
import type { Facts } from '../../model/facts.ts';
import { candidates, carriersOf, ofUser, type Search, silence } from './carriers.ts';
import { type Carrier, instead, onlyBy } from './request-parts.ts';

const url = 'http://h/notes?page=1';
const headers = {
  host: 'h',
  accept: '*/*',
  cookie: 'theme=dark-or-light; sid=abcdefghijklmnop; csrf=zyxwvutsrqponm',
  authorization: 'Bearer qwertzuiopasdf',
};

/** What stands for the session on a server that answers the mark where `lets` says so. */
async function searched(lets: (request: WireRequest) => boolean): Promise<{ search: Search; hidden: string[] }> {
  const hidden: string[] = [];
  const mark = 'bemolako';
  let asked = 0;
  const session = {
    who: 'A',
    do: async () => ({ url: 'http://h/notes', evidence: 'e1' }),
    look: async () => ({ seen: 'yes', because: '', evidence: 'e2' }),
    window: {
      traffic: () => [{ method: 'GET', url, kind: 'document', status: 200, headers, body: '', answer: `<p>${mark}` }],
    },
  } as unknown as Session;
  const context = {
    actors: { account: {} },
    facts: {
      door: { kind: 'password' },
      entry: 'http://h/',
      record: { kind: 'kept', create: {}, places: [{ url, what: 'list' }] },
    },
    mark: () => mark,
    clock: { now: () => 0, sleep: async () => undefined },
    journal: { hide: (text: string) => hidden.push(text), note: () => 'e9' },
    wire: {
      send: async (request: WireRequest) => {
        asked++;
        return { status: 200, headers: {}, body: lets(request) ? `<p>${mark}` : 'Log in', evidence: `e${10 + asked}` };
      },
    },
  } as unknown as Context;
  return { search: await carriersOf(context, session), hidden };
}
const cookies = ({ headers = {} }: WireRequest): string => headers['cookie'] ?? '';
const carriers = (search: Search): string[] =>
  'found' in search ? search.found.carriers.map(({ kind, name }) => `${kind} ${name}`) : [];

it('the cookie without which nothing is told carries the session, and others do not', async () => {
  const { search, hidden } = await searched((request) => cookies(request).includes('sid=abcdefghijklmnop'));
  assert.deepEqual(carriers(search), ['cookie sid']);
  assert.ok(hidden.includes('abcdefghijklmnop') && hidden.includes('qwertzuiopasdf'));
});

it('two that are both needed carry it together', async () => {
  const { search } = await searched((r) => cookies(r).includes('sid=') && r.headers?.['authorization'] !== undefined);
  assert.deepEqual(carriers(search), ['cookie sid', 'header authorization']);
  assert.equal('found' in search && search.found.enough, false);
});

it('two of which each is enough carry it each', async () => {
  const { search } = await searched((r) => cookies(r).includes('sid=') || r.headers?.['authorization'] !== undefined);
  assert.deepEqual(carriers(search), ['cookie sid', 'header authorization']);
  assert.equal('found' in search && search.found.enough, true);
});

it('what answers whoever asks is open, and what does not answer by hand is not told', async () => {
  assert.ok('open' in (await searched(() => true)).search);
  const { search } = await searched(() => false);
  assert.match('lacking' in search ? search.lacking : '', /did not bring the record/);
});

it('what tells the user’s own names is tried first, then where one asks who one is, and pages last', () => {
  const read = (path: string, kind: string, answer: string) => ({
    method: 'GET',
    url: `http://h${path}`,
    kind,
    status: 200,
    answer,
  });
  const traffic = [
    read('/', 'document', '<p>'),
    read('/api/users/7', 'fetch', '{}'),
    read('/api/users/7', 'fetch', '{"mail":"ada@h.test"}'),
    read('/socket.io/?EIO=4&transport=polling', 'fetch', '0{}'),
    read('/api/me', 'fetch', '{}'),
    read('/api/prices', 'fetch', '[]'),
  ];
  const session = { window: { traffic: () => traffic } } as unknown as Session;
  const paths = candidates(session, ['ada@h.test', '']).map(({ url }) => new URL(url).pathname);
  assert.deepEqual(paths, ['/api/users/7', '/api/me', '/api/prices', '/']);
});

it('nothing says who asks where no request holds what might', () => {
  const door = (kind: 'name' | 'password') => ({ door: { kind } }) as unknown as Facts;
  const bare = { url: 'http://h/', headers: { accept: '*/*', host: 'h' }, body: '', answer: '<p>' } as unknown as Sent;
  const frame = { ...bare, url: 'ws://h/', socket: true } as unknown as Sent;
  assert.match(silence(door('password'), [bare]) ?? '', /none of the 1 requests/);
  assert.match(silence(door('name'), [bare, frame]) ?? '', /none of the 2 requests/);
  assert.equal(silence(door('password'), [bare, frame]), undefined);
  const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.x';
  for (const more of [{ headers }, { url: `http://h/?q=${token}` }, { answer: `{"token":"${token}"}` }])
    assert.equal(silence(door('name'), [bare, { ...bare, ...more } as Sent]), undefined);
});

it('leaves out what does not carry, and the key that scripts name is nobody’s own', () => {
  const read = { method: 'GET', url, headers: { ...headers, 'x-refresh': 'yxcvbnm' } };
  const bare = onlyBy(read, [{ kind: 'cookie', name: 'sid', value: '' }]);
  assert.deepEqual(bare.headers, { host: 'h', accept: '*/*', cookie: 'sid=abcdefghijklmnop' });
  const signed = (payload: object) =>
    `eyJhbGciOiJIUzI1NiJ9.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.x`;
  const [anon, named, own] = [signed({ role: 'anon' }), signed({ app: 1 }), signed({ sub: '1' })];
  const session = { window: { traffic: () => [{ kind: 'script', answer: `key="${named}"` }] } } as unknown as Session;
  const all = [anon, named, own, 'opaque'].map((value): Carrier => ({ kind: 'header', name: 'authorization', value }));
  assert.deepEqual(
    ofUser({ carriers: all, session }).map(({ value }) => value),
    [own, 'opaque'],
  );
});

it('puts another value in its place alone', () => {
  const request = { method: 'GET', url, headers };
  const sid = { kind: 'cookie', name: 'sid', value: '' } as const;
  assert.equal(cookies(instead(request, sid, 'new')), 'theme=dark-or-light; sid=new; csrf=zyxwvutsrqponm');
  assert.equal(cookies(instead(request, sid, undefined)), 'theme=dark-or-light; csrf=zyxwvutsrqponm');
  assert.equal(instead(request, { kind: 'query', name: 'page', value: '' }, '2').url, 'http://h/notes?page=2');
});
