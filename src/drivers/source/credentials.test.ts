import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { credentialsIn, credentialsInLog } from './credentials.ts';

const root = mkdtempSync(join(tmpdir(), 'credentials-'));
after(() => rmSync(root, { recursive: true, force: true }));

function found(files: Record<string, string>): string[] {
  const folder = mkdtempSync(join(root, 'app-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return credentialsIn(folder).map(({ user = '-', password, where }) => `${user} ${password} ${where}`);
}
const object = (name: string): string => `export const u = { username: '${name}', password: '${name}-pw1' };`;

describe('ways in that a source publishes', () => {
  it('README first, then documents, seeds, variables and other code', () =>
    assert.deepEqual(
      found({
        'server.js': object('server'),
        '.env.example': 'ADMIN_USER=env\nADMIN_PASSWORD=env-pw1\n',
        'db/seed.js': object('seed'),
        'docs/start.md': 'Login: doc@x.example / doc-pw1',
        'README.md': '# App\n\nLogin: ada / ada-pw1',
      }),
      [
        'ada ada-pw1 README.md:3',
        'doc@x.example doc-pw1 docs/start.md:1',
        'seed seed-pw1 db/seed.js:1',
        'env env-pw1 .env.example:2',
        'server server-pw1 server.js:1',
      ],
    ));

  it('each once, six at most, and what asks to be changed last', () => {
    const seeds = [1, 2, 3, 4, 5, 6, 7].map((n) => object(`seed${n}`)).join('\n');
    assert.deepEqual(
      found({ 'README.md': 'Login: admin / changeme', 'a/seed.ts': object('ada'), 'b/seed.ts': object('ada') }),
      ['ada ada-pw1 a/seed.ts:1', 'admin changeme README.md:1'],
    );
    assert.equal(found({ 'seed.ts': seeds }).length, 6);
  });

  it('of tests only where nothing else tells; never of what is installed or built', () => {
    const others = {
      'node_modules/m/seed.js': object('installed'),
      'dist/seed.js': object('built'),
      '.git/seed.js': object('git'),
      'package-lock.json': '{ "username": "lock", "password": "lock-pw1" }',
      'cypress/login.js': object('test'),
    };
    assert.deepEqual(found({ ...others, 'seed.js': object('seed') }), ['seed seed-pw1 seed.js:1']);
    assert.deepEqual(found(others), ['test test-pw1 cypress/login.js:1']);
  });

  it('a source full of the word is read in a moment, and a folder that is not there holds none', () => {
    const folder = mkdtempSync(join(root, 'large-'));
    for (let n = 0; n < 500; n++)
      writeFileSync(join(folder, `${n}.ts`), `const password = read('${n}');\n`.repeat(100));
    const began = process.cpuUsage();
    assert.deepEqual(credentialsIn(folder), []);
    // Of the processor, so that what else this machine does counts for nothing.
    assert.ok(process.cpuUsage(began).user < 3_000_000, 'in less than 3 s');
    assert.deepEqual(credentialsIn(join(root, 'nowhere')), []);
  });

  it('the log tells one, too', () =>
    assert.deepEqual(credentialsInLog([{ text: 'listening' }, { text: 'Admin password: x7fQ2' }]), [
      { user: 'admin', password: 'x7fQ2', where: 'its log' },
    ]));
});
