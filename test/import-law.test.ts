/** The law of imports bites: a tree that keeps it passes, and a tree with one breach of each rule is told each by name. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { blankCommentsAndText } from '../scripts/blank-comments-and-text.ts';
import { impurities } from '../scripts/purity.ts';

const root = path.resolve(import.meta.dirname, '..');
type Files = Readonly<Record<string, string>>;

function within<T>(files: Files, look: (folder: string) => T): T {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'plummet-law-'));
  try {
    for (const name of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json']) {
      copyFileSync(path.join(root, name), path.join(folder, name));
    }
    symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
    return look(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `rule: from → to` of every breach. */
function breaches(files: Files): string[] {
  return within(files, (folder) => {
    const cruiser = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
    const args = [cruiser, 'src', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1e8 });
    assert.notEqual(stdout, '', stderr);
    const { summary } = JSON.parse(stdout) as {
      summary: { totalCruised: number; violations: { rule: { name: string }; from: string; to: string }[] };
    };
    const sources = Object.keys(files).filter((name) => name.startsWith('src/'));
    assert.ok(summary.totalCruised >= sources.length, 'TypeScript files are not read at all');
    return summary.violations.map(
      ({ rule, from, to }) => `${rule.name}: ${from} → ${to.replace(/^.*node_modules\//, '')}`,
    );
  });
}

const sound: Files = {
  'src/lib/text.ts': 'export const one = 1;\n',
  'src/model/word.ts': "import { one } from '../lib/text.ts';\nexport type Word = typeof one;\n",
  'src/report/text.ts': "import type { Word } from '../model/word.ts';\nexport const text = (w: Word) => String(w);\n",
  'src/drivers/http.ts':
    "import http from 'node:http';\nimport type { Page } from 'playwright-core';\nexport type H = [typeof http, Page];\n",
  'src/probes/_shared/look.ts': 'export const look = 1;\n',
  'src/probes/persistence/reload.ts': "import { look } from '../_shared/look.ts';\nexport const reload = look;\n",
  'src/probes/index.ts': "import { reload } from './persistence/reload.ts';\nexport const probes = [reload];\n",
  'src/config/load.ts': 'export const load = 1;\n',
  'src/audit/stages.ts': "export { probes } from '../probes/index.ts';\nexport * from '../drivers/http.ts';\n",
  'src/audit.ts': "export * from './audit/stages.ts';\n",
  'src/index.ts': "export { probes } from './audit.ts';\nexport { load } from './config/load.ts';\n",
  'src/cli/main.ts': "import '../audit.ts';\nimport '../config/load.ts';\nimport '../report/text.ts';\n",
  'src/probes/persistence/reload.test.ts': "import 'node:assert';\n",
  'test/kit.ts': 'export const kit = 1;\n',
};

/** The other half of the cycle. */
const back: Files = { 'src/lib/b.ts': "import type { A } from './a.ts';\nexport type B = A | 2;\n" };

