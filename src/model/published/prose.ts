/** What a text for people tells of a way in: a README, a comment, a line of a log, a page. */
import {
  about,
  codeWords,
  defaultWords,
  isCode,
  isEmail,
  isPassword,
  isUser,
  known,
  type Published,
  passwordWords,
  service,
  userWords,
} from './words.ts';

/** What a name or a password is led in by. */
const leads = '\\s*(?:\\([^)\\n]{0,40}\\))?["\'`]?\\s*(?:[:：=]|=>|->|→|–|—|\\bis\\b|\\bist\\b|\\bes\\b)\\s*';
/** A value in quotes, or one that no more words follow. */
const value =
  '(?:[`"\'“„«]([^\\s`"\'“”«»]{2,60})[`"\'”»]|([^\\s,;|()（）"\'`“”<>，、。；]{2,60})(?=\\s*(?:$|[,;|/()（），、。；&\\u2013-]|\\b(?:and|und|y|et|e|with|mit|con)\\b|(?:PASSWORD)\\b)))';
const withWords = (pattern: string, flags: string): RegExp =>
  new RegExp(pattern.replaceAll('PASSWORD', `${passwordWords}|pass|pw`), flags);

const byDefault =
  '(?:\\s+(?:por defecto|predeterminada|par d[ée]faut|padr[ãa]o|predefinita|inicial|по умолчанию|for (?:all|each|every)[\\w ]{0,20}|for \\S+@\\S+))?';
