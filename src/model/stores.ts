/** What an app's environment says of where it keeps its data and whom it asks. Pure. */
import { reachOf } from '../lib/reach.ts';

export interface Backend {
  /** Name of the variable that names it. */
  readonly variable: string;
  readonly host: string;
  /** Undefined where it is not named and not usual for its kind. */
  readonly port?: number;
  /** On this machine, as far as its name tells: other names may lead anywhere. */
  readonly here: boolean;
}

const protocols =
  /^(postgres(ql)?|mysql2?|mariadb|mongodb(\+srv)?|rediss?|valkeys?|amqps?|libsql|wss?|sqlserver|mssql|oracle|cockroachdb|nats|kafka|memcached?|couchbases?|cassandra|clickhouse|bolt|neo4j(\+s)?|prisma(\+postgres)?)(\+\w+)?:$/;
/** Hosted stores speak http; so do the app's own addresses and what it only links to, which are no store. */
const hosted =
  /supabase|firebase|appwrite|pocketbase|hasura|turso|upstash|neon|planetscale|convex|couch|elastic|opensearch|algolia|meili|typesense|qdrant|pinecone|weaviate|airtable|dynamo|s3_|_s3|minio|backend|graphql|api_(base_)?url|api_host|store|database|db_/i;
const hostNames =
  /^(PG|MYSQL_?|MARIADB_?|POSTGRES(QL)?_?|(\w+_)?DB_?|(\w+_)?DATABASE_?|MONGO(DB)?_?|REDIS_?|VALKEY_?|ELASTIC\w*_)HOST(ADDR|NAME)?$|^(DB|DATABASE)_SERVER$/i;

/** Stores and backends that the variables name, none of them here that one of the tunnels leads away from: addresses of databases and queues, hosts in variables of their own, hosted stores. */
export function backendsIn(
  variables: Readonly<Record<string, string | undefined>>,
  tunnels: readonly string[] = [],
): Backend[] {
  return Object.entries(variables).flatMap(([variable, value]) => {
    const found = endIn(variable, value?.trim() ?? '', variables);
    if (!found) return [];
    const led = tunnels.some((end) => end === found.host || end === `${found.host}:${found.port}`);
    return [{ variable, ...found, here: isHere(found.host) && !led }];
  });
}

function endIn(
  variable: string,
  value: string,
  variables: Readonly<Record<string, string | undefined>>,
): { host: string; port?: number } | undefined {
  if (hostNames.test(variable) && /^[\w.-]+$/.test(value)) {
    const stem = stemOf(variable) ?? '';
    const port = Number(variables[`${stem}PORT`] ?? usual(stem) ?? usual(dialectOf(stem, variables)));
    return { host: value, ...(port ? { port } : {}) };
  }
  const url = URL.parse(value.replace(/^jdbc:/, ''));
  const host = url && hostOf(url);
  // postgres:///db has no host, and means this machine.
  if (!url || !host || !(protocols.test(url.protocol) || (/^https?:$/.test(url.protocol) && hosted.test(variable))))
    return undefined;
  const port = Number(url.port) || usual(url.protocol);
  return { host, ...(port ? { port } : {}) };
}

/** What the names of a family of variables begin with, by the one that names the host: DB_ of DB_HOST. */
export const stemOf = (variable: string): string | undefined => /^(.*?)(HOST(ADDR|NAME)?|SERVER)$/i.exec(variable)?.[1];
/** What kind of database another variable of that family says it is; '' where none does. */
export const dialectOf = (stem: string, variables: Readonly<Record<string, string | undefined>>): string =>
  ['CONNECTION', 'DIALECT', 'CLIENT', 'TYPE', 'DRIVER', 'ENGINE']
    .map((end) => /postgres(ql)?|pgsql|mysql|mariadb/i.exec(variables[stem + end] ?? '')?.[0])
    .find((found) => found !== undefined) ?? '';

const ports: readonly (readonly [RegExp, number])[] = [
  [/^(pg|postgres)/i, 5432],
  [/^(mysql|mariadb)/i, 3306],
  [/^(redis|valkey)/i, 6379],
  [/^mongo/i, 27_017],
  [/^amqp/i, 5672],
  [/^(mssql|sqlserver)/i, 1433],
  [/^https:/, 443],
  [/^http:/, 80],
];
/** The port that a protocol, or a store called so, has where none is named. */
const usual = (name: string): number | undefined => ports.find(([of]) => of.test(name))?.[1];

const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '').toLowerCase();

/** A name of this machine's own, as far as the name tells. */
export function isHere(host: string): boolean {
  if (host === 'localhost' || host.endsWith('.localhost') || host.startsWith('/')) return true;
  return /^[\d.]+$|:/.test(host) && reachOf(host) === 'loopback';
}

export interface StoreFile {
  readonly variable: string;
  /** Absolute. */
  readonly path: string;
}

const fileAddress = /^(?:(?:jdbc:)?(?:file|sqlite3?|libsql|duckdb|better-sqlite3):)?\/*(\/[^?#]+)/i;
const storeName = /data|store|storage|db|database|sqlite|upload|state|persist|media/i;
const storeEnd = /\.(db3?|sqlite3?|json|jsonl|ndjson|csv|mdb|duckdb|ya?ml)$/i;
/** Of the machine and its tools, never of an app. */
const machine =
  /^(PATH|PWD|OLDPWD|HOME|SHELL|TMPDIR|TEMP|TMP|USER|LOGNAME|XDG_\w+|DBUS_\w+|SSH_\w+|npm_\w+|NODE_\w+|NVM_\w+|JAVA_HOME|LD_\w+|PYTHON\w*|VIRTUAL_ENV|DISPLAY|XAUTHORITY|INIT_CWD|_)$/;

/** Files and folders, named by their whole path, in which the variables say that data is kept. */
export function storeFilesIn(variables: Readonly<Record<string, string | undefined>>): StoreFile[] {
  return Object.entries(variables).flatMap(([variable, value]) => {
    const path = fileAddress.exec(value?.trim() ?? '')?.[1]?.replace(/\/+$/, '');
    if (!path || machine.test(variable) || path.includes(':')) return [];
    return storeEnd.test(path) || storeName.test(variable) ? [{ variable, path }] : [];
  });
}
