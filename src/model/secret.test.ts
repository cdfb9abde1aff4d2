import assert from 'node:assert/strict';
import { it } from 'node:test';
import { holdsSecret, withoutValues } from './secret.ts';

it('takes the variables before a command away, but for what all may read', () => {
  for (const [command, run, env] of [
    ['SECRET_KEY=hunter2 npm start', 'npm start', ['SECRET_KEY']],
    ['PORT=4100 NODE_ENV=production npm start', 'PORT=4100 NODE_ENV=production npm start', []],
    [`env NAME="two words" PORT=3 B='z' npm start`, 'env PORT=3 npm start', ['NAME', 'B']],
    ['PIN=1234 npm start', 'npm start', ['PIN']],
    ['TOKEN=$(cat token) npm start', 'TOKEN=$(cat token) npm start', []],
  ] as const)
    assert.deepEqual(withoutValues(command), { run, env }, command);
});

it('knows a secret in the midst of a command, and no secret by a name alone', () => {
  for (const command of [
    'cd app && DB_PASS=a npm start',
    'npm start --token abc',
    'node server.js --db postgres://me:word@host/app',
    'docker run -e SECRET=x image',
  ])
    assert.ok(holdsSecret(command), command);
  for (const command of [
    'keycloak start',
    'npm run auth server',
    'node server.js --key-file a.pem',
    'TOKEN=$T npm start',
  ])
    assert.ok(!holdsSecret(command), command);
});
