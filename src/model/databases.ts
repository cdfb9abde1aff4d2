/** Databases that variables name, as an address of one form, and how the variables name another of the same server. Pure. */
import { backendsIn, dialectOf, stemOf } from './stores.ts';

export type DatabaseKind = 'postgres' | 'mysql' | 'redis';

export interface NamedDatabase {
  readonly kind: DatabaseKind;
  /** kind://user:password@host:port/name, with the parameters that the variable gave. Redis numbers its databases: /0. */
  readonly address: string;
  /** The variable that `backendsIn` knows its server by. */
  readonly variable: string;
  /** What the variables say where another database is meant. */
  renamed(name: string): Readonly<Record<string, string>>;
}

const kinds: readonly (readonly [RegExp, DatabaseKind, number])[] = [
  [/^(pg|pgsql|postgres(ql)?)$/i, 'postgres', 5432],
  [/^(mysql2?|maria(db)?)$/i, 'mysql', 3306],
  [/^(rediss?|valkeys?)$/i, 'redis', 6379],
];
const kindOf = (word: string): DatabaseKind | undefined => kinds.find(([of]) => of.test(word))?.[1];
const portOf = (kind: DatabaseKind): number => kinds.find(([, of]) => of === kind)?.[2] ?? 0;

/** Databases on this machine that could be copied. */
export function databasesIn(variables: Variables, tunnels: readonly string[] = []): NamedDatabase[] {
  return backendsIn(variables, tunnels).flatMap(({ variable, here }) => {
    if (!here) return [];
    const found = byAddress(variable, variables) ?? byParts(variable, variables);
    return found ? [{ ...found, variable }] : [];
  });
}

type Found = Omit<NamedDatabase, 'variable'>;
type Variables = Readonly<Record<string, string | undefined>>;

/** One variable that holds the whole address; what a library puts before or into its protocol (jdbc:, +psycopg2) is left out. */
function byAddress(variable: string, variables: Variables): Found | undefined {
  const value = variables[variable]?.trim() ?? '';
  const [, before = '', protocol = '', driver = '', rest = ''] =
    /^(jdbc:)?([a-z]\w*?)(\+\w+)?(:\/\/.*)$/i.exec(value) ?? [];
  const kind = kindOf(protocol);
  const url = kind && URL.parse(`${protocol}${rest}`);
  if (!kind || !url?.hostname) return undefined;
  const name = url.pathname.slice(1);
  if (!name && kind !== 'redis') return undefined;
  const user = variable.replace(/(JDBC_)?(URL|URI|DSN)$/, '');
  if (!url.username) url.username = encodeURIComponent(variables[`${user}USERNAME`] ?? variables[`${user}USER`] ?? '');
  if (!url.password) url.password = encodeURIComponent(variables[`${user}PASSWORD`] ?? '');
  const address = new URL(`${protocol === 'rediss' ? 'rediss' : kind}${url.href.slice(url.protocol.length - 1)}`);
  address.port ||= String(portOf(kind));
  // Two names of this machine are one server.
  if (address.hostname.endsWith('localhost')) address.hostname = '127.0.0.1';
  if (kind === 'redis') address.pathname = `/${url.searchParams.get('db') ?? (name || 0)}`;
  return {
    kind,
    address: address.href,
    renamed(other) {
      const to = URL.parse(`${protocol}${rest}`) as URL;
      to.pathname = `/${other}`;
      if (to.searchParams.has('db')) to.searchParams.set('db', other);
      return { [variable]: `${before}${protocol}${driver}${to.href.slice(to.protocol.length - 1)}` };
    },
  };
}

/** A family of variables: DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD; PGHOST and its kin; REDIS_HOST and REDIS_DB. */
function byParts(variable: string, variables: Variables): Found | undefined {
  const stem = stemOf(variable);
  if (stem === undefined) return undefined;
  const one = (...ends: string[]): string | undefined =>
    ends.map((end) => stem + end).find((name) => variables[name]?.trim());
  const said = (...ends: string[]): string => variables[one(...ends) ?? '']?.trim() ?? '';
  const port = Number(said('PORT', 'TCP_PORT')) || undefined;
  const kind =
    kindOf(stem.replace(/_$/, '')) ??
    kindOf(dialectOf(stem, variables)) ??
    kinds.find(([, , usual]) => usual === port)?.[1];
  const named = one('DATABASE', 'NAME', 'DB', 'DBNAME', 'DB_NAME', 'DATABASE_NAME');
  if (!kind || !named) return undefined;
  const host = variables[variable]?.trim() ?? '';
  const [user, password, name] = [
    said('USER', 'USERNAME'),
    said('PASSWORD', 'PASS', 'PASSWD', 'PWD'),
    variables[named]?.trim() ?? '',
  ].map(encodeURIComponent);
  const who = user || password ? `${user}:${password}@` : '';
  return {
    kind,
    address: new URL(`${kind}://${who}${/localhost$/.test(host) ? '127.0.0.1' : host}:${port ?? portOf(kind)}/${name}`)
      .href,
    renamed: (other) => ({ [named]: other }),
  };
}
