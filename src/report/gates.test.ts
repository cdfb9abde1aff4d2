import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import ts from 'typescript';
import { parse } from 'yaml';
import { run as sample } from '../../test/sample-run.ts';
import type { Facts } from '../model/facts.ts';
import type { Recipe } from '../model/recipe.ts';
import type { Run } from '../model/run.ts';
import { type Gates, gates } from './gates.ts';

const around = { folder: 'e2e/plummet', cwd: () => '../../' };
const decided = (claim: string): Run['results'][number] => ({
  claim,
  status: 'pass',
  because: 'seen',
  evidence: ['e1'],
});

/** A run of pages whose every text of its own is `text`. */
function withText(text: string, more: Partial<Facts> = {}): Run {
  const { facts } = sample();
  const on = { role: 'textbox', name: text, tag: 'input', type: 'text', attr: text, placeholder: text, css: text };
  const button = { role: 'button', name: text, tag: 'button', css: `li > ${text}`, inRow: true };
  const recipe = (id: Recipe['id']): Recipe => ({
    id,
    steps: [
      { do: 'goto', url: `http://localhost:4100/board?${text}` },
      { do: 'fill', on, value: `${text} {mark} ${text}` },
      { do: 'select', on: { ...on, inRow: true }, value: text },
      { do: 'click', on: button, commits: true },
    ],
  });
  const record = { ...facts.record, create: recipe('create'), signs: [on, button], successTexts: [text], kind: 'kept' };
  return {
    ...sample(),
    facts: {
      ...facts,
      entry: 'http://localhost:4100/',
      title: text,
      door: {
        kind: 'password',
        says: text,
        account: 'signed-up',
        signUp: recipe('sign-up'),
        logIn: recipe('log-in'),
        evidence: ['e1'],
      },
      record,
      edit: recipe('edit'),
      delete: recipe('delete'),
      layers: [button],
      ...more,
    } as Facts,
    target: {
      ...sample().target,
      start: [{ name: 'app', run: `npm start # ${text}`, cwd: '/srv', env: ['DATABASE_URL'] }],
    },
    results: [
      'records-survive-reload',
      'edits-persist',
      'deletions-persist',
      'accounts-survive',
      'records-survive-a-restart',
      'writes-leave-the-browser',
    ]
      .map((one) => decided(`persistence/${one}`))
      .concat(decided('fail-loud/absent-backend-is-an-error')),
  };
}

function madeOf(run: Run): Gates {
  const made = gates(run, around);
  assert.ok(!('why' in made), 'why' in made ? made.why : '');
  return made;
}