const breaking: readonly (readonly [rule: string, file: string, text: string, to: string])[] = [
  ['1-no-cycles', 'src/lib/a.ts', "import type { B } from './b.ts';\nexport type A = B | 1;\n", 'src/lib/b.ts'],
  ['2-model-imports-only-model-and-lib', 'src/model/x.ts', "import '../report/text.ts';\n", 'src/report/text.ts'],
  [
    '2-lib-imports-only-lib',
    'src/lib/x.ts',
    "import type { Word } from '../model/word.ts';\nexport type X = Word;\n",
    'src/model/word.ts',
  ],
  [
    '3-parts-do-not-import-parts',
    'src/survey/x.ts',
    "export type X = import('../drivers/http.ts').H;\n",
    'src/drivers/http.ts',
  ],
  [
    '3-parts-stand-on-the-ground-only',
    'src/engine/x.ts',
    "export const x = () => import('../cli/main.ts');\n",
    'src/cli/main.ts',
  ],
  [
    '3-only-surfaces-and-the-front-door-use-the-joint',
    'src/arena/x.ts',
    "export * from '../audit.ts';\n",
    'src/audit.ts',
  ],
  ['3-the-joint-knows-no-surface', 'src/audit/x.ts', "import '../cli/main.ts';\n", 'src/cli/main.ts'],
  [
    '4-probes-do-not-import-other-sections',
    'src/probes/fail-loud/x.ts',
    "export { reload } from '../persistence/reload.ts';\n",
    'src/probes/persistence/reload.ts',
  ],
  [
    '5-pure-parts-touch-no-node-module',
    'src/model/node.ts',
    "import type { Stats } from 'node:fs';\nexport type X = Stats;\n",
    'fs',
  ],
  ['5-pure-parts-touch-no-node-module', 'src/report/node.ts', "export type X = import('node:http').Server;\n", 'http'],
  [
    '5-pure-parts-touch-no-browser',
    'src/survey/page.ts',
    "import type { Page } from 'playwright-core';\nexport type X = Page;\n",
    'playwright-core/index.d.ts',
  ],
  [
    '6-surfaces-use-the-joint-report-and-ground',
    'src/mcp/x.ts',
    "import '../probes/index.ts';\n",
    'src/probes/index.ts',
  ],
  ['6-one-file-of-the-command-line-starts-mcp', 'src/cli/mcp.ts', "import '../audit.ts';\n", 'src/audit.ts'],
  ['6-surfaces-use-the-joint-report-and-ground', 'src/cli/x.ts', "import '../mcp/x.ts';\n", 'src/mcp/x.ts'],
  ['6-config-is-for-the-command-line', 'src/server/x.ts', "import '../config/load.ts';\n", 'src/config/load.ts'],
  ['7-src-imports-no-test-or-fixture', 'src/evidence/x.ts', "import '../../test/kit.ts';\n", 'test/kit.ts'],
  [
    '7-src-imports-no-test-or-fixture',
    'src/evidence/y.ts',
    "import '../probes/persistence/reload.test.ts';\n",
    'src/probes/persistence/reload.test.ts',
  ],
  ['no-unresolvable', 'src/lib/lost.ts', "import './nowhere.ts';\n", './nowhere.ts'],
];

test('a tree that keeps the law is not accused', () => {
  assert.deepEqual(breaches(sound), []);
});

test('each rule is told by name, with the two files', () => {
  const found = breaches({ ...sound, ...back, ...Object.fromEntries(breaking.map(([, file, text]) => [file, text])) });
  for (const [rule, file, , to] of breaking) {
    const told = found.filter((line) => line.startsWith(`${rule}: ${file} → `));
    assert.ok(
      told.some((line) => line.endsWith(to)),
      `${rule} did not see ${file} → ${to}:\n${found.join('\n')}`,
    );
  }
});

test('clocks, timers, network, process and randomness are found where decisions are made', () => {
  const files: Files = {
    'src/model/clock.ts': 'export const now = () => Date.now();\nexport const then = () => new Date();\n',
    'src/engine/wait.ts': 'setTimeout(() => {}, 1);\n',
    'src/probes/x/roll.ts': 'export const roll = `${Math.random()}`;\n',
    'src/survey/get.ts': "export const get = () => fetch('/');\n",
    'src/report/env.ts': 'export const home = process.env.HOME;\n',
    'src/report/given.ts': [
      '// Date.now() and fetch( in a comment',
      "export const text = 'process.exit(Math.random())';",
      'export const script = `await fetch("/")`;',
      'export const day = (at: string) => new Date(at);',
      'export interface Tab { fetch(url: string): Promise<string>; }',
      'export const ask = (tab: Tab) => tab.fetch("/");',
      "export const slash = /fetch\\(|'/;",
    ].join('\n'),
    'src/survey/injected/page.ts': 'setTimeout(() => {}, 1);\n',
    'src/probes/x/page.injected.ts': 'setTimeout(() => {}, 1);\n',
    'src/engine/wait.test.ts': 'setTimeout(() => {}, 1);\n',
    'src/drivers/time.ts': 'export const now = () => Date.now();\n',
  };
  const places = within(files, (folder) => impurities(path.join(folder, 'src'))).map((line) => line.split(': ')[0]);
  assert.deepEqual(places, [
    'src/model/clock.ts:1',
    'src/model/clock.ts:2',
    'src/survey/get.ts:1',
    'src/probes/x/roll.ts:1',
    'src/engine/wait.ts:1',
    'src/report/env.ts:1',
  ]);
});

test('blanking keeps lines and code, and no text', () => {
  const source = "a(/'/); b('x`'); // c\nconst t = `p ${q({ r: `s ${u}` })} v`; /* w\n */ y = 4 / 2 / z;";
  assert.equal(
    blankCommentsAndText(source),
    "a(/ /); b('  ');     \nconst t = `  ${q({ r: `  ${u}` })}  `;     \n    y = 4 / 2 / z;",
  );
});
