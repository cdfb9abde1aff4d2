import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { configJsonSchema } from './json-schema.ts';
import { checkConfig, loadConfig } from './load.ts';
import { merge } from './merge.ts';
import { claimsNamed, selectClaims } from './select.ts';
import { parseBackend, parseBudget, parseHeaders, parseIntent, parseLogin, parseUrl } from './values.ts';

const inFolder = async (
  files: Readonly<Record<string, string>>,
  work: (folder: string) => Promise<void>,
): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'plummet-config-'));
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
};

test('a TypeScript config runs where plummet is not installed, with recipes as code', () =>
  inFolder(
    {
      'plummet.config.ts':
        "import { defineConfig } from 'plummet';\nconst budget: string = '90s';\nexport default defineConfig({ budget, recipes: { async create(page, { mark }) { await page.goto(mark ?? ''); } } });",
    },
    async (folder) => {
      const { config, file } = await loadConfig(folder);
      assert.equal(config.budget, '90s');
      assert.equal(typeof config.recipes?.create, 'function');
      assert.equal(file, join(folder, 'plummet.config.ts'));
    },
  ));

test('JavaScript and JSON do too; a changed config is read anew; none is an empty one', async () => {
  await inFolder({ 'plummet.config.js': "export default { intent: { storage: 'local' } };" }, async (folder) => {
    assert.equal((await loadConfig(folder)).config.intent?.storage, 'local');
    await new Promise((resolve) => setTimeout(resolve, 20));
    await writeFile(join(folder, 'plummet.config.js'), "export default { intent: { storage: 'server' } };");
    assert.equal((await loadConfig(folder)).config.intent?.storage, 'server');
  });
  await inFolder({ 'plummet.config.json': '{"target": "localhost:3000"}' }, async (folder) =>
    assert.equal((await loadConfig(folder)).config.target, 'localhost:3000'),
  );
  await inFolder({}, async (folder) => assert.deepEqual(await loadConfig(folder), { config: {} }));
});

test('a config that throws or exports nothing is told with its file', async () => {
  await inFolder({ 'plummet.config.ts': "throw new Error('no such thing');" }, (folder) =>
    assert.rejects(loadConfig(folder), /plummet\.config\.ts could not be read: no such thing/),
  );
  await inFolder({ 'plummet.config.ts': 'export const a = 1;' }, (folder) =>
    assert.rejects(loadConfig(folder), /no default export/),
  );
  await inFolder({ 'plummet.config.json': '{' }, (folder) =>
    assert.rejects(loadConfig(folder), /plummet\.config\.json could not be read/),
  );
});

const nothing = async (): Promise<void> => undefined;
const wrong: [object, RegExp][] = [
  [{ bugdet: '90s' }, /bugdet: there is no such setting\. Did you mean budget\?/],
  [{ intent: { store: 'server' } }, /intent\.store: there is no such setting\. Did you mean storage\?/],
  [
    { waivers: [{ claim: 'a', reason: 'b', untill: '2030-01-01' }] },
    /waivers\.0\.untill: there is no such setting\. Did you mean until\?/,
  ],
  [{ intent: { storage: 'cloud' } }, /intent\.storage: .*server/],
  [{ budget: '90' }, /budget: write it as 90s or 2m/],
  [{ login: 'nobody' }, /login: write it as user:password/],
  [{ header: ['x: a\r\ny: b'] }, /header\.0: write it as/],
  [{ recipes: { create: 'click' } }, /recipes\.create: give a function/],
  [{ waivers: [{ claim: 'a', reason: 'b', until: '2030-01-01' }] }, /waivers\.0\.who: /],
  [
    { criteria: { 'it is there': { after: ['restert'], look: nothing } } },
    /criteria\.it is there\.after\.0: .*restart/,
  ],
  [{ criteria: { 'it is there': { write: nothing } } }, /criteria\.it is there\.look: give a function/],
  [{ criteria: { 'it is there': { see: nothing, look: nothing } } }, /it is there\.see: there is no such setting/],
  [{ criteria: { 'a/b': nothing } }, /criteria\.a\/b: a name is a sentence/],
  [{ criteria: { 'records are private': nothing } }, /that name means something else in accept/],
];
for (const [config, expected] of wrong)
  test(`a wrong config: ${JSON.stringify(config)}`, () => assert.throws(() => checkConfig(config, 'c.ts'), expected));

test('the JSON schema that is shipped is up to date', async () => {
  const shipped: unknown = JSON.parse(
    await readFile(new URL('../../schema/plummet.config.schema.json', import.meta.url), 'utf8'),
  );
  assert.deepEqual(shipped, JSON.parse(configJsonSchema()), 'run: node scripts/schema.ts');
});

