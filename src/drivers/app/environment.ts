import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { ProcessSpec } from '../../model/app.ts';

/** Files that apps read by themselves, the weaker first. What is only an example is none. */
const files = [
  '.env',
  '.env.development',
  '.env.production',
  '.env.local',
  '.env.development.local',
  '.env.production.local',
];

/** The variables that a process will see, as far as that can be told before it runs: its folder's files, ours, and those given, which win. */
export function environmentOf(process_: ProcessSpec): Record<string, string> {
  const all: Record<string, string> = {};
  for (const file of files) Object.assign(all, fileIn(process_.cwd, file));
  return { ...all, ...(process.env as Record<string, string>), ...process_.env };
}

/**
 * What of these values must not stand in a report: all of what is called a secret, and the password in an address. A word as short as
 * “app” is no secret that could be hidden: it would be struck out wherever it stands.
 */
export const secretsOf = (process_: ProcessSpec): string[] =>
  Object.entries(environmentOf(process_)).flatMap(([name, value]) => {
    const named = /secret|passw|token|(api|private|access|auth).?key|credential/i.test(name);
    const secret = URL.parse(value)?.password || (named ? value : '');
    return secret.length >= 8 ? [secret] : [];
  });

/** Called like what an app signs its sessions with, and not like what it shows to another service. */
const signs =
  /^(?=\w*(secret|jwt|sign|session|cookie|token|auth|app))\w*(secret|(secret|signing|jwt|session|cookie|token|auth|app)_?(key|secret|salt)|keys?_?base)\w*$/i;
const ofOthers =
  /client|stripe|webhook|aws|s3_|google|github|oauth|captcha|smtp|mail|twilio|paypal|azure|openai|api_?key|access_key|public|expir|_(ttl|url|file|path|days|age|name)$/i;

/** Names of the variables that a process will see and that are called like what it signs with. */
export const signingNames = (process_: ProcessSpec): string[] =>
  Object.entries(environmentOf(process_)).flatMap(([name, value]) =>
    value && signs.test(name) && !ofOthers.test(name) ? [name] : [],
  );

/** The environment without these. What a file of the folder would bring back is empty. */
export function withoutNames(env: NodeJS.ProcessEnv, cwd: string, names: readonly string[]): NodeJS.ProcessEnv {
  const left = Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));
  const filed = names.filter((name) => files.some((file) => name in fileIn(cwd, file)));
  return { ...left, ...Object.fromEntries(filed.map((name) => [name, ''])) };
}

function fileIn(folder: string, name: string): Record<string, string> {
  try {
    return parseEnv(readFileSync(join(folder, name), 'utf8')) as Record<string, string>;
  } catch {
    return {};
  }
}
