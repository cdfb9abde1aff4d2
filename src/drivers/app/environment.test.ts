import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { environmentOf, secretsOf, signingNames, withoutNames } from './environment.ts';

const dir = mkdtempSync(join(tmpdir(), 'environment-'));
after(() => rmSync(dir, { recursive: true, force: true }));
writeFileSync(join(dir, '.env'), 'PLUM_A=file\nPLUM_B=file\n');
writeFileSync(join(dir, '.env.local'), 'PLUM_B=local\n');
const given = (env: Record<string, string>) => ({ name: 'app', run: 'true', cwd: dir, env });

test('what is given wins over the files, and the local file over the common one', () => {
  const seen = environmentOf(given({ PLUM_A: 'given' }));
  assert.equal(seen['PLUM_A'], 'given');
  assert.equal(seen['PLUM_B'], 'local');
});

test('secrets are hidden by their name or their place in an address; what is short or malformed is left', () => {
  const secrets = secretsOf(
    given({
      SESSION_SECRET: 'long-enough-1',
      DATABASE_URL: 'postgres://app:pass-word-2@localhost/app',
      SHORT_URL: 'postgres://app:app@localhost/app',
      ODD_URL: 'postgres://app:a%zzlong-enough@localhost/app',
      PUBLIC_URL: 'http://localhost:3000',
    }),
  );
  for (const secret of ['long-enough-1', 'pass-word-2', 'a%zzlong-enough']) assert.ok(secrets.includes(secret), secret);
  for (const plain of ['app', 'http://localhost:3000']) assert.ok(!secrets.includes(plain), plain);
});

test('what an app signs with is known by its name, and what it shows to others is not that', () => {
  const own = [
    'SECRET_KEY',
    'JWT_SECRET',
    'SESSION_SECRET',
    'AUTH_SECRET',
    'SECRET_KEY_BASE',
    'APP_KEY',
    'NEXTAUTH_SECRET',
    'COOKIE_KEY',
  ];
  const others = [
    'STRIPE_SECRET_KEY',
    'GOOGLE_CLIENT_SECRET',
    'PORT',
    'API_KEYS',
    'AWS_SECRET_ACCESS_KEY',
    'JWT_EXPIRES_IN',
    'TOKEN_TTL',
    'APP_NAME',
  ];
  const known = signingNames(given(Object.fromEntries([...own, ...others].map((name) => [name, 'value']))));
  for (const name of own) assert.ok(known.includes(name), name);
  for (const name of others) assert.ok(!known.includes(name), name);
});

test('a variable is left out, and one that a file would bring back is empty', () => {
  const env = withoutNames({ PLUM_A: 'a', PLUM_C: 'c', PLUM_D: 'd' }, dir, ['PLUM_A', 'PLUM_C']);
  assert.deepEqual(env, { PLUM_D: 'd', PLUM_A: '' });
});
