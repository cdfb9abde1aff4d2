import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { version } from '../lib/version.ts';
import type { Result, Run } from '../model/run.ts';
import { effort, score } from '../model/score.ts';
import { backendsIn } from '../model/stores.ts';
import type { AuditOptions, Before } from '../model/target.ts';
import { fail, pass, unknown } from '../model/verdict.ts';
import type { Io, Parts, Stream } from './parts.ts';
import { main } from './program.ts';

const reload = 'persistence/records-survive-reload';
const edits = 'persistence/edits-persist';
const shown: Result = { claim: reload, ...pass('seen', ['e1']) };
const open: Result = { claim: edits, ...unknown('no-time', 'late') };
const broken: Result = {
  claim: edits,
  ...fail(edits, { where: '/', because: 'gone', wrongIf: 'elsewhere', evidence: ['e1'] }),
};

const runOf = (results: readonly Result[], url = 'http://localhost:1/'): Run => ({
  schema: 1,
  tool: { name: 'plummet', version: '0' },
  target: { url, permit: 'writes', seed: 1, intent: {} },
  mode: 'url',
  profile: 'audit',
  startedAt: '2026-11-25T20:00:00.000Z',
  finishedAt: '2026-11-25T20:00:05.000Z',
  facts: {
    version: 1,
    kind: 'pages',
    entry: url,
    title: 'App',
    door: { kind: 'none', says: 'open', evidence: [] },
    absent: [],
    told: {},
    pages: [],
    tried: [],
    evidence: [],
  },
  observations: [],
  asked: results.map(({ claim }) => claim),
  results,
  questions: [],
  score: score(results, []),
  effort: effort(results),
  sentence: 'Records live.',
  ledger: [],
  notes: [],
  timings: {},
});

const sink = (write: (text: string) => void): Stream => ({ write, tty: false, columns: 80 });

interface Desk extends Io {
  readonly cwd: string;
  said(): string;
  erred(): string;
  interrupt(): void;
  readonly asked: AuditOptions[];
  readonly killed: number[];
}

/** Runs the words in a folder of their own, with an audit that finds what it is told to. */
async function desk(
  work: (at: Desk, plummet: (...words: string[]) => Promise<number>) => Promise<void>,
  options: {
    results?: readonly Result[];
    answers?: string[];
    /** What the browser holds once a person has logged in. */
    session?: string;
    audit?: (asked: AuditOptions, at: Desk) => Promise<void>;
  } = {},
): Promise<void> {
  const cwd = await mkdtemp(join(tmpdir(), 'plummet-cli-'));
  let [out, err] = ['', ''];
  const answers = [...(options.answers ?? [])];
  let listener = (): void => {};
  const parts: Parts = {
    async audit(asked) {
      at.asked.push(asked);
      asked.progress({ stage: 'survey', says: 'looking', at: 10 });
      await options.audit?.(asked, at);
      return { run: runOf(options.results ?? [shown], asked.url), dir: asked.out };
    },
    judge: (run) => ({ ...run, results: [broken] }),
    clean: async (_: AuditOptions, { run }: Before) => run,
    replay: async () => ({ acts: 3, departures: [], left: [] }),
    probedClaims: () => [reload, edits],
    planned: () => [{ does: 'writes 1 record' }],
    backendsOf: (processes) => processes.flatMap((each) => backendsIn(each.env)),
    suspectsIn: (_, clues) => clues.map(() => []),
    logInByHand: async () => options.session,
    inspect: async () => ({ browser: { path: '/x', from: 'system', version: '1' }, sandbox: true }),
  };
  const at: Desk = {
    cwd,
    env: { XDG_STATE_HOME: `${cwd}-state` },
    asked: [],
    killed: [],
    alone: () => new PassThrough(),
    out: sink((text) => {
      out += text;
    }),
    err: sink((text) => {
      err += text;
    }),
    ...(options.answers ? { ask: async () => answers.shift() ?? '' } : {}),
    now: () => new Date('2026-11-25T20:03:11Z'),
    parts: async () => parts,
    interrupts(given) {
      listener = given;
      return () => {
        listener = () => {};
      };
    },
    interrupt: () => listener(),
    kill: (code) => void at.killed.push(code),
    said: () => out,
    erred: () => err,
  };
  try {
    await work(at, (...words) => {
      [out, err] = ['', ''];
      return main(words, at);
    });
  } finally {
    await rm(cwd, { recursive: true });
    await rm(`${cwd}-state`, { recursive: true, force: true });
  }
}

