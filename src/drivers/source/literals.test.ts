import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { literalsIn } from './literals.ts';

const dir = mkdtempSync(join(tmpdir(), 'literals-'));
after(() => rmSync(dir, { recursive: true, force: true }));
const file = (path: string, text: string): void => {
  mkdirSync(join(dir, path, '..'), { recursive: true });
  writeFileSync(join(dir, path), text);
};
file('server/index.js', "import x from 'express';\n\nconst SECRET = process.env.JWT_SECRET || 'in-the-code';\n");
file('settings.py', 'TITLE = "a title"\nSECRET_KEY = os.environ.get("SECRET_KEY", "in-python")\n');
file('.env', 'JWT_SECRET=of-this-machine\n');
file('.env.example', 'JWT_SECRET=of-the-example # change it\n');
file('compose.yml', 'environment:\n  - JWT_SECRET=in-the-compose-file\n');
file('application.yml', 'jwt:\n  secret: ${JWT_SECRET:in-the-settings}\n');
file('app/local_settings.py', 'SECRET_KEY = "of-this-machine-too"\n');
file('test/server.test.js', "process.env.JWT_SECRET = 'of-a-test';\n");

test('texts of code, examples and compose files, with their places, and those beside a secret first', () => {
  const found = literalsIn(dir);
  const where = (text: string): string | undefined => found.find((one) => one.text === text)?.where;
  assert.equal(where('in-the-code'), 'server/index.js:3');
  assert.equal(where('in-python'), 'settings.py:2');
  assert.equal(where('of-the-example'), '.env.example:1');
  assert.equal(where('in-the-compose-file'), 'compose.yml:2');
  assert.equal(where('in-the-settings'), 'application.yml:2');
  const order = found.map(({ text }) => text);
  assert.ok(order.indexOf('in-python') < order.indexOf('a title'));
  assert.ok(order.indexOf('in-the-code') < order.indexOf('express'));
});

test('neither what this machine runs on nor what a test sets is a text of the source', () => {
  for (const text of ['of-this-machine', 'of-a-test'])
    assert.ok(!literalsIn(dir).some((one) => one.text.includes(text)), text);
});
