import assert from 'node:assert/strict';
import { it } from 'node:test';
import { hostedIn, keptFrom } from './hosted.ts';

const away = 'not allowed (a host other than the target)';
const named = (url: string, error: string | undefined = away): string | undefined =>
  hostedIn([{ url, ...(error === undefined ? {} : { error }) }])?.name;

it('a hosted backend is told by its host', () => {
  for (const [url, name] of [
    ['https://abcdefghijklmnopqrst.supabase.co/', 'Supabase'],
    ['https://firestore.googleapis.com/', 'Firebase'],
    ['https://identitytoolkit.googleapis.com/', 'Firebase'],
    ['https://notes-default-rtdb.europe-west1.firebasedatabase.app/', 'Firebase'],
    ['https://fra.cloud.appwrite.io/', 'Appwrite'],
    ['https://notes.pockethost.io/', 'PocketBase'],
    ['https://happy-otter-123.convex.cloud/', 'Convex'],
    ['https://cognito-idp.eu-west-1.amazonaws.com/', 'Cognito'],
    ['https://api.airtable.com/', 'Airtable'],
  ] as const)
    assert.equal(named(url), name, url);
});

it('or by paths that only it has, where it runs at another port', () => {
  const kept = 'not allowed (give --backend host:port)';
  assert.equal(named('http://127.0.0.1:54321/auth/v1/signup', kept), 'Supabase');
  assert.equal(
    named('http://127.0.0.1:9099/identitytoolkit.googleapis.com/v1/accounts:signUp?key=a', kept),
    'Firebase',
  );
  assert.equal(named('http://127.0.0.1:8080/v1/projects/p/databases/(default)/documents:commit', kept), 'Firebase');
  assert.equal(named('http://127.0.0.1:8090/api/collections/notes/records', kept), 'PocketBase');
});

it('what is only like one, or was let pass, is none', () => {
  assert.equal(named('https://fonts.googleapis.com/'), undefined);
  assert.equal(named('https://firebaseinstallations.googleapis.com/'), undefined);
  assert.equal(named('https://supabase.co.example.com/'), undefined);
  assert.equal(named('http://localhost:4000/rest/v1/notes', 'not allowed (give --backend host:port)'), undefined);
  assert.equal(named('http://127.0.0.1:54321/auth/v1/signup', 'ECONNREFUSED'), undefined);
  assert.equal(hostedIn([{ url: 'http://127.0.0.1:54321/auth/v1/signup' }]), undefined);
});

it('says which, and what to give', () => {
  assert.equal(keptFrom({}), undefined);
  const far = keptFrom({ hosted: { name: 'Airtable', host: 'api.airtable.com' } });
  assert.match(far?.because ?? '', /works with api\.airtable\.com \(Airtable\), a backend on the public network/);
  assert.match(far?.wants ?? '', /a backend on this machine in its place/);
  const hosted = hostedIn([{ url: 'https://abc.supabase.co/', error: away }]);
  assert.match(keptFrom(hosted ? { hosted } : {})?.wants ?? '', /supabase start, then --backend 127\.0\.0\.1:54321/);
  const near = keptFrom({ keptBack: ['localhost:54321'], hosted: { name: 'Supabase', host: 'localhost:54321' } });
  assert.match(near?.because ?? '', /localhost:54321 \(by its paths: Supabase\)/);
  assert.match(near?.wants ?? '', /^--backend localhost:54321/);
});