test('an address alone is an audit: a run folder, a latest link, a report', () =>
  desk(async (at, plummet) => {
    assert.equal(await plummet('localhost:3000'), 0, at.erred());
    const [asked] = at.asked;
    assert.deepEqual(
      [asked?.url, asked?.profile, asked?.permit, asked?.claims],
      ['http://localhost:3000/', 'audit', 'writes', [reload, edits]],
    );
    assert.deepEqual((await readdir(join(at.cwd, '.plummet'))).sort(), [
      '.gitignore',
      '2026-11-25-200311-localhost-3000',
      'latest',
    ]);
    assert.equal(await readlink(join(at.cwd, '.plummet/latest')), '2026-11-25-200311-localhost-3000');
    assert.equal(await readFile(join(at.cwd, '.plummet/.gitignore'), 'utf8'), '*\n');
    assert.deepEqual((await readdir(join(at.cwd, '.plummet/latest'))).sort(), ['report.html', 'run.json']);
    assert.match(at.said(), /Is ready/);
    assert.match(at.erred(), /^0\.0 s {2}survey: looking\n$/);
    await plummet('reload', 'localhost:3000');
    assert.equal(at.asked[1]?.profile, 'reload');
    assert.notEqual(at.asked[1]?.seed, asked?.seed, 'the marks of another run must be others');
    assert.equal((await readdir(join(at.cwd, '.plummet'))).length, 4);
  }));

for (const [results, code] of [
  [[shown], 0],
  [[shown, broken], 1],
  [[shown, open], 2],
  [[], 2],
] as const) {
  test(`exit code ${code} for ${results.map(({ status }) => status).join(' and ') || 'nothing'}`, () =>
    desk(async (_, plummet) => assert.equal(await plummet('localhost:1'), code), { results }));
}

test('--json puts the run on stdout, and only that', () =>
  desk(async (at, plummet) => {
    await plummet('localhost:1', '--json', '--only', 'edits-persist', '--out', 'here');
    assert.equal((JSON.parse(at.said()) as Run).schema, 1);
    assert.deepEqual(at.asked[0]?.claims, [edits]);
    assert.ok((await readdir(join(at.cwd, 'here'))).includes('run.json'));
    assert.equal(await plummet('localhost:1', '--out', 'here'), 0, 'a run may be replaced');
    await mkdir(join(at.cwd, 'mine'));
    await writeFile(join(at.cwd, 'mine/thesis.txt'), 'x');
    assert.equal(await plummet('localhost:1', '--out', 'mine'), 64);
    assert.deepEqual(await readdir(join(at.cwd, 'mine')), ['thesis.txt']);
  }));

test('the first Ctrl-C asks the audit to finish, the second ends it', () =>
  desk(
    async (at, plummet) => {
      assert.equal(await plummet('localhost:1'), 130);
      assert.match(at.erred(), /what was made is being removed/);
      assert.deepEqual(at.killed, [130]);
      assert.ok((await readdir(join(at.cwd, '.plummet/latest'))).includes('report.html'), 'what there is is kept');
    },
    {
      audit: async (asked, at) => {
        at.interrupt();
        assert.ok(asked.signal.aborted);
        at.interrupt();
      },
    },
  ));

