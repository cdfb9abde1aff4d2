/** The source as a map: what it names is looked at, what it says of a field is a first guess, and where it lies nothing is lost. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { serveUnlinked } from '../fixtures/unlinked/server.ts';
import type { Run } from '../src/model/run.ts';
import { audited } from './audited.ts';

const root = mkdtempSync(join(tmpdir(), 'by-its-source-'));
after(() => rmSync(root, { recursive: true, force: true }));

const routes = (...paths: string[]): string =>
  paths.map((path) => `app.get('${path}', (req, res) => res.render('form'));`).join('\n');
const schema = (pattern: string): string =>
  `import { z } from 'zod';\nexport const project = z.object({ title: z.string().min(1), reference: z.string().regex(${pattern}) });\n`;
const right = schema('/^[A-Z]{3}-\\d{4}$/');

async function at(
  options: Parameters<typeof serveUnlinked>[0],
  files: Readonly<Record<string, string>> | undefined,
  check: (run: Run, opened: readonly string[]) => void,
  path = '',
): Promise<void> {
  const app = await serveUnlinked(options);
  try {
    const source = files && mkdtempSync(join(root, 'app-'));
    for (const [name, text] of Object.entries(files ?? {})) {
      const file = join(source ?? '', name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    const run = await audited(
      `${app.url}${path}`,
      ['persistence/records-survive-reload'],
      source === undefined ? {} : { source },
    );
    check(run, app.opened);
  } finally {
    await app.close();
  }
}
const told = (run: Run): string => JSON.stringify([run.facts.door, run.facts.tried]);

describe('the source as a map', { concurrency: 2 }, () => {
  it('a form that nothing links to is not found by the address alone', () =>
    at({}, undefined, (run, opened) => {
      assert.equal(run.facts.record, undefined, told(run));
      assert.ok(!opened.includes('GET /projects/new'));
    }));

  it('is found where the source has its page and says what its field takes; what could harm is not opened', () =>
    at(
      {},
      {
        'server.js': routes('/projects/new', '/projects/delete-all/new', '/admin/reset', '/add-sample-data'),
        'schema.ts': right,
      },
      (run, opened) => {
        assert.equal(run.facts.record?.kind, 'kept', told(run));
        const [first] = run.facts.record?.create.steps ?? [];
        assert.match(first?.do === 'goto' ? first.url : '', /\/projects\/new$/);
        assert.equal(run.results[0]?.status, 'pass');
        assert.ok(!opened.some((one) => /delete|reset|sample/.test(one)), String(opened));
      },
    ));

  it('a bare “Invalid” teaches nothing; what the source says of the field does', async () => {
    await at({}, undefined, (run) => assert.notEqual(run.facts.record?.kind, 'kept', told(run)), 'projects/new');
    await at(
      {},
      { 'schema.ts': right },
      (run) => assert.equal(run.facts.record?.kind, 'kept', told(run)),
      'projects/new',
    );
  });

  it('a wrong pattern is a guess that is given up, and a stale route is no matter', () =>
    at(
      { linked: true, takes: /^.{8,}$/ },
      { 'server.js': routes('/projects/create', '/new'), 'schema.ts': schema('/^[a-z]{3}$/') },
      (run) => {
        assert.equal(run.facts.record?.kind, 'kept', told(run));
        assert.equal(run.results[0]?.status, 'pass');
      },
    ));

  it('what did not open is told', () =>
    at({}, { 'server.js': routes('/projects/create', '/members/new', '/about') }, (run) => {
      assert.equal(run.facts.record, undefined, told(run));
      assert.match(told(run), /the source has \/projects\/create; it did not open \(the answer was 404\)/);
      assert.match(told(run), /the source has \/members\/new; it did not open \(redirected to \/login\)/);
    }));
});
