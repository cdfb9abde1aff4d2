/** Where briefs are written, and what is left alone there. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { run } from '../../test/sample-run.ts';
import { runBrief } from './brief.ts';
import type { Io } from './parts.ts';

const cwd = mkdtempSync(join(tmpdir(), 'brief-'));
after(() => rmSync(cwd, { recursive: true, force: true }));

it('takes away briefs of ours, and nothing that only bears such a name', async () => {
  mkdirSync(join(cwd, '.plummet/2026-01-01-000000-app'), { recursive: true });
  writeFileSync(join(cwd, '.plummet/2026-01-01-000000-app/run.json'), JSON.stringify(run()));
  const io = { cwd, env: {}, out: { write: () => undefined } } as unknown as Io;
  const brief = (): Promise<number> => runBrief('2026-01-01-000000-app', { out: 'to-mend' }, io);
  const dir = join(cwd, 'to-mend');
  const held = (): string[] => readdirSync(dir).sort();

  assert.equal(await brief(), 0);
  const written = held();
  assert.equal(written.length, 1);
  const [first = ''] = written;
  writeFileSync(join(dir, '99-of-an-earlier-run.md'), readFileSync(join(dir, first)));
  assert.equal(await brief(), 0);
  assert.deepEqual(held(), written, 'what an earlier run had broken is gone');

  const own = '# Broken: our database\n\nUse PostgreSQL.\n';
  writeFileSync(join(dir, '01-use-postgres.md'), own);
  await assert.rejects(brief(), /to-mend holds 01-use-postgres\.md, which is no brief\. Give --out a new name/);
  assert.equal(readFileSync(join(dir, '01-use-postgres.md'), 'utf8'), own);
  assert.deepEqual(held(), ['01-use-postgres.md', ...written].sort());
});
