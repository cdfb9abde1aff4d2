/** The law of imports of docs/architecture.md. Type-only imports count: a type is knowledge too. */

const part = '(config|drivers|actors|arena|survey|probes|engine|evidence|report)';
const surface = '(cli|mcp|server|fleet)';
const test = '\\.test\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    // 1. In a cycle no file can be understood, tested or replaced alone.
    { name: '1-no-cycles', severity: 'error', from: {}, to: { circular: true } },

    // 2. The ground carries everything, so it may lean on nothing. `lib` has no word of the domain in it.
    {
      name: '2-model-imports-only-model-and-lib',
      severity: 'error',
      from: { path: '^src/model/', pathNot: test },
      to: { path: '^src/', pathNot: '^src/(model|lib)/' },
    },
    {
      name: '2-lib-imports-only-lib',
      severity: 'error',
      from: { path: '^src/lib/', pathNot: test },
      to: { path: '^src/', pathNot: '^src/lib/' },
    },

    // 3. Parts meet in the joint alone; a part that knows a sibling cannot be faked, moved or run without it.
    {
      name: '3-parts-do-not-import-parts',
      severity: 'error',
      from: { path: `^src/${part}/` },
      to: { path: `^src/${part}/`, pathNot: '^src/$1/' },
    },
    {
      name: '3-parts-stand-on-the-ground-only',
      severity: 'error',
      from: { path: `^src/${part}/` },
      to: { path: '^src/', pathNot: ['^src/(model|lib)/', `^src/${part}/`] },
    },
    {
      name: '3-only-surfaces-and-the-front-door-use-the-joint',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/audit(\\.ts$|\\.test\\.ts$|/)', '^src/index\\.ts$', `^src/${surface}/`] },
      to: { path: '^src/(audit(\\.ts$|/)|index\\.ts$)' },
    },
    {
      name: '3-the-joint-knows-no-surface',
      severity: 'error',
      from: { path: '^src/audit(\\.ts$|/)' },
      to: { path: [`^src/${surface}/`, '^src/index\\.ts$'] },
    },

    // 4. A probe is read, run and thrown away alone. What two of them need is in _shared, with a name of its own.
    {
      name: '4-probes-do-not-import-other-sections',
      severity: 'error',
      from: { path: '^src/probes/([^/]+)/' },
      to: { path: '^src/probes/', pathNot: ['^src/probes/$1/', '^src/probes/_shared/'] },
    },

    // 5. What decides must give the same answer tomorrow: no world but that on the context. See scripts/purity.ts too.
    {
      name: '5-pure-parts-touch-no-node-module',
      severity: 'error',
      from: {
        path: '^src/(model|survey|probes|engine|report)/',
        pathNot: [test, '/injected/', '\\.injected\\.ts$'],
      },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: '5-pure-parts-touch-no-browser',
      severity: 'error',
      from: { path: '^src/(model|survey|probes|engine|report)/' },
      to: { path: '(^|/)(playwright-core|playwright|@sparticuz/chromium)(/|$)' },
    },

    // 6. A surface shows and asks. What it could do by a back door, the library could not do.
    {
      name: '6-surfaces-use-the-joint-report-and-ground',
      severity: 'error',
      from: { path: `^src/${surface}/`, pathNot: '^src/cli/mcp\\.ts$' },
      to: { path: '^src/', pathNot: ['^src/(model|lib|report|config|audit)/', '^src/audit\\.ts$', '^src/$1/'] },
    },
    // `plummet mcp` starts another surface, and gives it what the commands do: the interface is that surface's own (src/mcp/desk.ts).
    {
      name: '6-one-file-of-the-command-line-starts-mcp',
      severity: 'error',
      from: { path: '^src/cli/mcp\\.ts$' },
      to: { path: '^src/', pathNot: ['^src/(model|lib|report|config|mcp|cli)/'] },
    },
    {
      name: '6-config-is-for-the-command-line',
      severity: 'error',
      from: { path: '^src/(mcp|server|fleet)/' },
      to: { path: '^src/config/' },
    },

    // 7. What is shipped must not need what is not.
    {
      name: '7-src-imports-no-test-or-fixture',
      severity: 'error',
      from: { path: '^src/', pathNot: test },
      to: { path: ['^(test|fixtures|examples|bench|scripts)/', test] },
    },

    // An import that leads nowhere escapes every other rule.
    { name: 'no-unresolvable', severity: 'error', from: { path: '^src/' }, to: { couldNotResolve: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
