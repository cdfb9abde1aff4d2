/** What seeds, fixtures, migrations and variables tell of a way in: names and plain passwords that stand together. */
import { inProse } from './prose.ts';
import { isCode, isEmail, isPassword, isUser, known, type Published, service } from './words.ts';

const passwordName =
  '[\\w$-]*?(?:password|passwd|passwort|passcode|pass_?phrase|plain_?pass|pwd|senha|contrase(?:ñ|n)a|clave|mot_?de_?passe|kennwort|wachtwoord|haslo|sifre|密码|パスワード)(?:_?hash|_?digest|_?plain|_?text)?|(?:[\\w$]+_)?pass|[a-z]+Pass';
const userName =
  '[\\w$-]*?(?:e_?mail|user_?name|user_?id|login|benutzer(?:name)?|usuario|utilisateur|utente|gebruiker|correo|account_?name|super_?user)|(?:[\\w$]+_)?user|[a-z]+User';
/** The default of a variable counts: what was not set is that. */
const fallback =
  '(?:(?:process\\.env|import\\.meta\\.env)(?:\\.\\w+|\\[["\'`]\\w+["\'`]\\])\\s*(?:\\|\\||\\?\\?)\\s*|(?:os\\.(?:environ\\.get|getenv)|getenv|env|config|environ\\.get|ENV\\.fetch)\\(\\s*["\'`]\\w+["\'`]\\s*,\\s*|\\$?_?ENV\\[["\']\\w+["\']\\]\\s*(?:\\|\\||\\?\\?)\\s*)?';
const hashing =
  '(?:(?:await\\s+)?[\\w$.:\\\\]*(?:hash|crypt|make_?password|encode|digest|scrypt|argon)[\\w$.]*\\(\\s*(?:b(?=["\'])|\\[\\]byte\\(\\s*)?)?';
const literal = '(?:"((?:[^"\\\\\\n]){1,80})"|\'([^\'\\\\\\n]{1,80})\'|`([^`\\\\\\n]{1,80})`)';
const assigned = (name: string): RegExp =>
  new RegExp(
    `(?<![\\w$.-])["'\`]?(?<name>(?:[\\w$]+(?:\\.|->))*?(?:${name}))["'\`]?\\]?\\s*(?:===?|=>|:=|:|=)\\s*(?:String\\(|str\\()?${fallback}${hashing}${literal}`,
    'giu',
  );
