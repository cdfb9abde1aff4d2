/** Secrets in what an app answers: told by their form, by what the member is called that holds them, and by what we know of our own accounts. Pure. */

export interface Spill {
  /** In words: a password hash (bcrypt), a private key. */
  readonly what: string;
  /** In full: it goes no further than to what hides it. */
  readonly secret: string;
}

const hash = 'a password hash';
/** What has this form is nothing else. */
export const forms: readonly { readonly what: string; readonly of: RegExp }[] = [
  { what: `${hash} (bcrypt)`, of: /\$2[abxy]\$\d\d\$[./A-Za-z0-9]{53}/ },
  {
    what: `${hash} (argon2)`,
    of: /\$argon2(?:id|i|d)\$v=\d+\$m=\d+,t=\d+,p=\d+\$[A-Za-z0-9+/]{8,}\$[A-Za-z0-9+/]{16,}/,
  },
  {
    what: `${hash} (pbkdf2)`,
    of: /\bpbkdf2[_:]sha\d+[:$]\d+\$[^\s$"'<]{4,}\$[A-Za-z0-9+/=]{20,}|\$pbkdf2-sha\d+\$\d+\$[A-Za-z0-9./]{8,}\$[A-Za-z0-9./]{20,}/,
  },
  {
    what: `${hash} (scrypt)`,
    of: /\bscrypt:\d+:\d+:\d+\$[^\s$"'<]{4,}\$[0-9a-f]{32,}|\$scrypt\$ln=\d+,r=\d+,p=\d+\$[A-Za-z0-9+/]{8,}\$[A-Za-z0-9+/]{20,}/,
  },
  {
    what: `${hash} (crypt)`,
    of: /\$[156]\$(?:rounds=\d+\$)?[./A-Za-z0-9]{4,16}\$(?:[./A-Za-z0-9]{86}|[./A-Za-z0-9]{43}|[./A-Za-z0-9]{22})(?![./A-Za-z0-9])/,
  },
  {
    what: 'a private key',
    of: /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY(?: BLOCK)?-----(?:\\r|\\n|\s)+[A-Za-z0-9+/=:\- ]{40,}/,
  },
  { what: 'a key of Stripe', of: /\b[sr]k_live_[A-Za-z0-9]{16,}/ },
  // In a signed address it is the name of a key, and no secret.
  {
    what: 'a key of AWS',
    of: /(?<!AWSAccessKeyId(?:=|%3D|"\s*:\s*"|"\s+value="))\bAKIA(?!\w*EXAMPLE)[0-9A-Z]{16}\b(?!(?:%2F|\/)\d{8})/,
  },
  { what: 'a token of GitHub', of: /\bgh[pousr]_[A-Za-z0-9]{36,}/ },
  { what: 'a token of Slack', of: /\bxox[abp]-\d{6,}-[\w-]{20,}/ },
  { what: 'a secret key of Supabase', of: /\bsb_secret_[\w-]{20,}/ },
  { what: 'a key of a model provider', of: /\bsk-(?:proj-|ant-)?(?=[\w-]*\d)(?=[\w-]*[A-Z])[\w-]{32,}/ },
];

/** passwordHash, hashed_password, password_digest, encryptedPassword, pwd_hash and their kin. */
const hashName =
  /^_?(hashed?_?(pass(word|wd|code|phrase)?|pwd?)|(pass(word|wd|code|phrase)?|pwd?)_?(hash(ed)?|digest|crypt|encrypted)|encrypted_?password)$/i;
const passwordName = /^(user_?)?(password|passwd|pwd|pass|passphrase)$/i;
/** A bare digest, with a salt before or behind it or without. */
const digest =
  /^([\w+/=.-]{4,64}[:$.])?([0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})([:$.][\w+/=.-]{4,64})?$/i;
const masked = /^[*•.x#-]+$/i;

/**
 * What an answer holds that no answer should. `ours`: passwords of accounts that we made; `typed`: others that we were given and typed, which an
 * app may show to everybody.
 */
export function spillsIn(answer: string, ours: Iterable<string>, typed: ReadonlySet<string>): Spill[] {
  const text = answer.replaceAll('\\"', '"').replaceAll('\\/', '/');
  const found: Spill[] = [];
  for (const { what, of } of forms) {
    const secret = of.exec(text)?.[0];
    if (secret) found.push({ what, secret });
  }
  for (const password of ours)
    for (const form of [password, JSON.stringify(password).slice(1, -1), encodeURIComponent(password)])
      if (text.includes(form)) {
        found.push({ what: 'a password in the clear', secret: form });
        break;
      }
  for (const [, name = '', value = ''] of text.matchAll(/"(\w{2,40})"\s*:\s*"([^"\\\s]{8,400})"/g)) {
    if (masked.test(value) || found.some((one) => value.includes(one.secret))) continue;
    if (hashName.test(name) && value.length >= 16) found.push({ what: `${hash} (in “${name}”)`, secret: value });
    else if (passwordName.test(name) && digest.test(value))
      found.push({ what: `${hash} (in “${name}”)`, secret: value });
  }
  const record = passwordIn(answer, typed);
  if (record && !found.some((one) => record.includes(one.secret)))
    found.push({ what: 'a password in the clear', secret: record });
  for (const [token] of text.matchAll(/\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/g))
    if (roleOf(token) === 'service_role')
      found.push({ what: 'a token that is above all rules (service_role)', secret: token });
  return found;
}

/** What only a record has, as no form and no example of one: a name or a time of its own. */
const rowName = /^(_?id|user_?id|uuid|pk|(created|updated|joined)(_?(at|on))?)$/i;
/** Members that describe what an answer may hold. */
const descriptive = /^(examples?|defaults?|schemas?|mocks?|placeholders?)$/i;

/** Of a record of somebody, with an address and what makes it a record: its password, where that is no word about it. */
function passwordIn(answer: string, typed: ReadonlySet<string>): string | undefined {
  if (!/"(user_?)?(password|passwd|pwd|passphrase)"/i.test(answer)) return undefined;
  const walk = (value: unknown): string | undefined => {
    if (typeof value !== 'object' || value === null) return undefined;
    const entries = Object.entries(value);
    const named = entries.find(([key, v]) => passwordName.test(key) && typeof v === 'string');
    const password = named ? String(named[1]) : '';
    const addressed = entries.some(([, v]) => typeof v === 'string' && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(v));
    // A word in its place is the heading of a column.
    const isRow = entries.some(([key, v]) => rowName.test(key) && /\d/.test(typeof v === 'object' ? '' : String(v)));
    if (
      addressed &&
      isRow &&
      /^\S{4,}$/.test(password) &&
      !masked.test(password) &&
      !password.includes('@') &&
      !typed.has(password)
    )
      return password;
    for (const [key, inner] of entries) {
      const deep = descriptive.test(key) ? undefined : walk(inner);
      if (deep) return deep;
    }
    return undefined;
  };
  try {
    return walk(JSON.parse(answer));
  } catch {
    return undefined;
  }
}

function roleOf(token: string): unknown {
  try {
    return (JSON.parse(atob((token.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/'))) as { role?: unknown })
      .role;
  } catch {
    return undefined;
  }
}

/** Passwords that a request carries: members of JSON and fields of a form that are called so. */
export function passwordsSent(body: string): string[] {
  const json = [...body.matchAll(/"\w*pass\w*"\s*:\s*"((?:[^"\\]|\\.){4,200})"/gi)].map(([, value = '']) => value);
  const form = [...body.matchAll(/(?:^|&)\w*pass\w*=([^&]{4,200})/gi)].map(([, value = '']) => {
    try {
      return decodeURIComponent(value.replaceAll('+', ' '));
    } catch {
      return value;
    }
  });
  return [...json, ...form];
}

/** What cookies are called by which somebody is known. Others say what is remembered of them: an id, an address, a place. */
const sessionName = /sess|sid$|sid[^a-z]|token|auth(?!or(?!i))|jwt|remember|connect/i;

/** What a request says who one is by: a token, or cookies that are called and look so. */
export function sessionsIn(headers: Readonly<Record<string, string>>): string[] {
  const bearer = /^\w+\s+(\S+)$/.exec(headers['authorization'] ?? '')?.[1];
  const cookies = (headers['cookie'] ?? '').split(';').flatMap((pair) => {
    const [name = '', ...value] = pair.split('=');
    return sessionName.test(name) && !/[@/]|%40/.test(value.join('=')) ? value.join('=').trim() : [];
  });
  return [...(bearer ? [bearer] : []), ...cookies].filter((value) => value.length >= 16);
}

/** The first three characters and the length: enough to know it again. */
export const inShort = (secret: string): string => `${secret.slice(0, 3)}… ${secret.length} characters`;
