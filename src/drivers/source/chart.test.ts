import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { chartIn } from './chart.ts';

const root = mkdtempSync(join(tmpdir(), 'chart-'));
after(() => rmSync(root, { recursive: true, force: true }));

function folder(files: Record<string, string>): string {
  const at = mkdtempSync(join(root, 'app-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(at, path)), { recursive: true });
    writeFileSync(join(at, path), text);
  }
  return at;
}

describe('the source of an app as a chart', () => {
  it('holds nothing of what is installed, built or a test', () => {
    const page = "app.get('/new', (req, res) => res.render('new'));";
    const schema = "import { z } from 'zod'; z.object({ name: z.string().max(9) })";
    const others = {
      'node_modules/m/server.js': page,
      'vendor/m/server.js': page,
      'dist/server.js': page,
      'server.test.js': page,
      'tests/server.js': page + schema,
      'app.min.js': page,
    };
    assert.deepEqual(chartIn(folder(others)), { pages: [], shapes: [] });
    const { pages, shapes } = chartIn(folder({ ...others, 'src/server.js': page, 'src/schema.ts': schema }));
    assert.deepEqual(pages, [{ address: '/new', likely: 0.6, where: 'src/server.js:1' }]);
    assert.deepEqual(shapes, [{ where: 'src/schema.ts:1', fields: { name: { longest: 9 } } }]);
  });

  it('a large source is read in a moment, and a folder that is not there holds none', () => {
    const files = Object.fromEntries(
      Array.from({ length: 300 }, (_, n) => [
        `src/${n}.ts`,
        `import { z } from 'zod';\nexport const a = z.object({ name: z.string().max(${n}) });\n`.repeat(50),
      ]),
    );
    const at = folder(files);
    const began = process.cpuUsage();
    assert.ok(chartIn(at).shapes.length > 0);
    // Of the processor, so that what else this machine does counts for nothing.
    assert.ok(process.cpuUsage(began).user < 4_000_000, 'in less than 4 s');
    assert.deepEqual(chartIn(join(root, 'nowhere')), { pages: [], shapes: [] });
  });
});
