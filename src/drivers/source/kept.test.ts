import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { linesNaming, volumesIn } from './kept.ts';

const root = mkdtempSync(join(tmpdir(), 'kept-'));
after(() => rmSync(root, { recursive: true, force: true }));

function source(name: string, files: Record<string, string>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name, path)), { recursive: true });
    writeFileSync(join(root, name, path), text);
  }
  return join(root, name);
}

describe('where data is kept, by the source', () => {
  for (const [says, settable, text] of [
    ['fixed, beside the code', false, `const FILE = path.join(__dirname, 'db.json');\nconst port = process.env.PORT;`],
    ['fixed, by Django', false, `DATABASES = {'default': {'NAME': BASE_DIR / 'db.json'}}`],
    ['a variable on the same line', true, `const file = process.env.DATA_FILE ?? './db.json';`],
    [
      'a variable for the folder',
      true,
      `const dir = process.env.DATA_DIR || './data';\nconst file = path.join(dir, 'db.json');`,
    ],
    [
      'a fixed default, used beside a variable',
      true,
      `const fallback = './db.json';\nopen(process.env.DB || fallback);`,
    ],
    ['a variable of Python', true, `base = os.environ.get('DATA', '.')\nname = base + '/db.json'`],
  ] as const)
    it(`${says}: ${settable ? 'can' : 'cannot'} be set from outside`, () => {
      const [line] = linesNaming(source(says, { 'server/db.js': text }), 'db.json');
      assert.equal(line?.file, 'server/db.js');
      assert.equal(line?.settable, settable);
    });

  it('tests, comments and what is installed do not count', () => {
    const files = {
      '.notes/a.json': `"db.json": "process.env.DB"`,
      'a.test.js': `x = 'db.json'`,
      'node_modules/m/i.js': `x = 'db.json'`,
      'b.js': `// in db.json`,
    };
    assert.deepEqual(linesNaming(source('none', files), 'db.json'), []);
  });

  it('volumes are those of Dockerfiles, compose files and platforms', () => {
    const files = {
      Dockerfile: 'FROM node\nVOLUME ["/data", "/uploads"]\n',
      'docker-compose.yml':
        'services:\n  web:\n    volumes:\n      - ./store:/app/store\n      - db:/var/lib/db\n      - pg:/var/lib/postgresql/data\n      - mg:/data/db\n    ports:\n      - "80:80"\n',
      'fly.toml': '[mounts]\n  source = "d"\n  destination = "/fly"\n',
    };
    assert.deepEqual(
      volumesIn(source('volumes', files))
        .map((v) => v.path)
        .sort(),
      ['/app/store', '/data', '/fly', '/uploads', '/var/lib/db'],
    );
  });
});
