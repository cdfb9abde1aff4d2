import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { plural } from '../lib/text.ts';
import { Failure } from '../model/failure.ts';
import { dispute } from '../report/dispute.ts';
import { verdictOf } from './finding.ts';
import type { Io } from './parts.ts';
import { inputOf, readRun } from './run-folder.ts';

/** `plummet dispute <finding> [run]`: a folder with one verdict of a stored run and what it stands on. `finding`: a claim or a fingerprint. */
export async function runDispute(
  finding: string,
  given: string | undefined,
  out: string | undefined,
  io: Io,
): Promise<number> {
  const { run, dir } = await readRun(io.cwd, given);
  const result = verdictOf(run, finding, 'dispute');
  const folder = resolve(io.cwd, out ?? `plummet-dispute-${slug(result.claim)}`);
  await emptied(folder);
  const { files, blobs } = dispute(inputOf(dir, run), result);
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const there = blobs.filter((name) => /^[\w-][\w.-]*$/.test(name));
  if (there.length) await mkdir(join(folder, 'blobs'));
  // A run that was thinned out says so by what is not there.
  for (const name of there) await cp(join(dir, 'blobs', name), join(folder, 'blobs', name)).catch(() => undefined);
  const named = relative(io.cwd, folder) || '.';
  io.out.write(
    `Packed ${result.claim} into ${named}: ${plural(Object.keys(files).length + there.length, 'file')}.\nREADME.md asks what is needed to decide. Look through the pictures before you hand it on.\n`,
  );
  return 0;
}

const slug = (claim: string): string =>
  claim
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase();

/** A folder that holds anything but a dispute is not touched. */
async function emptied(folder: string): Promise<void> {
  const held = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    throw new Failure('E_OUT', `${folder} is not a folder. Give --out a new name.`);
  });
  if (held.length && !held.includes('verdict.json'))
    throw new Failure('E_OUT', `${folder} holds something else. Give --out a new name.`);
  for (const name of held.filter((one) =>
    /^(README\.md|verdict\.json|facts\.json|events\.ndjson|blobs|reproduce[-\d]*\.(mjs|sh))$/.test(one),
  ))
    await rm(join(folder, name), { recursive: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
}
