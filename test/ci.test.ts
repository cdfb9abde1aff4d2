/** The action, run step by step as a runner runs it, and the examples of docs/ci.md. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { parse } from 'yaml';
import tasks from '../fixtures/json-spa/fixture.ts';

const root = join(import.meta.dirname, '..');
interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly shell?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}
const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as {
  inputs: Record<string, { default?: string; required?: boolean; description: string }>;
  outputs: Record<string, { value: string }>;
  runs: { using: string; steps: Step[] };
};
const examples = [...readFileSync(join(root, 'docs/ci.md'), 'utf8').matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(
  ([, text]) => parse(text as string) as Record<string, never>,
);
const home = mkdtempSync(join(tmpdir(), 'plummet-ci-'));
after(() => rmSync(home, { recursive: true, force: true }));

/** A step's script, as the runner starts it: what is given is in variables. Gives its outputs. */
async function ran(
  name: string,
  env: Readonly<Record<string, string>>,
): Promise<{ code: number; said: string; outputs: Record<string, string> }> {
  const step = action.runs.steps.find((one) => one.name === name) ?? assert.fail(`no step ${name}`);
  const script = join(home, 'step.sh');
  const output = join(home, 'output');
  writeFileSync(script, step.run ?? '');
  writeFileSync(output, '');
  const unset = Object.keys(step.env ?? {}).filter((variable) => !(variable in env));
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], {
    cwd: home,
    env: {
      ...process.env,
      PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH']}`,
      XDG_STATE_HOME: join(home, 'state'),
      RUNNER_TEMP: home,
      GITHUB_ACTION_PATH: root,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: join(home, 'summary.md'),
      ...Object.fromEntries(unset.map((variable) => [variable, ''])),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (said += part));
  const [code] = (await once(child, 'close')) as [number];
  const lines = readFileSync(output, 'utf8').trim().split('\n').filter(Boolean);
  return { code, said, outputs: Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2))) };
}

describe('in CI', () => {
  it('no script of the action has an expression in its text, and each names its shell', () => {
    assert.equal(action.runs.using, 'composite');
    for (const { run, shell, uses, name = '' } of action.runs.steps) {
      assert.ok(run === undefined ? uses : shell === 'bash', name);
      assert.doesNotMatch(run ?? '', /\$\{\{/, name);
    }
    const given = JSON.stringify(action.runs.steps);
    for (const input of Object.keys(action.inputs)) assert.ok(given.includes(`inputs.${input} `), `${input} is used`);
    const ids = action.runs.steps.flatMap(({ id }) => id ?? []);
    for (const [, id = ''] of given.matchAll(/steps\.([\w-]+)\./g)) assert.ok(ids.includes(id), id);
  });

  it('the action audits, reports and holds the gate, and what it is given is never run', async () => {
    const app = await tasks.start();
    try {
      const flags = ['--only', 'persistence/records-survive-reload', '--seed', '7', ''].join('\n');
      const given = { PLUMMET_COMMAND: 'reload', PLUMMET_URL: app.url };
      const odd = await ran('Audit', { ...given, PLUMMET_LOGIN: '$(touch pwned)`touch pwned`"; touch pwned #' });
      assert.equal(odd.code, 64, odd.said);
      assert.match(odd.said, /--login/);
      assert.ok(!existsSync(join(home, 'pwned')));
      const other = await ran('Audit', { ...given, PLUMMET_COMMAND: 'clean' });
      assert.equal(other.code, 64, 'no other command');
      const audit = await ran('Audit', { ...given, PLUMMET_FLAGS: flags });
      assert.equal(audit.code, 0, audit.said);
      assert.equal(audit.outputs['exit-code'], '0', audit.said);
      const run = audit.outputs['run'] ?? '';
      assert.ok(existsSync(join(run, 'run.json')));

      const { code, said, outputs } = await ran('Reports', { PLUMMET_RUN: run });
      assert.equal(code, 0, said);
      assert.equal(JSON.parse(readFileSync(outputs['sarif'] ?? '', 'utf8')).version, '2.1.0');
      assert.match(readFileSync(outputs['junit'] ?? '', 'utf8'), /records-survive-reload/);
      assert.equal(readFileSync(join(home, 'summary.md'), 'utf8'), readFileSync(outputs['markdown'] ?? '', 'utf8'));
    } finally {
      await app.close();
    }
  });

  it('the gate fails by what it is told to', async () => {
    const codes: number[] = [];
    for (const [how, exit] of [
      ['broken', '0'],
      ['broken', '1'],
      ['broken', '2'],
      ['told', '0'],
      ['told', '1'],
      ['told', '2'],
      ['never', '1'],
      ['anything', '0'],
    ] as const)
      codes.push((await ran('Gate', { PLUMMET_GATE: how, PLUMMET_CODE: exit })).code);
    assert.deepEqual(codes, [0, 1, 0, 0, 1, 2, 0, 64]);
    writeFileSync(
      join(home, 'plummet.config.json'),
      JSON.stringify({ accept: ['persistence/records-survive-reload'] }),
    );
    const config = (): ReturnType<typeof ran> =>
      ran('Gate', { PLUMMET_GATE: 'config', PLUMMET_RUN: join(home, 'plummet/run'), PLUMMET_CODE: '0' });
    const met = await config();
    assert.equal(met.code, 0, met.said);
    writeFileSync(join(home, 'plummet.config.json'), JSON.stringify({ accept: ['persistence/edits-persist'] }));
    assert.equal((await config()).code, 1, 'what was not asked is not met');
  });

  it('the examples give the action what it takes, and nothing else', () => {
    assert.equal(examples.length, 3);
    const jobs = examples.slice(0, 2).flatMap((one) => Object.values(one['jobs'] ?? {})) as { steps: Step[] }[];
    const uses = jobs.flatMap(({ steps }) => steps.filter((step) => step.uses?.includes('/plummet@')));
    assert.equal(uses.length, 2);
    for (const { with: given = {} } of uses) {
      for (const [name, value] of Object.entries(given)) {
        assert.ok(name in action.inputs, name);
        assert.equal(typeof value, 'string', `${name} is a text: an input is nothing else`);
      }
      for (const [name, { required }] of Object.entries(action.inputs)) assert.ok(!required || name in given, name);
    }
    for (const { steps } of jobs) for (const { run = '' } of steps) assert.doesNotMatch(run, /\$\{\{/);
    const { plummet: job } = examples[2] as unknown as {
      plummet: { script: string[]; before_script: string[]; allow_failure: { exit_codes: number[] } };
    };
    assert.deepEqual(job.allow_failure.exit_codes, [2]);
    assert.ok([...job.before_script, ...job.script].every((line) => typeof line === 'string'));
  });
});
