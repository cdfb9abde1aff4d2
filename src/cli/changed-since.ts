import { lstat, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Settings } from '../config/merge.ts';
import { oneLine, plural } from '../lib/text.ts';
import { version } from '../lib/version.ts';
import { criterionName } from '../model/criteria.ts';
import type { Run } from '../model/run.ts';

/** What the app itself writes is no source: databases, logs. */
const written = /\.(sqlite3?|db3?|log|mdb|rdb|aof)$|\.(sqlite3?|db3?)-(wal|shm|journal)$/i;
/** The insides of these are made of what lies beside them, or are not the app's. What a build writes is what runs, and counts. */
const closed =
  /^(\.(git|hg|svn|plummet|cache|venv|idea|vscode|turbo|tox|pytest_cache|mypy_cache|ruff_cache)|node_modules|bower_components|__pycache__|venv|site-packages)$/;
const most = 50_000;
/** Milliseconds: the coarsest stamps of a file system. */
const tick = 2000;

/** Which of these claims are to be asked since that run, why, and whether the app is surely the same. */
export interface Since {
  readonly claims: readonly string[];
  /** In a sentence or two, for the report. */
  readonly says: string;
  /** Nothing is known to differ, so what it learned may be used. */
  readonly same: boolean;
}

/**
 * Asked are the claims that the run did not show, and all of them unless it is sure that nothing has changed: neither the question nor a file of
 * the source since the run began. What is left out is not in the result: that it held then is no word about now.
 */
export async function changedSince(
  before: Run,
  name: string,
  settings: Settings,
  claims: readonly string[],
): Promise<Since> {
  const differs =
    otherQuestion(before, settings) ?? otherWayIn(before, settings) ?? (await changeIn(settings, begin(before) - tick));
  const then = `${oneLine(name)} (of ${before.startedAt.slice(0, 16).replace('T', ' ')} UTC)`;
  if (differs !== undefined)
    return {
      claims,
      same: false,
      says: `All was asked, and not only what may have changed since ${then}: ${differs}.`,
    };
  const shown = new Set(
    before.results
      .filter(({ status, claim }) => (status === 'pass' || status === 'not-applicable') && !criterionName(claim))
      .map(({ claim }) => claim),
  );
  const open = claims.filter((claim) => !shown.has(claim));
  const left = claims.length - open.length;
  return {
    claims: open,
    same: true,
    says: `No file of its source has changed since ${then}: only what was broken, not told or not asked there was asked. ${plural(left, 'claim')} that it decided ${left === 1 ? 'was' : 'were'} not asked again, and ${left === 1 ? 'is' : 'are'} not in this result.`,
  };
}

/** Epoch ms of the first that it tells of: one that was gone on with (--resume) keeps what was seen before it. */
const begin = ({ startedAt, observations, ledger }: Run): number =>
  Math.min(Date.parse(startedAt), ...observations.map((seen) => seen.startedAt), ...ledger.map(({ at }) => at));

/** Why that run does not speak of what is asked now. */
function otherQuestion({ target, tool, profile }: Run, settings: Settings): string | undefined {
  const { url, intent, backends, start = [] } = settings;
  if (tool.version !== version) return `that run was made by version ${tool.version}`;
  if (target.url !== url) return `that run was of ${target.url}`;
  if (profile !== settings.profile) return `that run was a ${profile}`;
  if (!isDeepStrictEqual({ ...target.intent }, { ...intent })) return 'what is meant (--intent) was another';
  if (!isDeepStrictEqual([...(target.backends ?? [])], [...backends])) return 'its backends were others';
  if ((target.start ?? []).length !== start.length) return 'it was not started in the same way';
  for (const [at, { name, run, cwd, env }] of start.entries()) {
    const was = target.start?.[at];
    if (was?.env.length || Object.keys(env).length)
      return 'it is started with variables, whose values are not kept, so that nobody can tell whether they are the same';
    if (was?.name !== name || was.run !== run || was.cwd !== cwd) return 'it was not started in the same way';
  }
  return undefined;
}

/** Why that run came in, or acted, in another way than is given now. Which account or session it was is kept nowhere. */
function otherWayIn(
  { facts, profile }: Run,
  { login, headers, storageState, recipes = {} }: Settings,
): string | undefined {
  const { door, record, edit, delete: remove } = facts;
  const session = headers !== undefined || storageState !== undefined;
  const byRecipe = recipes.logIn !== undefined && !session;
  if (session !== (door.kind === 'given')) return 'one comes in by another way: --header, --storage-state or neither';
  if (byRecipe !== (door.logIn?.given === true)) return 'one comes in by another way: recipes.logIn of the config';
  if (!session && !byRecipe && (login !== undefined) !== (door.account === 'given'))
    return 'one comes in by another way: an account that is given (--login), or none';
  const others = (now: unknown, then: boolean | undefined): boolean => (now !== undefined) !== (then === true);
  // A short survey tries neither an edit nor a delete.
  const altering = profile === 'audit' && (others(recipes.edit, edit?.given) || others(recipes.delete, remove?.given));
  return altering || others(recipes.create, record?.create.given) ? 'the recipes of the config were others' : undefined;
}

/** The first file found that is not surely as it was; or why nobody can tell. Times of content and of the entry itself: a copy may bring old ones. */
async function changeIn({ source, start = [] }: Settings, since: number): Promise<string | undefined> {
  const folders = [...new Set([...(source === undefined ? [] : [source]), ...start.map(({ cwd }) => cwd)])];
  if (!folders.length) return 'its source is not known, so nobody can tell: give --source';
  let seen = 0;
  const look = async (root: string, path: string): Promise<string | undefined> => {
    const entry = await lstat(path);
    const stamped = Math.max(entry.mtimeMs, entry.ctimeMs);
    const name = relative(root, path) || 'its folder';
    if (++seen > most) return `there are more than ${most} files in ${root}`;
    if (entry.isSymbolicLink()) return `${oneLine(name)} is a link, and what it leads to was not looked at`;
    if (!entry.isDirectory()) return stamped >= since ? `${oneLine(name)} has changed` : undefined;
    const inside = await readdir(path);
    for (const one of inside.sort()) {
      if (written.test(one)) continue;
      if (closed.test(one) && (await lstat(join(path, one))).isDirectory()) continue;
      const found = await look(root, join(path, one));
      if (found !== undefined) return found;
    }
    // A folder is stamped when something in it comes or goes. That of the runs comes just before the first of them begins.
    const from = inside.includes('.plummet') ? since + tick : since;
    return stamped >= from ? `something came into ${oneLine(name)} or went from it` : undefined;
  };
  for (const folder of folders) {
    const found = await look(folder, folder).catch((error: Error) => `its source could not be read (${error.message})`);
    if (found !== undefined) return found;
  }
  return undefined;
}