const misuse: [string[], RegExp][] = [
  [['relaod'], /neither a command nor an address\. Did you mean reload\?/],
  [[], /Which app\?/],
  [['localhost:1', '--bugdet', '3s'], /unknown option/],
  [['localhost:1', '--only', 'persistance'], /Did you mean persistence\?/],
  [['localhost:1', '--start', 'npm start', '--source', 'nowhere'], /There is no folder .*nowhere to start the app in/],
  [['localhost:1', '--start', 'npm start', '--env', 'PORT'], /--env wants NAME=value/],
  [
    ['reload', 'localhost:1', '--env', 'A=1', '--disposable-store'],
    /--env and --disposable-store are for an app that is started/,
  ],
  [['http://8.8.8.8/'], /public network.*E_PUBLIC/],
  [['localhost:1', '--storage-state', 'nope.json'], /there is no file nope\.json/],
  [['gate'], /There is no run here yet/],
  [['explain', 'edit-persist'], /Did you mean .*edits-persist\?/],
  [['report', '--format', 'htm'], /Did you mean html\?/],
  [['report', '--format', 'sarf'], /Did you mean sarif\?/],
  [['diff', 'a', '--format', 'html'], /--format is one of text, json or markdown, not "html"/],
  [['diff', 'a'], /There is no run at a\./],
  [['diff'], /missing required argument 'before'/],
];
for (const [words, expected] of misuse) {
  test(`misuse: plummet ${words.join(' ')}`, () =>
    desk(async (at, plummet) => {
      assert.equal(await plummet(...words), 64);
      assert.match(at.erred(), expected);
      assert.equal(at.asked.length, 0);
    }));
}

test('a backend on the public network is refused', () =>
  desk(async (at, plummet) => {
    assert.equal(await plummet('localhost:1', '--backend', '8.8.8.8:443', '--permit', 'writes'), 64);
    assert.match(at.erred(), /8\.8\.8\.8 is on the public network/);
    assert.equal(at.asked.length, 0);
  }));

test('a backend on another machine lowers what is usual to reads; who says writes gets writes', () =>
  desk(async (at, plummet) => {
    await plummet('localhost:1', '--backend', '192.168.1.9:5432');
    assert.equal(at.asked[0]?.permit, 'reads');
    assert.match(at.erred(), /not on this machine, so nothing is written/);
    await plummet('localhost:1', '--backend', '192.168.1.9:5432', '--permit', 'writes');
    assert.equal(at.asked[1]?.permit, 'writes');
  }));

test('Ctrl-C before there is anything to report ends with 130', () =>
  desk(
    async (at, plummet) => {
      assert.equal(await plummet('localhost:1', '--start', 'npm start'), 130);
      assert.doesNotMatch(at.erred(), /did not start/);
    },
    {
      audit: async (_asked, at) => {
        at.interrupt();
        throw new Error('The app did not start');
      },
    },
  ));

test('a store on another machine, named by what the app is started with, lowers it too', () =>
  desk(async (at, plummet) => {
    const start = ['--start', 'npm start', '--source', '.'];
    await plummet('localhost:1', ...start, '--env', 'DATABASE_URL=postgres://u:p@db.example.com/app');
    assert.equal(at.asked[0]?.permit, 'reads');
    assert.match(at.erred(), /DATABASE_URL names db\.example\.com, which is not this machine/);
    assert.doesNotMatch(at.erred(), /u:p/);
    await plummet('localhost:1', ...start, '--env', 'DATABASE_URL=postgres://u:p@localhost/app');
    assert.equal(at.asked[1]?.permit, 'disrupts', 'of a copy');
    assert.deepEqual(at.asked[1]?.start, [
      { name: 'app', run: 'npm start', cwd: at.cwd, env: { DATABASE_URL: 'postgres://u:p@localhost/app' } },
    ]);
  }));

test('survey asks nothing, and says what is missing where no way to write was found', () =>
  desk(async (at, plummet) => {
    assert.equal(await plummet('survey', 'localhost:3000'), 2, at.erred());
    assert.deepEqual(at.asked[0]?.claims, []);
    assert.match(at.said(), /Record +no way to write one was found/);
    assert.match(at.said(), /Needs +a recipe: plummet init/);
  }));

