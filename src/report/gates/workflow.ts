/** The workflow that runs a suite on GitHub, with the servers of the stores that the app was seen to use. */
import { quote } from '../../model/quote.ts';
import type { Run } from '../../model/run.ts';
import type { Start } from './around.ts';
import { observed, type Ways } from './ways.ts';

type Kind = 'postgres' | 'mysql' | 'redis';

interface Service {
  readonly image: string;
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
  readonly health: string;
  /** The address that a variable of the app gets. */
  readonly address: string;
}

/** Their data goes with the job, so that the password guards nothing. */
const services: Readonly<Record<Kind, Service>> = {
  postgres: {
    image: 'postgres:17',
    port: 5432,
    env: { POSTGRES_PASSWORD: 'postgres', POSTGRES_DB: 'app' },
    health: 'pg_isready',
    address: 'postgres://postgres:postgres@localhost:5432/app',
  },
  mysql: {
    image: 'mysql:8.4',
    port: 3306,
    env: { MYSQL_ROOT_PASSWORD: 'mysql', MYSQL_DATABASE: 'app' },
    health: 'mysqladmin ping -pmysql',
    address: 'mysql://root:mysql@127.0.0.1:3306/app',
  },
  redis: { image: 'redis:7', port: 6379, env: {}, health: 'redis-cli ping', address: 'redis://localhost:6379/0' },
};
const kinds = Object.keys(services) as Kind[];

/** By the ports of the servers that took its writes or were looked into, and by what its variables are called. */
export function storesOf(run: Run): Kind[] {
  const { places = [], silent = [] } = (observed(run, 'persistence/store') ?? {}) as {
    places?: readonly { path: string; where: string }[];
    silent?: readonly string[];
  };
  const seen = [...places.filter(({ where }) => where === 'server').map(({ path }) => path), ...silent];
  const names = (run.target.start ?? []).flatMap(({ env }) => env);
  const called: Readonly<Record<Kind, RegExp>> = {
    postgres: /^PG|POSTGRES/,
    mysql: /MYSQL|MARIADB/,
    redis: /REDIS|VALKEY/,
  };
  return kinds.filter(
    (kind) =>
      seen.some((path) => path.endsWith(`:${services[kind].port}`)) || names.some((name) => called[kind].test(name)),
  );
}

/** What a variable of the app is set to: where a store is; undefined where that is the reader's to say. */
function setTo(name: string, stores: readonly Kind[]): string | undefined {
  const kind = stores.find((one) => (one === 'redis') === /REDIS|VALKEY/.test(name));
  if (!kind) return undefined;
  const { port, address } = services[kind];
  const url = new URL(address.replace(/^\w+/, 'http'));
  if (/(DATABASE|DB|POSTGRES\w*|PG|MYSQL|MARIADB|REDIS|VALKEY)_?(URL|URI|DSN)$/.test(name)) return address;
  const [, part] =
    /^(?:PG|POSTGRES_?|MYSQL_?|MARIADB_?|DB_?|DATABASE_?|REDIS_?|VALKEY_?)(HOST|PORT|USER(?:NAME)?|PASS(?:WORD)?|NAME|DB|DATABASE)$/.exec(
      name,
    ) ?? [];
  if (part === 'HOST') return url.hostname;
  if (part === 'PORT') return String(port);
  if (part?.startsWith('USER')) return url.username || undefined;
  if (part?.startsWith('PASS')) return url.password || undefined;
  return part ? url.pathname.slice(1) : undefined;
}

/** `folder`: of the suite, as seen from the root of the repository. */
export function workflow(run: Run, ways: Ways, starts: readonly Start[], folder: string, restarts: boolean): string {
  const api = ways.facts.kind === 'api';
  const stores = starts.length ? storesOf(run) : [];
  const named = [...new Set(starts.flatMap(({ env }) => env))].filter((name) => /^[A-Za-z_]\w*$/.test(name));
  const usual = stores.filter((kind) => !named.some((name) => setTo(name, stores) === services[kind].address));
  const variables: [string, string][] = [
    ...named.map((name): [string, string] => {
      const value = setTo(name, stores);
      return [name, value === undefined ? `\${{ secrets.${name} }}` : quote(value)];
    }),
    ...usual
      .map((kind): [string, string] => [kind === 'redis' ? 'REDIS_URL' : 'DATABASE_URL', quote(services[kind].address)])
      .filter(([name]) => !named.includes(name)),
    ...(starts.length ? [] : ([['BASE_URL', '${{ inputs.address }}']] as [string, string][])),
    ...secretsOf(ways).map((name): [string, string] => [name, `\${{ secrets.${name} }}`]),
  ];
  const node = starts.some(({ run: command }) => /\b(npm|npx|node|pnpm|yarn|bun)\b/.test(command));
  return `# Tests that were written by \`plummet gates\`: see ${folder}/README.md. They need no Plummet.
name: What is kept
on:
${
  starts.length
    ? `  push:
  pull_request:
`
    : `  # The run had no start command: where the app runs is given. Add push once a step below starts it.
  workflow_dispatch:
    inputs:
      address:
        description: Where the app runs
        required: true
        default: ${quote(ways.origin)}
`
}permissions:
  contents: read
jobs:
  kept:
    runs-on: ubuntu-latest
    timeout-minutes: 30
${stores.length ? `    services:\n${stores.map(serviceOf).join('')}` : ''}${variables.length ? `    env:\n${variables.map(([name, value]) => `      ${name}: ${value}\n`).join('')}` : ''}    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
${
  starts.length
    ? node
      ? '      - run: if [ -f package-lock.json ]; then npm ci; elif [ -f package.json ]; then npm install; fi\n'
      : '      # What the app itself needs (its language, its packages, its tables) is installed here.\n'
    : ''
}${
  api
    ? `      - run: node --test ${quote(`${folder}/kept.test.mjs`)}
`
    : `      - run: npm install --no-save @playwright/test && npx playwright install --with-deps chromium
      - run: npx playwright test --config ${quote(folder)}
`
}${restarts ? `      - run: ${api ? `node --test ${quote(`${folder}/restart.test.mjs`)}` : `npx playwright test --config ${quote(`${folder}/restart.config.mjs`)}`}\n        if: always()\n` : ''}`;
}

/** What the tests read of an account that is not made by them. */
export const secretsOf = ({ whose }: Ways): readonly string[] =>
  whose === 'given' ? ['E2E_USER', 'E2E_PASSWORD'] : whose === 'headers' ? ['E2E_HEADERS'] : [];

function serviceOf(kind: Kind): string {
  const { image, port, env, health } = services[kind];
  const variables = Object.entries(env).map(([name, value]) => `          ${name}: ${value}\n`);
  return `      ${kind}:
        image: ${image}
${variables.length ? `        env:\n${variables.join('')}` : ''}        ports: ['${port}:${port}']
        options: --health-cmd "${health}" --health-interval 5s --health-timeout 5s --health-retries 20
`;
}