const passwordAt = withWords(`(?<before>[\\p{L}'’ _-]{0,40}?)(?:PASSWORD)${byDefault}${leads}${value}`, 'giu');
/** Without a colon, where quotes or a digit tell that it is a value. */
const passwordSaid = withWords(
  `(?:PASSWORD)\\s+(?:[\`"'“]([^\\s\`"'”]{3,60})[\`"'”]|(?=\\S*\\d)([^\\s,;()"'\`]{3,60}))`,
  'iu',
);
/** “user ada and password ada1”. */
const bothSaid = withWords(
  `(?:${userWords})\\s+(\\S+?)[,;]?\\s+(?:(?:and|und|y|et|e|with)\\s+)?(?:the\\s+)?(?:PASSWORD)\\s+([^\\s,;()]{3,60})`,
  'iu',
);
/** “user ada with” a password. */
const userBefore = new RegExp(
  `(?<![\\p{L}\\d])(?:${userWords})\\s+(\\S{3,60}?)[,;]?\\s+(?:(?:with|has|and|mit|con|avec|com|und|y|et|e)\\s+)?(?:(?:the|a)\\s+)?$`,
  'iu',
);
const userAt = withWords(
  `(?<![\\p{L}\\d])(?:${userWords})(?:${leads}|\\s+(?=[\`"'“]|\\S+@))${value.replace('(?:$|', '(?:$|:|')}`,
  'giu',
);
const codeAt = new RegExp(
  `(?<![\\p{L}\\d])(?:${codeWords})(?![\\p{L}\\d])(?:${leads}${value}|\\s+[\`"']?(\\d{4,8})(?![\\d.]))`,
  'giu',
);
const pairAt =
  /(?<![\w/.@:-])([`"'“]?)([\p{L}\d][\w.+@-]{1,58})[`"'”]?(?:\s+[/|–—-]\s+|[/|]|:(?!\s)|(?<=@\S*)\s*:\s|\s*,\s*(?=[`"'])|\s+(?:and|und|y|et|e)\s+(?=[`"']))([`"'“]?)([^\s/`"'“”,;|()（）<>，、。；]{3,60})[`"'”]?(?![\w/@])/gu;
const role =
  /(?<![\p{L}\d])(admin(?:istrator)?|root|superuser|superadmin|demo|guest|test|manager)(?:'s|’s)?(?:[ _-]?(?:user|account|login))?(?: (?:with|has|mit|con))?(?: (?:the|a))?[ _-]*$/iu;

const first = (...texts: (string | undefined)[]): string =>
  (texts.find((text) => text !== undefined) ?? '').replace(/\.$/, '');
const marks = /\*\*|__|~~|<\/?(?:br|li|ul|ol|p|td|tr|th|b|strong|em|i|code|kbd|pre|span|div)\b[^>\n]*>/gi;

/**
 * All that is told, in its order. `near`: how many lines before a password may hold its name; 0 where each line stands by itself.
 */
export function inProse(text: string, near = 4): Published[] {
  const lines = text
    .split(/\r?\n/)
    .map((line) => (line.length > 2000 ? '' : line.replace(marks, (m) => (m.startsWith('<') ? ' ' : ''))));
  const found: Published[] = [...inTables(lines)];
  const told = new Set(found.map(({ line }) => line));
  let heading = '';
  lines.forEach((line, at) => {
    if (/^\s*(?:[/*#]+\s*)?#{1,6}\s|[:：]\s*$/.test(line)) heading = line;
    // A request in a document is read as code, and may be an example only.
    if (told.has(at + 1) || !line.trim() || (near && /["'](?:password|email|user\w*)\\?["']\s*:/i.test(line))) return;
    const before = near ? lines.slice(Math.max(0, at - near), at) : [];
    const labelled = byLabel(line, before, near ? lines.slice(at + 1, at + 3) : []);
    for (const one of labelled.length
      ? labelled
      : byPair(line, near ? `${heading}\n${before.findLast((one) => one.trim()) ?? ''}` : ''))
      found.push({ ...one, line: at + 1 });
  });
  return found;
}

type Told = Omit<Published, 'line'>;

function byLabel(line: string, before: readonly string[], after: readonly string[]): Told[] {
  const found: Told[] = [];
  let from = 0;
  for (const hit of line.matchAll(passwordAt)) {
    const password = first(hit[2], hit[3]);
    const called = hit.groups?.['before'] ?? '';
    if (
      service.test(called) ||
      service.test(line.slice(0, hit.index).split(/[,;.]/).at(-1) ?? '') ||
      !isPassword(password)
    )
      continue;
    const own = usersIn(line.slice(from, hit.index) + hit[0].replace(password, ''));
    const rest = line.slice(hit.index + hit[0].length);
    from = hit.index + hit[0].length;
    const byRole = role.exec(called)?.[1]?.toLowerCase();
    const byName = userBefore.exec(line.slice(0, hit.index) + called)?.[1] ?? '';
    const told = own.user
      ? own
      : isUser(byName)
        ? { user: byName }
        : before.length && !byRole
          ? usersAbove(before)
          : {};
    const who = told.user ? told : usersIn(rest).user ? usersIn(rest) : byRole ? { user: byRole } : byLabelAfter(after);
    if (who.user) found.push({ ...who, password });
    else if ((defaultWords.test(line) || defaultWords.test(called)) && isCode(password)) found.push({ password });
  }
  if (found.length) return found;
  const who = usersIn(line);
  const said = who.user ? passwordSaid.exec(line) : undefined;
  const password = said ? first(said[1], said[2]) : '';
  if (who.user && isPassword(password) && !service.test(line)) return [{ ...who, password }];
  const [, user = '', word = ''] = bothSaid.exec(line) ?? [];
  const both = word.replace(/\.$/, '');
  if (isUser(user) && isPassword(both) && (/\d/.test(both) || both === user)) return [{ user, password: both }];
  for (const hit of line.matchAll(codeAt)) {
    const code = first(hit[1], hit[2], hit[3]);
    if (isCode(code) && /\d/.test(code) && !service.test(line)) found.push({ password: code });
  }
  return found;
}

function usersIn(text: string): { user?: string; email?: string } {
  let name: string | undefined;
  let email: string | undefined;
  if (service.test(text)) return {};
  for (const hit of text.matchAll(userAt)) {
    const user = first(hit[1], hit[2]);
    if (!isUser(user)) continue;
    if (isEmail(user)) email = user;
    else name = user;
  }
  const bare = name || email ? undefined : /(?<![\w.@/-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/.exec(text)?.[0];
  return known(name, email ?? (bare && isUser(bare) ? bare : undefined));
}

/** From the line just above upwards, to the first blank one after something was said. */
function usersAbove(lines: readonly string[]): { user?: string; email?: string } {
  let name: string | undefined;
  let email: string | undefined;
  for (const line of [...lines].reverse()) {
    if (/^\s*#{1,6}\s/.test(line) || withWords('(?:PASSWORD)', 'iu').test(line)) break;
    const here = usersIn(line);
    name ??= here.user && !isEmail(here.user) ? here.user : undefined;
    email ??= here.email ?? (here.user && isEmail(here.user) ? here.user : undefined);
    if ((name || email) && !here.user) break;
  }
  return known(name, email);
}

/** A list of addresses below one password for all: the first of them. */
function byLabelAfter(lines: readonly string[]): { user?: string } {
  for (const line of lines) {
    if (withWords('(?:PASSWORD)', 'iu').test(line)) return {};
    const email = /^\s*(?:[-*•]|\d+\.)?\s*[`"']?([\w.+-]+@[\w-]+(?:\.[\w-]+)+)/.exec(line)?.[1];
    if (email && isUser(email)) return { user: email };
  }
  return {};
}

/** “admin / admin123”, where the line or its heading is about a way in. */
function byPair(line: string, around: string): Told[] {
  if (service.test(line) || /https?:\/\/\S+:\S+@/.test(line)) return [];
  const found: Told[] = [];
  const here = about.test(line) || defaultWords.test(line) || usualLabel.test(line);
  if (!here && !about.test(around)) return [];
  for (const [whole, open = '', user = '', , rest = ''] of line.matchAll(pairAt)) {
    const password = rest.replace(/\.$/, '');
    const called = isUser(user) || (user === 'user' && /\d/.test(password));
    if (!called || !isPassword(password) || /\.(js|ts|py|php|md|json|html?|sql|ya?ml|css)$/i.test(password)) continue;
    if (password.endsWith(':')) continue;
    const chosen =
      /\d/.test(password) || /[^\p{L}\d._-]/u.test(password) || password === user || password === 'password';
    const parted = /\s[/|–—-]\s/.test(whole);
    // Who is not called like a user is more often a route, a version, a file or a column.
    const fits =
      isEmail(user) || usualUser.test(user)
        ? chosen || parted || open !== ''
        : /\p{L}.*\d|\d.*\p{L}/u.test(password) &&
          !/\./.test(password) &&
          (parted || (/\w:\w/.test(whole) && !password.includes('-'))) &&
          strict.test(line);
    if (fits) found.push({ user, password });
  }
  return found;
}
const strict =
  /credential|zugangsdaten|credencia|identifiants|credenzial|log(ged)?[- ]?in (as|with)|(log[- ]?in|account|user)\s*[:：]/iu;
const usualLabel = /(?<![\p{L}\d])(admin|user|demo|test|guest|manager|owner)\p{L}*\s*[:：(]/iu;
const usualUser = /^(admin|demo|test|user|guest|root|manager|superuser)(istrator|user|\d|[._-]|$)/i;

const cells = (line: string): string[] =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim().replace(/^[`"'*]+|[`"'*]+$/g, ''));

function inTables(lines: readonly string[]): Published[] {
  const found: Published[] = [];
  for (let at = 0; at + 1 < lines.length; at++) {
    if (!/^[\s|:-]*-{2,}[\s|:-]*$/.test(lines[at + 1] ?? '') || !lines[at]?.includes('|')) continue;
    const head = cells(lines[at] ?? '');
    const column = (words: string): number =>
      head.findIndex((cell) => new RegExp(`^(?:[\\p{L}]+ )?(?:${words})$`, 'iu').test(cell));
    const [who, word] = [column(userWords), column(passwordWords)];
    if (who < 0 || word < 0) continue;
    for (let row = at + 2; lines[row]?.includes('|'); row++) {
      const parts = cells(lines[row] ?? '');
      const [user = '', password = ''] = [parts[who], parts[word]];
      if (isUser(user) && isPassword(password)) found.push({ user, password, line: row + 1 });
    }
  }
  return found;
}
