/** Tests that are kept: a suite written from a run of a broken app fails there for each finding, and passes where that is mended, in a fresh folder without Plummet. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { RunningFixture } from '../fixtures/contract.ts';
import { probedClaims } from '../src/audit.ts';
import { main } from '../src/cli/program.ts';
import { findBrowser } from '../src/drivers/browser/find.ts';
import type { Run } from '../src/model/run.ts';
import { audited } from './audited.ts';
import { run as golden } from './goldens.ts';
import { freePort } from './servers.ts';

const root = join(import.meta.dirname, '..');
const modules = join(dirname(fileURLToPath(import.meta.resolve('@playwright/test'))), '../..');
const dir = mkdtempSync(join(tmpdir(), 'plummet-gates-'));
after(() => rmSync(dir, { recursive: true, force: true }));
// Root's browser is somebody else's, and must come through.
chmodSync(dir, 0o711);

/** The command, as somebody types it in a folder. */
async function plummet(cwd: string, ...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const to = (key: 'out' | 'err') => ({
    tty: false,
    columns: 80,
    write(text: string) {
      said[key] += text;
    },
  });
  const code = await main(words, {
    cwd,
    out: to('out'),
    err: to('err'),
    alone: () => new PassThrough(),
    env: {},
    now: () => new Date('2026-11-25T20:03:11Z'),
    parts: () => Promise.reject(new Error('no app is looked at')),
    interrupts: () => () => undefined,
    kill: () => undefined,
  });
  return { code, ...said };
}

/** The suite of a run in a folder that holds it and what Playwright Test is, and nothing else. */
async function suiteOf(run: Run, name: string): Promise<string> {
  const cwd = join(dir, name);
  mkdirSync(join(cwd, '.plummet/run'), { recursive: true });
  writeFileSync(join(cwd, '.plummet/run/run.json'), JSON.stringify(run));
  const { code, err } = await plummet(cwd, 'gates', 'run');
  assert.equal(code, 0, err);
  rmSync(join(cwd, '.plummet'), { recursive: true });
  mkdirSync(join(cwd, 'node_modules'));
  for (const one of ['@playwright', 'playwright', 'playwright-core'])
    symlinkSync(join(modules, one), join(cwd, 'node_modules', one));
  return join(cwd, 'e2e/plummet');
}

/** Title of each test → 'passed', or the first line of what it failed with. */
type Outcomes = Readonly<Record<string, string>>;

