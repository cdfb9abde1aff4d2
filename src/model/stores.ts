/** What an app's environment says of where it keeps its data and whom it asks. Pure. */
import { reachOf } from '../lib/reach.ts';

export interface Backend {
  /** Name of the variable that names it. */
  readonly variable: string;
  readonly host: string;
  /** On this machine, as far as its name tells: other names may lead anywhere. */
  readonly here: boolean;
}

const protocols =
  /^(postgres(ql)?|mysql2?|mariadb|mongodb(\+srv)?|rediss?|valkeys?|amqps?|libsql|wss?|sqlserver|mssql|oracle|cockroachdb|nats|kafka|memcached?|couchbases?|cassandra|clickhouse|bolt|neo4j(\+s)?|prisma(\+postgres)?):$/;
/** Hosted stores speak http; so do the app's own addresses and what it only links to, which are no store. */
const hosted =
  /supabase|firebase|appwrite|pocketbase|hasura|turso|upstash|neon|planetscale|convex|couch|elastic|opensearch|algolia|meili|typesense|qdrant|pinecone|weaviate|airtable|dynamo|s3_|_s3|minio|backend|graphql|api_(base_)?url|api_host|store|database|db_/i;
const hostNames =
  /^(PG|MYSQL_?|MARIADB_?|POSTGRES_?|DB_?|DATABASE_?|MONGO(DB)?_?|REDIS_?|ELASTIC\w*_)HOST(ADDR)?$|^(DB|DATABASE)_SERVER$/i;

/** Stores and backends that the variables name: addresses of databases and queues, hosts in variables of their own, hosted stores. */
export function backendsIn(variables: Readonly<Record<string, string | undefined>>): Backend[] {
  return Object.entries(variables).flatMap(([variable, value]) => {
    const host = hostIn(variable, value?.trim() ?? '');
    return host ? [{ variable, host, here: isHere(host) }] : [];
  });
}

function hostIn(variable: string, value: string): string | undefined {
  if (hostNames.test(variable) && /^[\w.-]+$/.test(value)) return value;
  const url = URL.parse(value) ?? URL.parse(value.replace(/^jdbc:/, ''));
  if (!url) return undefined;
  // postgres:///db has no host, and means this machine.
  if (protocols.test(url.protocol)) return hostOf(url) || undefined;
  return /^https?:$/.test(url.protocol) && hosted.test(variable) ? hostOf(url) : undefined;
}

const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '').toLowerCase();

function isHere(host: string): boolean {
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