const passwords = assigned(passwordName);
const users = assigned(userName);
/** A hash made, or a password set, of a text as it stands. */
const made = new RegExp(
  `(?<![\\w$])(?:[\\w$]+(?:\\.|::|->))*(?:set_?password|make_?password|generate_password_hash|get_password_hash|hash_?password|password_hash|create_?hash|hash_?sync|Hash::make|bcrypt\\.(?:hash|hashpw|generate)\\w*|argon2\\.hash|hashpw|GenerateFromPassword|crypt)\\(\\s*(?:b(?=["'])|\\[\\]byte\\(\\s*)?${literal}`,
  'giu',
);
/** What was typed, held against a text: the whole door of a page that checks it itself. */
const compared = new RegExp(
  `(?<![\\w$])[\\w$.]*?(?:${passwordName}|pin|(?:access|pass)_?code)(?:_?(?:input|value|field|entered|attempt|text))?(?:\\.value)?(?:\\.trim\\(\\))?\\s*===?\\s*${literal}`,
  'giu',
);
const called =
  /\b(\w*(?:create|add|seed|insert|register|ensure|make|new|upsert|save)\w*(?:user|admin|account|member)\w*)\s*\(/gi;
const insert = /insert\s+(?:or\s+\w+\s+|ignore\s+)*into\s+[\w."'`[\]]+\s*\(([^()]{3,400})\)\s*values\s*(?=\()/gi;
const ofAService =
  /\b(?:host|hostname|database|dbname|dialect|smtp\w*)["']?\s*(?:[:=]|=>)|createPool|createConnection|createTransport|mysqli|new PDO|psycopg|pymysql|nodemailer|DATABASES/i;
const near = 900;

interface At {
  readonly from: number;
  readonly to: number;
  readonly name: string;
  readonly value: string;
}

/** All that is told, in its order: objects and dicts, calls, SQL, comments and what is printed. */
export function inCode(text: string): Published[] {
  const lineAt = lines(text);
  const found: Published[] = [];
  const add = (at: number, one: Omit<Published, 'line'>): void => void found.push({ ...one, line: lineAt(at) });
  const names = hits(text, users).filter(({ name, value }) => isUser(value) && !service.test(parted(name)));
  const words = [...hits(text, passwords), ...hits(text, made)]
    .filter(({ name, value }) => isPassword(value) && !service.test(parted(name)))
    .sort((a, b) => a.from - b.from);
  for (const word of words) {
    if (found.some((f) => f.line === lineAt(word.from) && f.password === word.value)) continue;
    const who = withWhom(word, names, text);
    if (who && !ofAService.test(text.slice(Math.max(0, word.from - 200), word.from + 120)))
      add(word.from, { ...who, password: word.value });
  }
  for (const word of hits(text, compared))
    if (isCode(word.value) && !withWhom(word, names, text)) add(word.from, { password: word.value });
  for (const hit of text.matchAll(called)) {
    const parts = partsAt(text, hit.index + hit[0].length - 1).map(literalOf);
    const [a, b, c] = parts;
    if (!a || !b || !isUser(a)) continue;
    if (c && isEmail(b) && isPassword(c)) add(hit.index, { ...known(a, b), password: c });
    else if (isPassword(b) && !isEmail(b)) add(hit.index, { user: a, password: b });
  }
  for (const hit of text.matchAll(insert)) for (const one of rows(text, hit)) add(hit.index, one);
  for (const one of inProse(spoken(text), 0)) found.push(one);
  return found.sort((a, b) => a.line - b.line);
}

const parted = (name: string): string => name.replace(/([a-z])([A-Z])/g, '$1_$2');

function lines(text: string): (at: number) => number {
  const starts = [...text.matchAll(/\n/g)].map(({ index }) => index);
  return (at) => starts.filter((start) => start < at).length + 1;
}

const hits = (text: string, pattern: RegExp): At[] =>
  [...text.matchAll(pattern)].map((hit) => ({
    from: hit.index,
    to: hit.index + hit[0].length,
    name: hit.groups?.['name'] ?? '',
    value: hit.slice(-3).find((group) => group !== undefined) ?? '',
  }));

/** The nearest names of the same object: before the password, else behind it. */
function withWhom(word: At, names: readonly At[], text: string): { user?: string; email?: string } | undefined {
  const joined = (from: number, to: number): boolean => {
    if (to - from > near || to < from) return false;
    let between = text.slice(from, to).replace(/\$\{[^{}]*\}/g, '');
    for (let last = ''; last !== between; ) {
      last = between;
      between = between.replace(/\{[^{}]*\}/g, '');
    }
    return !between.includes('}');
  };
  const sides = [
    names.filter((n) => n.to <= word.from && joined(n.to, word.from)).reverse(),
    names.filter((n) => n.from >= word.to && joined(word.to, n.from)),
  ];
  for (const side of sides) {
    const [nearest] = side;
    if (!nearest) continue;
    // What belongs to it stands beside it, not further on.
    const beside = side.filter((n) => Math.abs(n.from - nearest.from) < 200).slice(0, 2);
    const email = beside.find(({ value }) => isEmail(value))?.value;
    const name = beside.find(({ value }) => !isEmail(value))?.value;
    return known(name, email);
  }
  return undefined;
}

/** What stands between the brackets that open at `at`, parted at its own commas. */
function partsAt(text: string, at: number): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let from = at + 1;
  for (let i = at; i < Math.min(text.length, at + 2000); i++) {
    const c = text[i] ?? '';
    if (quote) {
      if (c === '\\') i++;
      else if (c === quote) quote = '';
    } else if (/["'`]/.test(c)) quote = c;
    else if (/[([{]/.test(c)) depth++;
    else if (/[)\]}]/.test(c)) {
      depth--;
      if (!depth) return [...parts, text.slice(from, i).trim()];
    } else if (c === ',' && depth === 1) {
      parts.push(text.slice(from, i).trim());
      from = i + 1;
    }
  }
  return [];
}

const whole = new RegExp(`^${hashing}${literal}(?:\\s*,[^)]*\\)?)?\\)?$`, 'iu');
const literalOf = (part: string): string | undefined =>
  whole
    .exec(part)
    ?.slice(1)
    .find((group) => group !== undefined);

/** The rows of an INSERT: values as they stand, or those that are handed over for its question marks. */
function rows(text: string, hit: RegExpMatchArray): Omit<Published, 'line'>[] {
  const columns = (hit[1] ?? '').split(',').map((column) => column.trim().replace(/["'`[\]]/g, ''));
  const column = (name: string): number => columns.findIndex((one) => new RegExp(`^(?:${name})$`, 'iu').test(one));
  const [word, name, email] = [column(passwordName), column('user_?name|user|login|name'), column('[\\w]*e_?mail')];
  if (word < 0 || (name < 0 && email < 0)) return [];
  const found: Omit<Published, 'line'>[] = [];
  let at = (hit.index ?? 0) + hit[0].length;
  for (let count = 0; count < 20 && text[at] === '('; count++) {
    const values = partsAt(text, at);
    const marks = values.map((v) => /^(\?|\$\d+|%s|:\w+|@\w+)$/.test(v));
    const end = at + text.slice(at).indexOf(')') + 1;
    const handed = marks[word]
      ? /^\s*(?:["'`]+\s*\)?\s*(?:,|\.run|\.execute)\s*)([([])/.exec(text.slice(end, end + 60))
      : undefined;
    const given = handed ? partsAt(text, end + handed[0].length - 1) : [];
    const literalAt = (which: number): string | undefined =>
      which < 0
        ? undefined
        : literalOf((marks[which] ? given[marks.slice(0, which).filter(Boolean).length] : values[which]) ?? '');
    const [password = '', user, address] = [literalAt(word), literalAt(name), literalAt(email)];
    const who = known(user && isUser(user) ? user : undefined, address && isUser(address) ? address : undefined);
    if (who.user && isPassword(password)) found.push({ ...who, password });
    const next = /^\s*,\s*(?=\()/.exec(text.slice(end));
    if (!next) break;
    at = end + next[0].length;
  }
  return found;
}

/** Comments and what is printed; all else is blank, so that lines keep their numbers. */
const spoken = (text: string): string =>
  text
    .split('\n')
    .map((line) =>
      /^\s*(\/\/|\/?\*|#|--|<!--|;)|\b(console\.\w+|print(ln|f)?|echo|logg?(er|ing)?\.\w+|puts|info|warn|write(ln)?)\b\s*[("'`]/i.test(
        line,
      ) && line.length < 400
        ? line
        : '',
    )
    .join('\n');

const variable = /^\s*(?:export\s+|-\s+)?([A-Z][A-Z0-9_]*)\s*[=:]\s*["']?([^\s"'#]+)["']?\s*(?:#.*)?$/;

/** Variables of an environment file: ADMIN_EMAIL beside ADMIN_PASSWORD, a PIN by itself. */
export function inEnvironment(text: string): Published[] {
  const found: Published[] = [];
  const values = new Map<string, string>();
  const lines = text.split(/\r?\n/);
  for (const line of lines) {
    const [, name, value] = variable.exec(line) ?? [];
    if (name && value) values.set(name, value);
  }
  lines.forEach((line, at) => {
    const [, name = '', password = ''] = variable.exec(line) ?? [];
    const [, prefix, kind] = /^(?:(.*?)_?)(PASSWORD|PASSWD|PASS|PWD|PASSCODE|PIN|ACCESS_CODE)$/.exec(name) ?? [];
    if (prefix === undefined || !kind || service.test(name.toLowerCase()) || !isPassword(password)) return;
    const of = (suffixes: readonly string[]): string | undefined =>
      suffixes
        .map((suffix) => values.get(prefix ? (suffix ? `${prefix}_${suffix}` : prefix) : suffix))
        .find((value) => value && isUser(value));
    const who = known(of(['USERNAME', 'USER', 'LOGIN', 'NAME', '']), of(['EMAIL', 'MAIL', '']));
    const byRole = /^(?:.*_)?(ADMIN|ROOT|DEMO|GUEST|TEST)(?:_USER)?$/.exec(prefix)?.[1]?.toLowerCase();
    if (who.user) found.push({ ...who, password, line: at + 1 });
    else if (/^(PASSCODE|PIN|ACCESS_CODE)$/.test(kind) || /^(APP|SITE|AUTH|LOGIN|ACCESS)?$/.test(prefix)) {
      if (isCode(password)) found.push({ password, line: at + 1 });
    } else if (byRole) found.push({ user: byRole, password, line: at + 1 });
  });
  return found;
}