/** What the code consists of, without the words of its texts. */
function shape(code: string): string {
  const file = ts.createSourceFile('suite.mjs', code, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const problems = (file as unknown as { parseDiagnostics: { messageText: string }[] }).parseDiagnostics;
  assert.deepEqual(
    problems.map(({ messageText }) => messageText),
    [],
  );
  const kinds: string[] = [];
  const walk = (node: ts.Node): void => {
    kinds.push(ts.isIdentifier(node) ? node.text : String(node.kind));
    node.forEachChild(walk);
  };
  walk(file);
  return kinds.join(' ');
}

describe('gates', () => {
  it('makes code of the same shape whatever the app says', () => {
    const plain = madeOf(withText('word'));
    for (const text of [
      '`);process.exit();//',
      '${process.env.HOME}',
      "'+'",
      '*/process.exit()/*',
      'a\nprocess.exit()\n',
      '"]\\"',
      '\u2028x\u202e',
    ]) {
      const hostile = madeOf(withText(text));
      assert.deepEqual(Object.keys(hostile.suite), Object.keys(plain.suite));
      for (const [name, code] of Object.entries(hostile.suite))
        if (name.endsWith('.mjs'))
          assert.equal(shape(code), shape(plain.suite[name] ?? ''), `${name} with ${JSON.stringify(text)}`);
      assert.deepEqual(parse(hostile.workflow), parse(plain.workflow));
    }
  });

  it('brings the stores that the app was seen to use, and names what it cannot know as secrets', () => {
    const run = withText('word');
    const { workflow } = madeOf({
      ...run,
      observations: [
        {
          probe: 'persistence/store',
          version: 1,
          observed: { places: [{ path: '127.0.0.1:5432', where: 'server' }], silent: ['127.0.0.1:6379'] },
          startedAt: 0,
          took: 0,
        },
      ],
      target: {
        ...run.target,
        start: [{ name: 'app', run: 'npm start', cwd: '/srv', env: ['DB_HOST', 'DB_NAME', 'STRIPE_KEY'] }],
      },
    });
    const { services, env } = parse(workflow).jobs.kept;
    assert.deepEqual(Object.keys(services), ['postgres', 'redis']);
    assert.equal(env.DB_HOST, 'localhost');
    assert.equal(env.DB_NAME, 'app');
    assert.equal(env.STRIPE_KEY, '${{ secrets.STRIPE_KEY }}');
    assert.match(env.DATABASE_URL, /^postgres:/);
    assert.match(env.REDIS_URL, /^redis:/);
  });

  it('leaves out what code alone cannot do, and says why', () => {
    const run = withText('word', { delete: { id: 'delete', steps: [], given: true } });
    const { suite, plan } = madeOf({ ...run, target: sample().target });
    assert.deepEqual(plan.left, [
      { claim: 'persistence/deletions-persist', because: 'code alone does not do: a function of the config does it' },
      {
        claim: 'persistence/records-survive-a-restart',
        because: 'it takes a restart, and the run had no start command',
      },
    ]);
    assert.match(
      suite['README.md'] ?? '',
      /`persistence\/records-survive-a-restart`: it takes a restart, and the run had no start command\./,
    );
    assert.equal(suite['restart.spec.mjs'], undefined);
  });

  it('looks for a record at its own page where no list shows it, and goes there for an edit', () => {
    const run = withText('word');
    const { record, edit } = run.facts as Required<Facts>;
    const made = madeOf({
      ...run,
      facts: {
        ...run.facts,
        record: { ...record, places: [{ url: 'http://localhost:4100/notes/81', what: 'own' }] },
        edit: { ...edit, steps: [{ do: 'goto', url: '{own}' }, ...edit.steps.slice(1)] },
      },
    });
    const app = made.suite['app.mjs'] ?? '';
    assert.match(
      app,
      /function create\(page, values\) \{\n {2}const \{ mark \} = values;[\s\S]*?values\.own = page\.url\(\);\n\}/,
    );
    assert.match(app, /home = \(page, values\) => open\(page, values\.own, values\);/);
    assert.match(app, /function edit\(page, \{ mark, own \}\) \{\n {2}await page\.goto\(own\);/);
    assert.doesNotMatch(JSON.stringify(made.suite), /notes\/81|\{own\}/);
    assert.match(
      made.suite['kept.spec.mjs'] ?? '',
      /home\(other, kept\);\n.*kept\.mark.*\n {2}await home\(other, me\);\n.*seesNot\(other, me\.mark/,
    );
    shape(app);
    assert.ok(made.plan.left.some(({ claim }) => claim === 'fail-loud/absent-backend-is-an-error'));
  });

  it('writes no test of an address that only the account of the run has', () => {
    const run = withText('word');
    const { record, edit, delete: remove } = run.facts as Required<Facts>;
    const at = (url: string, results = run.results): Run => ({
      ...run,
      results,
      facts: { ...run.facts, record: { ...record, places: [{ url: `http://localhost:4100${url}`, what: 'list' }] } },
      ledger: [{ what: 'account', mark: 'gotebuli@example.com', how: 'sign-up' } as Run['ledger'][number]],
    });
    const why = (one: Run): string => (gates(one, around) as { why?: string }).why ?? 'written';
    assert.match(
      why(at('/team/gotebuli-team/notes')),
      /the run’s own account \(“gotebuli-team”\), and each test signs up anew/,
    );
    assert.match(why(at('/w/3f1c8e02aa/notes')), /“3f1c8e02aa”/);
    assert.equal(why(at('/w/notes?page=2')), 'written');
    // Where a second account saw it there, the address is everybody's.
    assert.equal(why(at('/w/3f1c8e02aa', [...run.results, decided('concurrency/others-see-the-change')])), 'written');
    const { plan } = madeOf({
      ...run,
      facts: {
        ...run.facts,
        edit: { ...edit, steps: [{ do: 'goto', url: 'http://localhost:4100/boards/17' }, ...edit.steps.slice(1)] },
        delete: remove,
      },
    });
    assert.deepEqual(plan.left, [
      { claim: 'persistence/edits-persist', because: 'it is done at an address of the run’s own account (“17”)' },
    ]);
  });

  it('leaves a failing save out that met no fault in the run, and says in the test where it meets none', () => {
    const run = withText('word');
    const observed = (hits: number): Run => ({
      ...run,
      observations: [
        {
          probe: 'fail-loud/absent-backend',
          version: 2,
          observed: { honest: { sent: 1 }, save: { hits } },
          startedAt: 0,
          took: 0,
        },
      ],
    });
    const { suite } = madeOf(observed(1));
    assert.match(
      suite['faults.spec.mjs'] ?? '',
      /written = \{ honest: true, .*\n[\s\S]*expect\(cut, .*toBeGreaterThan\(0\)/,
    );
    assert.deepEqual(madeOf(observed(0)).plan.left, [
      {
        claim: 'fail-loud/absent-backend-is-an-error',
        because: 'the fault met no request of the save in the run, too',
      },
    ]);
  });

  it('holds no secret of the start command, and refuses one that it cannot take out', () => {
    const run = withText('word');
    const started = (command: string): Run => ({
      ...run,
      target: { ...run.target, start: [{ name: 'app', run: command, cwd: '/srv', env: [] }] },
    });
    const made = madeOf(started('SECRET_KEY=hunter2 PORT=4100 npm start'));
    assert.doesNotMatch(JSON.stringify(made), /hunter2/);
    assert.match(made.suite['playwright.config.mjs'] ?? '', /command: "PORT=4100 npm start"/);
    assert.equal(parse(made.workflow).jobs.kept.env.SECRET_KEY, '${{ secrets.SECRET_KEY }}');
    const refused = (one: Run): string => (gates(one, around) as { why: string }).why;
    assert.match(refused(started('npm start -- --token hunter2')), /^the start command holds .* --env NAME=value/);
    const why = refused({ ...withText('token=hunter2'), target: sample().target });
    assert.match(why, /^what looks like a secret would stand in app\.mjs, /);
    assert.doesNotMatch(why, /hunter2/);
  });

  it('starts an API by itself for the tests that need it to run', () => {
    const run = withText('word');
    const steps = [
      { do: 'send', method: 'POST', url: 'http://localhost:4100/notes', body: '{"text":"{mark}"}' },
    ] as const;
    const { record } = run.facts as Required<Facts>;
    const api = { ...run.facts, kind: 'api', record: { ...record, create: { id: 'create', steps } } } as Facts;
    const { suite } = madeOf({ ...run, facts: api, results: [decided('persistence/records-reach-other-browsers')] });
    const tests = suite['kept.test.mjs'] ?? '';
    assert.match(
      tests,
      /import \{ stop, startUnlessUp \} from '\.\/server\.mjs';\n\nafter\(\(\) => stop\(\)\);\nbefore\(\(\) => startUnlessUp\(\)\);/,
    );
    shape(tests);
    assert.match(suite['server.mjs'] ?? '', /export async function startUnlessUp\(\)/);
  });

  it('reads an account that it cannot make from the environment, and writes no word of it', () => {
    const run = withText('word');
    const { facts } = run;
    const made = madeOf({ ...run, facts: { ...facts, door: { ...facts.door, account: 'given' } } });
    assert.match(made.suite['app.mjs'] ?? '', /Set E2E_USER and E2E_PASSWORD/);
    assert.match(made.workflow, /E2E_PASSWORD: \$\{\{ secrets\.E2E_PASSWORD \}\}/);
    assert.ok(made.plan.left.some(({ claim }) => claim === 'persistence/accounts-survive'));
  });
});