async function said(words: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Promise<string> {
  const { NODE_TEST_CONTEXT: _, ...own } = process.env;
  const child = spawn(process.execPath, words, {
    cwd,
    env: { ...own, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (part: Buffer) => (out += part.toString()));
  await new Promise((resolve) => child.once('close', resolve));
  return out;
}

interface Report {
  readonly suites?: readonly Report[];
  readonly specs?: readonly {
    readonly title: string;
    readonly tests: readonly {
      readonly results: readonly {
        readonly status: string;
        readonly errors: readonly { readonly message: string }[];
      }[];
    }[];
  }[];
  readonly errors?: readonly { readonly message: string }[];
}

async function played(suite: string, env: Readonly<Record<string, string>>, config = ''): Promise<Outcomes> {
  const browser = await findBrowser();
  const cli = join(suite, '../../node_modules/@playwright/test/cli.js');
  const out = await said(
    [cli, 'test', '--config', join(suite, config), '--workers', '2', '--reporter', 'json'],
    join(suite, '../..'),
    {
      ...browser.env,
      PLAYWRIGHT_CHROMIUM_PATH: browser.path,
      ...env,
    },
  );
  const report = JSON.parse(out) as Report;
  assert.deepEqual(report.errors, []);
  const specs = (one: Report): NonNullable<Report['specs']> => [
    ...(one.specs ?? []),
    ...(one.suites ?? []).flatMap(specs),
  ];
  return Object.fromEntries(
    specs(report).map(({ title, tests }) => {
      const result = tests[0]?.results[0];
      return [
        title,
        result?.status === 'passed' ? 'passed' : (result?.errors[0]?.message.split('\n')[0] ?? 'no error'),
      ];
    }),
  );
}

async function tested(file: string, env: Readonly<Record<string, string>>): Promise<Outcomes> {
  const out = await said(['--test', '--test-reporter', 'tap', file], dirname(file), env);
  return Object.fromEntries(
    out
      .split('# Subtest: ')
      .slice(1)
      .map((part) => {
        const [title = ''] = part.split('\n');
        return [title, /^ok /m.test(part) ? 'passed' : (/^ {2}error: (.*)$/m.exec(part)?.[1] ?? 'no error')];
      }),
  );
}

/** Those that did not pass fail for these reasons; all others pass. */
function failsWith(outcomes: Outcomes, reasons: Readonly<Record<string, RegExp>>): void {
  assert.ok(Object.keys(outcomes).length > 0);
  for (const [title, outcome] of Object.entries(outcomes)) assert.match(outcome, reasons[title] ?? /^passed$/, title);
  for (const title of Object.keys(reasons)) assert.ok(title in outcomes, title);
}

async function during<T>(app: RunningFixture, then: (url: string) => Promise<T>): Promise<T> {
  try {
    return await then(app.url);
  } finally {
    await app.close();
  }
}
const fixture = async (name: string, defect?: string): Promise<RunningFixture> =>
  (await import(join(root, name, 'fixture.ts'))).default.start(defect);

describe('a suite fails for each finding, and passes once it is mended', { concurrency: 2 }, () => {
  it('the board that keeps nothing, and its twin', async () => {
    // What is not there is waited for by each test.
    const hasty = { E2E_TIMEOUT: '2000' };
    const account = { E2E_USER: 'ada@harbor.example', E2E_PASSWORD: 'a-word-for-tests' };
    const suite = await during(await fixture('examples/onboarding-board'), async (url) => {
      const run = await audited(url, probedClaims('reload'));
      const made = await suiteOf(run, 'board');
      failsWith(await played(made, { BASE_URL: url, ...hasty, ...account }), {
        'a record is still there after a reload': /“[a-z]{9}” is there after a reload/,
        'a record is still there in a new tab': /“[a-z]{9}” is there in a new tab/,
        'a record is there in a fresh browser, for the same account': /“[a-z]{9}” is there in a fresh browser/,
        'a write leaves the browser for a server': /a request carries “[a-z]{9}” to a server/,
        'what the server answers holds what was written': /an answer of the server holds “[a-z]{9}”/,
        'with the backend away, the page does not go on as if it saved': /the page says “Saved” \(refused\)/,
      });
      return made;
    });
    await during(await fixture('examples/onboarding-board-sound'), async (url) => {
      await fetch(`${url}/api/signup`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'Ada', email: account.E2E_USER, password: account.E2E_PASSWORD }),
      });
      const outcomes = await played(suite, { BASE_URL: url, ...account });
      assert.equal(Object.keys(outcomes).length, 6);
      failsWith(outcomes, {});
    });
  });

  it('pages that the server draws, behind a sign-up', async () => {
    const claims = ['persistence/edits-persist', 'persistence/deletions-persist'];
    const edit = {
      'an edit is what a fresh browser shows': /“[a-z]{9}” is there in a fresh browser, once it is edited/,
    };
    const suite = await during(await fixture('fixtures/server-rendered', 'forgets-edits'), async (url) => {
      const made = await suiteOf(await audited(url, claims), 'server-rendered');
      failsWith(await played(made, { BASE_URL: url }), edit);
      return made;
    });
    await during(await fixture('fixtures/server-rendered'), async (url) =>
      failsWith(await played(suite, { BASE_URL: url }), {}),
    );
  });

  it('an API without pages', async () => {
    const claims = ['records-reach-other-browsers', 'edits-persist', 'deletions-persist', 'accounts-survive'].map(
      (one) => `persistence/${one}`,
    );
    const file = await during(await fixture('fixtures/api-orders', 'change-not-stored'), async (url) => {
      const made = join(await suiteOf(await audited(url, claims), 'api'), 'kept.test.mjs');
      failsWith(await tested(made, { BASE_URL: url }), {
        'a change is what a client that logs in anew reads': /“[a-z]{9}” is there once it is changed/,
      });
      return made;
    });
    await during(await fixture('fixtures/api-orders'), async (url) => {
      const outcomes = await tested(file, { BASE_URL: url });
      assert.equal(Object.keys(outcomes).length, 4);
      failsWith(outcomes, {});
    });
  });

  it('an app that is stopped and started by the suite itself', async () => {
    const folder = join(dir, 'in-hand');
    cpSync(join(root, 'fixtures/in-hand'), folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    const port = await freePort();
    const env = (data: string, fault?: string): Record<string, string> => ({
      PORT: `${port}`,
      DATA: join(dir, data),
      PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH']}`,
      ...(fault ? { FAULT: fault } : {}),
    });
    const start = [{ name: 'app', run: 'exec node server.ts', cwd: folder, env: env('audit.sqlite', 'hides-deleted') }];
    const run = await audited(
      `http://127.0.0.1:${port}/`,
      ['persistence/records-survive-a-restart', 'persistence/deletions-persist'],
      {
        permit: 'disrupts',
        start,
      },
    );
    const suite = await suiteOf(run, 'restarts');
    // The other test of it passes: the app is started anew, and holds what it kept.
    failsWith(await played(suite, env('broken.sqlite', 'hides-deleted'), 'restart.config.mjs'), {
      'a deleted record stays away after the app was stopped and started':
        /“[a-z]{9}” is not there after a restart, since it was deleted/,
    });
  });

  it('a save that a service worker sends: the fault meets it, too', async () => {
    const suite = await suiteOf(workersRun, 'worker');
    const title = 'with the backend away, the page does not go on as if it saved';
    for (const [says, outcome] of [
      ['always', /“Saved” \(refused\)/],
      ['if sent', /^passed$/],
    ] as const) {
      const app = await notesByWorker(says);
      failsWith(await played(suite, { BASE_URL: app.url, E2E_TIMEOUT: '2000' }).finally(app.close), {
        [title]: outcome,
      });
    }
  });
});

/** Notes that a service worker sends; the page says “Saved” always, or where they were taken. */
async function notesByWorker(says: 'always' | 'if sent'): Promise<{ url: string; close(): void }> {
  const notes: string[] = [];
  const worker = `addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('fetch', (event) => event.respondWith(fetch(event.request)));`;
  const page = `<!doctype html><form><input name="note" aria-label="Note"><button disabled>Add</button></form><p></p><ul></ul><script>
const [form, says, list] = ['form', 'p', 'ul'].map((one) => document.querySelector(one));
const show = async () => list.replaceChildren(...(await (await fetch('/notes')).json()).map((text) => Object.assign(document.createElement('li'), { textContent: text })));
form.onsubmit = async (event) => {
  event.preventDefault();
  const sent = await fetch('/notes', { method: 'POST', body: form.note.value }).then(({ ok }) => ok, () => false);
  says.textContent = sent || ${says === 'always'} ? 'Saved' : 'Error: the note could not be saved';
  if (sent) await show();
};
const controlled = () => navigator.serviceWorker.controller && (form.querySelector('button').disabled = false);
navigator.serviceWorker.oncontrollerchange = controlled;
navigator.serviceWorker.register('/worker.js').then(controlled);
show();
</script>`;
  const server = createServer(async (request, response) => {
    const { url } = request;
    if (request.method === 'POST') notes.push(await text(request));
    const type = url === '/worker.js' ? 'text/javascript' : url === '/notes' ? 'application/json' : 'text/html';
    response.setHeader('content-type', type);
    response.end(url === '/worker.js' ? worker : url === '/notes' ? JSON.stringify(notes) : page);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** What a run of it keeps. */
const workersRun = {
  ...golden,
  facts: {
    ...golden.facts,
    entry: 'http://localhost:4100/',
    layers: [],
    door: { kind: 'none', says: '', evidence: [] },
    record: {
      ...golden.facts.record,
      kind: 'kept',
      carries: 'text',
      create: {
        id: 'create',
        steps: [
          { do: 'goto', url: 'http://localhost:4100/' },
          { do: 'fill', on: { role: 'textbox', name: 'note', tag: 'input' }, value: '{mark}' },
          { do: 'click', on: { role: 'button', name: 'add', tag: 'button' }, commits: true },
        ],
      },
      places: [{ url: 'http://localhost:4100/', what: 'list' }],
      signs: [],
      successTexts: ['saved'],
      requests: [],
      delay: 0,
    },
  },
  observations: [
    {
      probe: 'fail-loud/absent-backend',
      version: 2,
      observed: { honest: { sent: 1 }, save: { hits: 1 } },
      startedAt: 0,
      took: 0,
    },
  ],
  results: [{ claim: 'fail-loud/absent-backend-is-an-error', status: 'pass', because: '', evidence: [] }],
} as unknown as Run;

describe('plummet gates', () => {
  it('leaves alone what is not its own or was changed, and says which', async () => {
    const cwd = join(dir, 'files');
    mkdirSync(join(cwd, '.plummet/run'), { recursive: true });
    mkdirSync(join(cwd, 'e2e/plummet'), { recursive: true });
    writeFileSync(join(cwd, '.plummet/run/run.json'), JSON.stringify(golden));
    const at = (name: string): string => join(cwd, 'e2e/plummet', name);
    writeFileSync(at('README.md'), 'mine');
    const first = await plummet(cwd, 'gates', 'run');
    assert.equal(first.code, 0);
    assert.match(first.err, /^Left as they are, .*: e2e\/plummet\/README\.md\. --force/);
    assert.equal(readFileSync(at('README.md'), 'utf8'), 'mine');
    const written = readFileSync(at('app.mjs'), 'utf8');

    writeFileSync(at('app.mjs'), `${written}// a locator was corrected\n`);
    const again = await plummet(cwd, 'gates', 'run');
    assert.match(again.err, /README\.md and e2e\/plummet\/app\.mjs\./);
    assert.match(readFileSync(at('app.mjs'), 'utf8'), /a locator was corrected/);

    const forced = await plummet(cwd, 'gates', 'run', '--force');
    assert.equal(forced.err, '');
    assert.equal(readFileSync(at('app.mjs'), 'utf8'), written);
    assert.equal((await plummet(cwd, 'gates', 'run')).err, '');
  });

  it('writes a workflow that can be read, and puts it where GitHub looks', async () => {
    const workflow = readFileSync(join(dir, 'files/.github/workflows/plummet-gates.yml'), 'utf8');
    const { jobs } = parse(workflow) as { jobs: { kept: { steps: { run?: string }[] } } };
    assert.ok(jobs.kept.steps.some(({ run }) => run === 'npx playwright test --config "e2e/plummet"'));
  });

  it('says why where no test can be written', async () => {
    const cwd = join(dir, 'nothing');
    mkdirSync(cwd);
    const { record: _, ...facts } = golden.facts;
    writeFileSync(join(cwd, 'run.json'), JSON.stringify({ ...golden, facts }));
    const { code, err } = await plummet(cwd, 'gates', '.');
    assert.equal(code, 64);
    assert.match(err, /No test can be written of that run: the run found no way to write a record\. \[E_GATES\]/);
    assert.deepEqual(readdirSync(cwd), ['run.json']);
    assert.ok(!existsSync(join(cwd, 'e2e')));
  });
});
