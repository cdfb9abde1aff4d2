import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { Clues } from '../../model/suspects.ts';
import { suspectsIn } from './suspects.ts';

const root = mkdtempSync(join(tmpdir(), 'suspects-'));
after(() => rmSync(root, { recursive: true, force: true }));

function found(files: Record<string, string>, clues: Partial<Clues>): string[] {
  const folder = mkdtempSync(join(root, 'app-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const all: Clues = { claims: [], requests: [], controls: [], fields: [], silent: false, ...clues };
  return (suspectsIn(folder, [all])[0] ?? []).map(({ file, line }) => `${file}:${line}`);
}

const post = [{ method: 'POST', path: '/api/tasks' }];
const change = [{ method: 'PATCH', path: '/api/tasks/:id' }];

describe('where in the source that which is broken likely sits', () => {
  for (const [says, file, text, requests, line] of [
    ['a router of Express', 'server.js', "\napp.post('/api/tasks', add);", post, 2],
    [
      'a router below another path',
      'routes/tasks.js',
      "router.patch('/:id', a);\nrouter.patch('/tasks/:id', change);",
      change,
      2,
    ],
    ['a decorator of Flask', 'app.py', '@app.post("/api/tasks")\ndef add(): pass', post, 1],
    ['a decorator with a parameter', 'app.py', '@app.patch("/api/tasks/<int:id>")\ndef change(id): pass', change, 1],
    [
      'a file that is a route (Next.js)',
      'src/app/api/tasks/[id]/route.ts',
      "import x from 'y';\nexport async function PATCH() {}",
      change,
      2,
    ],
    [
      'a file that is a route (SvelteKit)',
      'src/routes/api/tasks/+server.ts',
      'export const POST = async () => {};',
      post,
      1,
    ],
    [
      'what sends it',
      'src/save.ts',
      'const go = (id) =>\n  fetch(`/api/tasks/${id}`, { method: "PATCH" });',
      change,
      2,
    ],
  ] as const)
    it(`the route of the request: ${says}`, () =>
      assert.deepEqual(found({ [file]: text, 'other.js': "app.get('/api/users', list);" }, { requests }), [
        `${file}:${line}`,
      ]));

  it('what was never sent: the form by its button, before the route that would have taken it', () => {
    const form = `function Edit() {\n  const save = (e) => { e.preventDefault(); setTasks(tasks.map(swap)); };\n  return <button onClick={save}>Save changes</button>;\n}`;
    const route = "app.get('/api/tasks', list);\napp.patch('/api/tasks/:id', change);";
    assert.deepEqual(
      found(
        { 'src/Edit.jsx': form, 'server.js': route },
        { claims: ['persistence/edits-persist'], requests: change, controls: ['edit', 'save changes'], silent: true },
      ),
      ['src/Edit.jsx:3', 'server.js:2'],
    );
  });

  it("what is lost: the browser's storage, first where the form is", () => {
    const clues = { claims: ['persistence/records-survive-reload'], controls: ['add task'], silent: true };
    const store = "const all = () => JSON.parse(localStorage.getItem('tasks'));\nconst label = 'Add task';";
    assert.deepEqual(found({ 'b/store.js': store, 'a/theme.js': "localStorage.setItem('theme', 'dark');" }, clues), [
      'b/store.js:1',
      'a/theme.js:1',
    ]);
  });

  it('memory of the process is to blame only where something was sent', () => {
    const files = { 'server.js': 'const tasks = new Map();' };
    const claims = ['persistence/records-survive-reload'];
    assert.deepEqual(found(files, { claims }), ['server.js:1']);
    assert.deepEqual(found(files, { claims, silent: true }), []);
  });

  it('comments, tests, what is installed, and a name within a longer word speak for nothing', () => {
    const clues = { requests: post, controls: ['add task'], silent: true };
    assert.deepEqual(
      found(
        {
          'a.js': "// app.post('/api/tasks')",
          'a.test.js': "app.post('/api/tasks')",
          'node_modules/a/i.js': "app.post('/api/tasks')",
          'b.js': "const words = 'Please add tasks to the list';",
        },
        clues,
      ),
      [],
    );
  });
});