test('values as people type them', () => {
  assert.deepEqual(['90s', '2m', '1.5h', '9000ms'].map(parseBudget), [90_000, 120_000, 5_400_000, 9_000]);
  for (const bad of ['90', 's', '1d', '-3s', '1s']) assert.throws(() => parseBudget(bad), /budget/i);
  assert.deepEqual(parseLogin('ada@x.org:a:b'), { user: 'ada@x.org', password: 'a:b' });
  assert.throws(
    () => parseLogin('hunter2', '--login2'),
    (error: Error) => /--login2 wants user:password/.test(error.message) && !error.message.includes('hunter2'),
  );
  assert.deepEqual(parseHeaders(['Authorization: Bearer x:y', 'X-A:1']), { Authorization: 'Bearer x:y', 'X-A': '1' });
  assert.throws(() => parseHeaders(['a: b\nc: d']), /on one line/);
  assert.deepEqual(parseIntent('storage=local, login=open'), { storage: 'local', login: 'open' });
  assert.throws(() => parseIntent('storage=locl'), /Did you mean local\?/);
  assert.throws(() => parseIntent('recrods=shared'), /Did you mean records\?/);
  assert.throws(() => parseIntent('constructor=x'), /knows storage/);
  assert.deepEqual(['localhost:3000', 'https://a.test/x?y', '127.0.0.1'].map(parseUrl), [
    'http://localhost:3000/',
    'https://a.test/x?y',
    'http://127.0.0.1/',
  ]);
  for (const bad of ['ftp://a', 'javascript:alert(1)', 'http://', 'a b'])
    assert.throws(() => parseUrl(bad), /not an address/);
  assert.throws(
    () => parseUrl('http://u:p@localhost'),
    (error: Error) => !error.message.includes('u:p'),
  );
  assert.deepEqual(['localhost:54321', 'https://api.test', '[::1]:80'].map(parseBackend), [
    'localhost:54321',
    'api.test:443',
    '[::1]:80',
  ]);
  assert.throws(() => parseBackend('localhost/api'), /host:port/);
});

test('sections, ids, names and globs name claims; what names none is told with its nearest', () => {
  assert.ok(claimsNamed(['persistence'], '--only').length > 10);
  assert.deepEqual(claimsNamed(['edits-persist', 'persistence/moves-*'], '--only'), [
    'persistence/edits-persist',
    'persistence/moves-persist',
  ]);
  assert.throws(
    () => claimsNamed(['persistance'], '--only'),
    /--only: no claim is called "persistance"\. Did you mean persistence\?/,
  );
  assert.throws(() => claimsNamed(['nope/*'], '--skip'), /--skip: no claim/);
  const probed = ['persistence/edits-persist', 'persistence/moves-persist'];
  assert.deepEqual(selectClaims(probed, [], []), probed);
  assert.deepEqual(selectClaims(probed, ['persistence'], ['*/moves-*']), ['persistence/edits-persist']);
  const own = ['criteria/an invoice is there', 'criteria/it adds up'];
  assert.deepEqual(selectClaims(probed, [], ['it adds up'], own), [...probed, own[0]]);
  assert.deepEqual(selectClaims(probed, ['criteria'], [], own), own);
  assert.throws(() => selectClaims(probed, ['secrets'], []), /asks nothing of secrets\//);
  assert.throws(() => selectClaims(probed, ['edits-persist'], ['persistence']), /leave nothing/);
});

test('flags win over the config, in intent answer by answer', () => {
  const config = checkConfig(
    {
      target: 'localhost:1',
      intent: { storage: 'local', login: 'open' },
      login: { user: 'a', password: 'b' },
      budget: '20s',
      permit: 'reads',
      only: ['secrets'],
      header: ['a: 1'],
    },
    'c',
  );
  const plain = merge(config, {}, 'audit');
  assert.deepEqual(
    [plain.url, plain.budget, plain.permit, plain.only, plain.login, plain.headers],
    ['http://localhost:1/', 20_000, 'reads', ['secrets'], { user: 'a', password: 'b' }, { a: '1' }],
  );
  const flagged = merge(
    config,
    {
      intent: 'storage=server',
      login: 'c:d',
      budget: '1m',
      permit: 'attacks',
      only: ['persistence,fail-loud/{a,b}'],
      header: ['b: 2'],
      seed: '7',
      headed: true,
      slow: '50',
    },
    'reload',
    'localhost:2',
  );
  assert.deepEqual(flagged.intent, { storage: 'server', login: 'open' });
  assert.deepEqual(
    [flagged.url, flagged.budget, flagged.permit, flagged.only, flagged.login?.user, flagged.headers, flagged.seed],
    ['http://localhost:2/', 60_000, 'attacks', ['persistence', 'fail-loud/{a,b}'], 'c', { b: '2' }, 7],
  );
  assert.deepEqual(flagged.browser, { headed: true, slow: 50 });
  const meant = merge({ target: 'localhost', accept: ['Records are private', 'floor'] }, {}, 'audit');
  assert.deepEqual(meant.intent, { records: 'private' }, 'what is accepted is meant');
  assert.throws(() => merge({}, {}, 'audit'), /Which app\?/);
  assert.throws(
    () => merge({}, { permit: 'all' }, 'audit', 'localhost'),
    /--permit is one of reads, writes, attacks or disrupts/,
  );
  assert.throws(() => merge({}, { seed: '-1' }, 'audit', 'localhost'), /--seed wants/);
});