test('login keeps a session outside of the folder, readable by its owner alone; runs of that origin come in with it until it is forgotten', () =>
  desk(
    async (at, plummet) => {
      assert.equal(await plummet('login', 'localhost:3000/start'), 0, at.erred());
      assert.match(at.said(), /kept, readable by you alone/);
      assert.ok(!`${at.said()}${at.erred()}`.includes('sesame'), 'it is not printed');
      assert.deepEqual(await readdir(at.cwd), []);
      await plummet('localhost:3000');
      const file = at.asked[0]?.storageState ?? '';
      assert.match(at.erred(), /session that was kept for http:\/\/localhost:3000 on 20.*--forget/);
      assert.ok((await readFile(file, 'utf8')).includes('sesame'));
      assert.equal((await stat(file)).mode & 0o777, 0o600);
      await plummet('localhost:3001');
      assert.equal(at.asked[1]?.storageState, undefined, 'another origin');
      await plummet('localhost:3000', '--login', 'ada:pw');
      assert.equal(at.asked[2]?.storageState, undefined, 'what is given is stronger');
      assert.equal(await plummet('login', 'localhost:3000', '--forget'), 0);
      assert.match(at.said(), /is forgotten/);
      await plummet('localhost:3000');
      assert.equal(at.asked[3]?.storageState, undefined);
      assert.equal(await plummet('login', 'localhost:3000', '--forget'), 0);
      assert.match(at.said(), /No session was kept/);
      assert.equal(await plummet('login', '93.184.216.34'), 64, 'on the public network');
    },
    { session: '{"cookies":[{"name":"sid","value":"sesame"}],"origins":[]}' },
  ));

test('login that leaves nothing in the browser keeps nothing', () =>
  desk(async (at, plummet) => {
    assert.equal(await plummet('login', 'localhost:3000'), 2);
    assert.match(at.said(), /Nothing was kept/);
  }));

test('--source alone is the folder that is read', () =>
  desk(async (at, plummet) => {
    await plummet('localhost:3000', '--source', '.');
    assert.equal(at.asked[0]?.source, at.cwd);
    assert.equal(await plummet('localhost:3000', '--source', 'nowhere'), 64);
    assert.match(at.erred(), /--source: there is no folder/);
  }));

test('plan says what would be done, and does nothing', () =>
  desk(async (at, plummet) => {
    const start = ['--start', 'npm start', '--env', 'DATABASE_URL=postgres://u:p@localhost/app'];
    assert.equal(await plummet('plan', 'localhost:1', ...start), 0, at.erred());
    assert.match(at.said(), /Permit +disrupts/);
    assert.match(at.said(), /npm start +in a copy of/);
    assert.match(at.said(), /DATABASE_URL names a store at localhost/);
    assert.match(at.said(), /writes 1 record/);
    assert.match(at.said(), /Would stay +nothing: all is made in a copy/);
    assert.match(at.said(), /Nothing was done/);
    assert.doesNotMatch(at.said(), /u:p/);
    assert.equal(await plummet('plan', 'localhost:1', '--permit', 'reads'), 0);
    assert.doesNotMatch(at.said(), /Writes to|writes 1 record/);
    assert.deepEqual([at.asked, await readdir(at.cwd)], [[], []]);
  }));

test('init asks three questions, keeps what is open as a comment, and overwrites only when told', () =>
  desk(
    async (at, plummet) => {
      assert.equal(await plummet('init'), 0, at.erred());
      const written = await readFile(join(at.cwd, 'plummet.config.ts'), 'utf8');
      assert.match(written, /^ {4}storage: 'local',$/m);
      assert.match(written, /^ {4}\/\/ login: 'required',$/m);
      assert.match(written, /^ {4}records: 'shared',$/m);
      assert.equal(await plummet('init'), 64);
      assert.match(at.erred(), /plummet init --force/);
      assert.equal(await plummet('init', '--force'), 0);
      await plummet('localhost:1');
      assert.deepEqual(at.asked[0]?.intent, {}, 'the second time nothing was answered');
    },
    { answers: ['local', '', 'sharde'] },
  ));

test('init without anybody to ask writes a config that loads', () =>
  desk(async (at, plummet) => {
    assert.equal(await plummet('init'), 0);
    assert.equal(await plummet('localhost:1'), 0, at.erred());
  }));

test('gate, judge and report work on a stored run', () =>
  desk(async (at, plummet) => {
    await plummet('localhost:1');
    await writeFile(join(at.cwd, 'plummet.config.json'), JSON.stringify({ accept: [reload] }));
    assert.equal(await plummet('gate'), 0);
    assert.match(at.said(), /Open: 1 criterion met/);
    assert.equal(await plummet('report', 'latest', '--format', 'html'), 0);
    assert.match(at.said(), /^<!doctype html>/);
    assert.equal(await plummet('judge', '.plummet/latest/run.json'), 1);
    assert.match(at.erred(), /edits-persist: not asked → fail/);
    assert.equal(await plummet('gate', '2026-11-25-200311-localhost-1'), 1);
  }));

