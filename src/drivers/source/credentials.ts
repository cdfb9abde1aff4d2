/** The ways in that the source of an app publishes: its README, its seeds, its variables. */
import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { inCode, inEnvironment } from '../../model/published/code.ts';
import { inProse } from '../../model/published/prose.ts';
import { isWeak, type Published, type WayIn } from '../../model/published/words.ts';

/** Folders that hold nothing of the app's own source. */
export const passedOver =
  /^(\..*|node_modules|bower_components|venv|env|site-packages|vendor|(dev-)?dist|build|out|coverage|target|__pycache__|tmp|i18n|locales?|lang|translations?)$/i;
/** Paths of tests. */
export const tests =
  /(^|\/)(__tests__|__mocks__|tests?|specs?|cypress|e2e|playwright|testing)\/|\.(test|spec|cy|e2e|stories)\.|(^|\/)(test_[^/]*|[^/]*_test|conftest)\.\w+$/i;
const code = /\.(m?[jt]sx?|[cm]ts|cjs|py|rb|php|go|rs|java|kt|cs|exs?|sql|json|ya?ml|toml|prisma|sh|svelte|vue)$/i;
const locks =
  /(^|[-.])lock(\.|$)|^(package|composer|tsconfig|jsconfig|npm-shrinkwrap|manifest)[^/]*\.json$|\.min\.js$|-lock\./i;
const environment = /^\.?env(\.[\w.-]+)?$|\.env$|^(docker-)?compose[\w.-]*\.ya?ml$/i;
const seeds =
  /seed|fixture|migrat|initial|init[-_.]?(db|data|admin)|demo|sample|mock|bootstrap|create[-_]?(super|admin|user)|default|populate|setup|\.sql$/i;
const most = { files: 3000, bytes: 1_000_000, total: 24_000_000, pairs: 6, codes: 2 };
const worthReading =
  /passw|pwd|passcode|\bpin\b|\bpass\b|access.?code|contrase|senha|wachtwoord|mot de passe|has[łl]o|парол|[şs]ifre|parola|clave|kennwort|密码|密碼|パスワード|비밀번호|암호|पासवर्ड|كلمة|log[-_ ]?in|credential|\/ ?\w+123/i;

/** README first, then documents, seeds, variables, other code; tests last. */
function rankOf(path: string): number | undefined {
  const name = basename(path);
  if (tests.test(path)) return code.test(name) ? 5 : undefined;
  if (/^readme/i.test(name)) return 0;
  if (/\.(md|mdx|rst|adoc|txt)$/i.test(name))
    return /changelog|licen[cs]e|requirements|robots|contributing/i.test(name) ? undefined : 1;
  if (environment.test(name)) return 3;
  if (!code.test(name) || locks.test(name)) return undefined;
  return seeds.test(path) ? 2 : 4;
}

/** Files of the source with their ranks, those near its root first. Links are not followed. */
function filesOf(root: string): { path: string; rank: number }[] {
  const found: { path: string; rank: number }[] = [];
  const folders = [root];
  for (let seen = 0; folders.length && seen < most.files; ) {
    const folder = folders.shift() as string;
    for (const entry of entriesOf(folder)) {
      const at = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!passedOver.test(entry.name)) folders.push(at);
      } else if (entry.isFile() && seen++ < most.files) {
        const path = relative(root, at).replaceAll('\\', '/');
        const rank = rankOf(path);
        if (rank !== undefined) found.push({ path, rank });
      }
    }
  }
  return found.sort((a, b) => a.rank - b.rank);
}

/** In their order; none where it cannot be read. */
export function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

/** Empty where it is longer, or cannot be read. */
export function textOf(path: string, longest = most.bytes): string {
  try {
    return statSync(path).size <= longest ? readFileSync(path, 'utf8') : '';
  } catch {
    return '';
  }
}

function publishedIn(path: string, rank: number, text: string): Published[] {
  if (rank <= 1) return inProse(text);
  // A line that long was written by no person.
  const read = text.replace(/^.{3000,}$/gm, '');
  return environment.test(basename(path)) ? inEnvironment(read) : inCode(read);
}

/**
 * What the folder publishes, the likeliest first, each once, at most six; what asks to be changed comes last. Tests are read only where
 * nothing else tells. Nothing is run, and what cannot be read is passed over.
 */
export function credentialsIn(root: string): WayIn[] {
  const found: WayIn[] = [];
  const examples: WayIn[] = [];
  const weak: WayIn[] = [];
  /** What code compares may be no door: it takes the place of nothing else. */
  const compared: WayIn[] = [];
  let left = most.total;
  const isNew = ({ user, password }: Omit<WayIn, 'where'>): boolean =>
    ![...found, ...examples, ...weak, ...compared].some((other) => other.user === user && other.password === password);
  for (const { path, rank } of filesOf(root)) {
    if (found.length >= most.pairs || left <= 0 || (rank === 5 && found.length + examples.length + weak.length)) break;
    const text = textOf(join(root, path));
    left -= text.length;
    if (!worthReading.test(text)) continue;
    const take = (all: readonly Published[], into: WayIn[]): void => {
      for (const { line, ...way } of all)
        if (isNew(way)) (isWeak(way) ? weak : into).push({ ...way, where: `${path}:${line}` });
    };
    const told = publishedIn(path, rank, text);
    const alone = code.test(path) && !environment.test(basename(path));
    take(alone ? told.filter(({ user }) => user !== undefined) : told, found);
    if (alone)
      take(
        told.filter(({ user }) => user === undefined),
        compared,
      );
    // What a document shows as a request is an example, and may be no account.
    if (rank <= 1) take(inCode(text), examples);
  }
  return [...[...found, ...examples, ...weak].slice(0, most.pairs), ...compared.slice(0, most.codes)];
}

/** The same of lines that an app printed. */
export const credentialsInLog = (lines: readonly { readonly text: string }[]): WayIn[] =>
  inProse(lines.map(({ text }) => text).join('\n'), 2).map(({ line: _, ...way }) => ({ ...way, where: 'its log' }));
