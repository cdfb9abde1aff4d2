/** What the source says of where data is kept: lines that name a file, variables that decide it, volumes that the deploy mounts. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Line, Volume } from '../../model/app.ts';

const passedOver =
  /^(node_modules|\.git|\.venv|venv|vendor|dist|build|out|coverage|\.next|\.nuxt|\.svelte-kit|\.output|__pycache__|\.plummet|target)$/;
const code =
  /\.(m?[jt]sx?|cjs|cts|mts|py|rb|php|go|rs|java|kt|cs|ex|exs|toml|ya?ml|json|ini|cfg|properties|prisma|env.*)$|^(Dockerfile|Procfile|\.env.*)$/i;
const tests = /(^|\/)(__tests__|tests?|spec)\/|\.(test|spec)\./i;
const locks = /^(package-lock|npm-shrinkwrap|composer)\.(json|lock)$|lock\.(ya?ml|json)$/i;
const most = { files: 4000, bytes: 400_000 };

/** Text files of the source, as paths in it. */
function* filesIn(root: string, at = root, left = { files: most.files }): Generator<{ path: string; text: string }> {
  for (const entry of readdirSync(at, { withFileTypes: true })) {
    if (passedOver.test(entry.name) || left.files <= 0) continue;
    const path = join(at, entry.name);
    if (entry.isDirectory()) yield* filesIn(root, path, left);
    else if (
      entry.isFile() &&
      code.test(entry.name) &&
      !tests.test(relative(root, path)) &&
      !locks.test(entry.name) &&
      statSync(path).size < most.bytes
    ) {
      left.files--;
      yield { path: relative(root, path), text: readFileSync(path, 'utf8') };
    }
  }
}

const environment =
  /process\.env|import\.meta\.env|os\.environ|getenv|env\(|ENV\[|\$_ENV|\$_SERVER|std::env|System\.getProperty|@Value|process\.argv|sys\.argv|argparse|\$\{[A-Z_]+(:-)?/;

/** Lines that name the file (by its last part), each with whether a variable from outside decides it, as far as that line and those of its names tell. */
export function linesNaming(root: string, name: string): Line[] {
  const found: Line[] = [];
  for (const { path, text } of filesIn(root)) {
    // What tools note of the source in folders of their own decides nothing.
    if (!text.includes(name) || /(^|\/)\.[^/]+\//.test(path)) continue;
    const lines = text.split(/\r?\n/);
    lines.forEach((line, at) => {
      if (!line.includes(name) || /^\s*(\/\/|#|\*)/.test(line)) return;
      found.push({ file: path, line: at + 1, text: line.trim().slice(0, 200), settable: decided(line, lines) });
    });
  }
  return found;
}

/** The name that a line makes: a constant, a variable, a setting. */
const makes = (line: string): string | undefined =>
  /^\s*(?:export\s+)?(?:const|let|var|final|static|private|public|self\.)?\s*([A-Za-z_$][\w$]*)\s*(?::[^=]+)?:?=(?!=)/.exec(
    line,
  )?.[1];
const namesIn = (line: string): string[] => line.match(/[A-Za-z_$][\w$]*/g)?.filter((word) => word.length > 2) ?? [];

/** Does the line read the environment or the command line, or one that makes a name used in it, or one that uses the name that it makes? */
function decided(line: string, lines: readonly string[]): boolean {
  const name = makes(line);
  return (
    madeFrom(line, lines, 2) ||
    (name !== undefined && lines.some((other) => environment.test(other) && namesIn(other).includes(name)))
  );
}

function madeFrom(line: string, lines: readonly string[], depth: number): boolean {
  if (environment.test(line)) return true;
  if (depth === 0) return false;
  const names = new Set(namesIn(line));
  return lines.some((other) => {
    const name = makes(other);
    return name !== undefined && other !== line && names.has(name) && madeFrom(other, lines, depth - 1);
  });
}

/** Where the images of databases keep what is theirs: such a volume holds nothing of the app's own folder. */
const ofAServer =
  /^\/(var\/lib\/(postgres\w*|mysql|mariadb|mongo\w*|redis|valkey)|data\/db|bitnami|var\/opt\/mssql)(\/|$)/i;

/** Volumes, mounts and disks that Dockerfiles, compose files, platform files and manifests of the source name. */
export function volumesIn(root: string): Volume[] {
  const found: Volume[] = [];
  for (const { path, text } of filesIn(root)) {
    if (!/(^|\/)(Dockerfile[\w.-]*|(docker-)?compose[\w.-]*\.ya?ml|fly\.toml|render\.ya?ml|.*\.ya?ml)$/i.test(path))
      continue;
    const add = (at: string | undefined): void => {
      const plain = at?.replace(/["'[\],]/g, '');
      if (plain && !ofAServer.test(plain)) found.push({ file: path, path: plain });
    };
    for (const [, places = ''] of text.matchAll(/^\s*VOLUME\s+(.+)$/gim))
      for (const at of places.match(/\/[^\s"',\]]+/g) ?? []) add(at);
    for (const [, at] of text.matchAll(/^\s*(?:destination|mountPath|mount_path|target)\s*[:=]\s*["']?(\/[^\s"']+)/gim))
      add(at);
    if (/compose/i.test(path)) for (const [, at] of text.matchAll(/^\s*-\s*["']?[\w./~${}-]+:(\/[^\s:"']+)/gm)) add(at);
  }
  return found;
}
