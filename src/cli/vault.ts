import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Accounts } from '../model/target.ts';

/** Where the accounts that a run made are kept, so that it can be gone on with: outside of the run, which people pass on. Never what was given. */
export interface Vault {
  keep(accounts: Accounts): void;
  read(): Accounts | undefined;
  drop(): void;
}

/** A session that a person began by hand, and where it is kept. */
export interface KeptSession {
  /** A file as Playwright writes it. */
  readonly file: string;
  /** Since when; undefined where there is none. */
  readonly since?: Date;
  keep(state: string): void;
  /** False where there was none. */
  drop(): boolean;
}

/** That of the origin of this address, readable by its owner alone. */
export function sessionFor(url: string, env: Env): KeptSession {
  const home = homeOf('sessions', env);
  const file = join(home, `${createHash('sha256').update(new URL(url).origin).digest('hex').slice(0, 20)}.json`);
  const since = statSync(file, { throwIfNoEntry: false })?.mtime;
  return {
    file,
    ...(since ? { since } : {}),
    keep(state) {
      mkdirSync(home, { recursive: true, mode: 0o700 });
      // Written anew: the mode of a file that is there would stay as it is.
      rmSync(file, { force: true });
      writeFileSync(file, state, { mode: 0o600 });
    },
    drop() {
      rmSync(file, { force: true });
      return since !== undefined;
    },
  };
}

type Env = Readonly<Record<string, string | undefined>>;
const homeOf = (what: string, env: Env): string =>
  join(env['XDG_STATE_HOME'] || join(env['HOME'] || homedir(), '.local/state'), 'plummet', what);

/** Of the run in this folder, which must be there. */
export function vaultOf(dir: string, env: Env): Vault {
  const home = homeOf('accounts', env);
  const run = realpathSync(dir);
  const file = join(home, `${createHash('sha256').update(run).digest('hex').slice(0, 20)}.json`);
  const read = (): Accounts | undefined => readOf(file)?.accounts;
  return {
    read,
    keep(accounts) {
      if (!Object.keys(accounts).length) return;
      try {
        mkdirSync(home, { recursive: true, mode: 0o700 });
        writeFileSync(file, JSON.stringify({ run, accounts: { ...read(), ...accounts } }), { mode: 0o600 });
      } catch {
        // A home that cannot be written to: a later run makes accounts of its own.
        return;
      }
      // What belongs to a run that is gone is of no use any more.
      for (const name of readdirSync(home)) {
        const other = readOf(join(home, name));
        if (other && !existsSync(other.run)) rmSync(join(home, name), { force: true });
      }
    },
    drop: () => rmSync(file, { force: true }),
  };
}

function readOf(file: string): { run: string; accounts: Accounts } | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