test('report has a format for each table and taste', () =>
  desk(async (at, plummet) => {
    await plummet('localhost:1');
    for (const [format, expected] of [
      ['markdown', /^## Plummet: 0 broken, 0 not told and 1 shown\n/m],
      ['sarif', /"version": "2\.1\.0"/],
      ['junit', /^<testsuites name="Plummet" tests="1" failures="0"/m],
      ['badge', /^<svg [^>]*aria-label="plummet: /m],
      ['shields', /"schemaVersion": 1/],
    ] as const) {
      assert.equal(await plummet('report', '--format', format), 0);
      assert.match(at.said(), expected);
    }
    assert.equal(await plummet('report', '--help'), 0);
    assert.match(at.said(), /text, terse, json, html, markdown, sarif, junit, badge or\s+shields/);
  }));

test('diff says what is new and what is fixed, and ends in 1 where something is new', () =>
  desk(async (at, plummet) => {
    await plummet('localhost:1', '--out', 'sound');
    await writeFile(
      join(at.cwd, 'sound/run.json'),
      JSON.stringify(runOf([shown, { ...broken, status: 'pass' } as Result])),
    );
    await plummet('localhost:1', '--out', 'broken');
    await writeFile(join(at.cwd, 'broken/run.json'), JSON.stringify(runOf([shown, broken])));
    assert.equal(await plummet('diff', 'sound', 'broken/run.json'), 1);
    assert.match(at.said(), /New: broken now \(1\)\n {2}✗ An edit is what[\s\S]*1 new, 0 still broken and 0 fixed\./);
    assert.equal(await plummet('diff', 'broken', 'sound', '--format', 'markdown'), 0);
    assert.match(at.said(), /## Plummet: 0 new, 0 still broken and 1 fixed\n/);
    assert.equal(await plummet('diff', 'broken', 'broken', '--format', 'json'), 0);
    assert.match(at.said(), /"change": "still"/);
    assert.equal(await plummet('diff', '--help'), 0);
    assert.match(at.said(), /Examples:[\s\S]*Exit code: 0 nothing new/);
  }));

test('list marks what is asked; explain shows the doc; help teaches', () =>
  desk(async (at, plummet) => {
    assert.equal(await plummet('list'), 0);
    assert.match(at.said(), /◆ persistence\/edits-persist/);
    assert.match(at.said(), /^ {2}persistence\/records-survive-a-kill/m);
    assert.equal(await plummet('explain', 'edits-persist'), 0);
    assert.match(at.said(), /An edit is what a fresh browser sees/);
    assert.match(at.said(), /\nHow to mend it\n {2}Send the edit/);
    assert.doesNotMatch(at.said(), /\*\*/, 'a terminal is shown no Markdown');
    await plummet('explain', 'surface/pages-render');
    assert.match(at.said(), /asked by no probe yet/);
    assert.equal(await plummet('--help'), 0);
    assert.match(at.said(), /Examples:[\s\S]*Exit code/);
    assert.equal(await plummet('--version'), 0);
    assert.equal(await plummet('doctor'), 0, at.said());
  }));

test('--only-changed-since asks what that run did not show, and all of it where a file has changed or nobody can tell', () =>
  desk(
    async (at, plummet) => {
      const app = join(at.cwd, 'app');
      await mkdir(join(app, 'node_modules'), { recursive: true });
      await writeFile(join(app, 'server.js'), '1');
      await plummet('localhost:3000', '--out', 'first', '--source', 'app');
      const first = JSON.parse(await readFile(join(at.cwd, 'first/run.json'), 'utf8')) as Run;
      // As if it had begun now, by this very version.
      const begin = async (more: Partial<Run> = {}): Promise<void> => {
        const startedAt = new Date(Date.now() + 60_000).toISOString();
        await writeFile(
          join(at.cwd, 'first/run.json'),
          JSON.stringify({ ...first, tool: { name: 'plummet', version }, startedAt, ...more }),
        );
      };
      const asks = async (...words: string[]): Promise<AuditOptions | undefined> => {
        at.asked.splice(0);
        await plummet('localhost:3000', '--only-changed-since', 'first', ...words);
        return at.asked[0];
      };
      await begin();
      const open = await asks('--source', 'app');
      assert.deepEqual(open?.claims, [edits], at.erred());
      assert.ok(open.from, 'by what that run learned');
      assert.match(
        open.notes?.join() ?? '',
        /^No file of its source .* 1 claim that it decided was not asked again, and is not in this result\.$/,
      );

      const whole = async (why: RegExp, ...words: string[]): Promise<void> => {
        const asked = await asks(...words);
        assert.deepEqual(asked?.claims, [reload, edits], at.erred());
        assert.equal(asked.from, undefined, 'and learns anew');
        assert.match(asked.notes?.join() ?? '', why);
      };
      await whole(/its source is not known, so nobody can tell: give --source\.$/);
      await whole(/what is meant \(--intent\) was another/, '--source', 'app', '--intent', 'records=private');
      await whole(/it was not started in the same way/, '--source', 'app', '--start', 'x');
      const started = [{ name: 'app', run: 'x', cwd: app, env: ['A'] }];
      await begin({ target: { ...first.target, start: started } });
      await whole(/with variables, whose values are not kept/, '--source', 'app', '--start', 'x', '--env', 'A=1');
      await begin({ target: { ...first.target, start: [{ ...started[0], env: [] } as (typeof started)[0]] } });
      assert.deepEqual((await asks('--source', 'app', '--start', 'x'))?.claims, [edits]);
      await begin({ tool: { name: 'plummet', version: '0' } });
      await whole(/that run was made by version 0/, '--source', 'app');
      await begin();
      await whole(/comes in by another way: an account that is given/, '--source', 'app', '--login', 'ada:secret');
      await whole(/comes in by another way: --header/, '--source', 'app', '--header', 'X-User: ada');
      const { facts } = first;
      await begin({ facts: { ...facts, door: { ...facts.door, kind: 'password', account: 'given' } } });
      await whole(/comes in by another way: an account that is given/, '--source', 'app');
      assert.deepEqual((await asks('--source', 'app', '--login', 'ada:secret'))?.claims, [edits], at.erred());
      // What it kept of before it was gone on with was seen then.
      await begin({ observations: [{ probe: 'x', version: 1, startedAt: Date.now() - 60_000, took: 1 }] });
      await whole(/server\.js has changed/, '--source', 'app');
      await mkdir(join(app, '.next'));
      await mkdir(join(app, '.turbo'));
      await begin();
      await writeFile(join(app, '.next/server.js'), '2');
      await utimes(join(app, '.next/server.js'), new Date(), new Date(Date.now() + 600_000));
      await whole(/\.next\/server\.js has changed/, '--source', 'app');
      await rm(join(app, '.next'), { recursive: true });
      await writeFile(join(app, '.turbo/log'), '2');
      await utimes(join(app, '.turbo/log'), new Date(), new Date(Date.now() + 600_000));
      await begin();
      assert.deepEqual((await asks('--source', 'app'))?.claims, [edits], at.erred());

      await begin({ startedAt: new Date(Date.now() + 1000).toISOString() });
      await whole(/server\.js has changed/, '--source', 'app');
      // What a copy brings along as the time of its content does not hide that it came.
      await begin({ startedAt: new Date(Date.now() - 5000).toISOString() });
      await utimes(join(app, 'server.js'), 1, 1);
      await rm(join(app, 'node_modules'), { recursive: true });
      await whole(/something came into its folder or went from it|server\.js has changed/, '--source', 'app');

      await begin({ results: [shown, { ...shown, claim: edits }] });
      assert.equal(await plummet('localhost:3000', '--only-changed-since', 'first', '--source', 'app'), 0);
      assert.match(
        at.said(),
        /Nothing was asked, and the app was not touched: that run showed all that is asked here\.\n$/,
      );
      assert.equal(await asks('--source', 'app'), undefined, 'nothing is left to ask');
      assert.equal(await plummet('localhost:3000', '--only-changed-since', 'first', '--resume'), 64);
    },
    { results: [shown, open] },
  ));
