import type { Sent } from './browser.ts';

/** A backend that somebody runs for many apps, told by what a page asked of it. */
export interface Hosted {
  readonly name: string;
  /** As in an address: with a port where it is not the usual one. */
  readonly host: string;
  /** What stands for it on this machine, in words. */
  readonly here?: string;
}

interface Service {
  readonly name: string;
  /** Names of hosts that are this service and no other. */
  readonly hosts: RegExp;
  /** Paths that only it has, wherever it runs. */
  readonly paths?: RegExp;
  readonly here?: string;
}

/** From what the services publish of their addresses and of local development. */
const services: readonly Service[] = [
  {
    name: 'Supabase',
    hosts: /\.supabase\.(co|in)$/,
    paths: /^\/(auth\/v1\/(signup|token|user|otp)|realtime\/v1\/websocket)$/,
    here: 'supabase start, then --backend 127.0.0.1:54321',
  },
  {
    name: 'Firebase',
    hosts:
      /^(firestore|identitytoolkit|securetoken|firebasestorage)\.googleapis\.com$|\.(firebaseio\.com|firebasedatabase\.app)$/,
    paths:
      /^\/((identitytoolkit|securetoken)\.googleapis\.com\/v\d|google\.firestore\.v\d\.|v\d\/projects\/[^/]+\/databases\/[^/]+\/documents)/,
    here: 'firebase emulators:start, then --backend 127.0.0.1:8080 and --backend 127.0.0.1:9099',
  },
  {
    name: 'Appwrite',
    hosts: /^(cloud|[\w-]+\.cloud)\.appwrite\.io$/,
    paths: /^\/v1\/(account\/sessions\/\w+|databases\/[^/]+\/collections\/[^/]+\/documents)/,
  },
  {
    name: 'PocketBase',
    hosts: /\.pockethost\.io$/,
    paths: /^\/api\/collections\/[^/]+\/(records|auth-with-password|auth-refresh)/,
    here: 'pocketbase serve, then --backend 127.0.0.1:8090',
  },
  {
    name: 'Convex',
    hosts: /\.convex\.(cloud|site)$/,
    here: 'a local deployment of npx convex dev, then --backend 127.0.0.1:3210',
  },
  { name: 'Nhost', hosts: /\.nhost\.run$/ },
  { name: 'Hasura', hosts: /\.hasura\.app$/ },
  { name: 'AppSync', hosts: /\.appsync-(realtime-)?api\.[\w-]+\.amazonaws\.com$/ },
  { name: 'Cognito', hosts: /^cognito-idp\.[\w-]+\.amazonaws\.com$/ },
  { name: 'Back4App', hosts: /^parseapi\.back4app\.com$|\.b4a\.io$/ },
  { name: 'InstantDB', hosts: /^api\.instantdb\.com$/ },
  { name: 'Airtable', hosts: /^api\.airtable\.com$/ },
];

/** The first hosted backend that pages asked and were not let. Of what goes through TLS only the host is known. */
export function hostedIn(traffic: readonly Pick<Sent, 'url' | 'error'>[]): Hosted | undefined {
  for (const { url, error } of traffic) {
    const asked = error?.startsWith('not allowed') ? URL.parse(url) : null;
    const service = asked && services.find((s) => s.hosts.test(asked.hostname) || s.paths?.test(asked.pathname));
    if (service) return { name: service.name, host: asked.host, ...(service.here ? { here: service.here } : {}) };
  }
  return undefined;
}

/** The hosted backend that pages did ask, wherever it runs: told by paths that it alone has. */
export function spokenTo(
  traffic: readonly Pick<Sent, 'url'>[],
): { readonly name: string; readonly host: string } | undefined {
  for (const { url } of traffic) {
    const asked = URL.parse(url);
    const service = asked && services.find((s) => s.hosts.test(asked.hostname) || s.paths?.test(asked.pathname));
    if (service) return { name: service.name, host: asked.host };
  }
  return undefined;
}

/** What the survey learned of it: hosts that were written to and not let, and a service that was asked and not let. */
interface KeptFacts {
  readonly keptBack?: readonly string[];
  readonly hosted?: Hosted;
}

interface Kept {
  readonly host: string;
  readonly because: string;
  readonly wants: string;
}

/** The backend that pages were kept from, why that was, and what it would take. Undefined where they were kept from none. */
export function keptFrom({ keptBack = [], hosted }: KeptFacts): Kept | undefined {
  const [host] = keptBack;
  if (host)
    return {
      host,
      because: `the page writes to ${host}${hosted?.host === host ? ` (by its paths: ${hosted.name})` : ''}, which is not the address that was given, so it was kept back`,
      wants: `--backend ${host}, if that is the app's own`,
    };
  return (
    hosted && {
      host: hosted.host,
      because: `the page works with ${hosted.host} (${hosted.name}), a backend on the public network: nothing is asked of it or written to it`,
      wants: hosted.here
        ? `the app pointed at ${hosted.name} on this machine: ${hosted.here}`
        : 'the app pointed at a backend on this machine in its place, then --backend host:port',
    }
  );
}
