/** A walk is stored with what it chose among: enough to fit weights to, and nothing of the app's words. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { writtenIn } from '../bench/measure.ts';
import { ownApps, walk } from '../bench/walks.ts';
import { choicesIn } from '../src/model/choices.ts';
import weights from '../src/survey/weights.json' with { type: 'json' };

const folder = mkdtempSync(join(tmpdir(), 'plummet-walks-'));
after(() => rmSync(folder, { recursive: true, force: true }));

it('of three forms the one that led to the record is told, in features that have a weight', async () => {
  const app = ownApps().find(({ name }) => name === 'gallery.beside-others');
  assert.ok(app);
  await walk(app, folder);
  const { run, events } = writtenIn(join(folder, app.name));
  assert.equal(run.facts.record?.kind, 'kept', run.facts.tried.join('\n'));
  const notes = events.filter(({ data }) => data?.['considers'] ?? data?.['chose']);
  const [choice, ...more] = choicesIn(events);
  assert.deepEqual(more, []);
  assert.equal(choice?.kind, 'forms');
  assert.deepEqual(choice.candidates[choice.right], { record: 1, form: 1, saves: 1, text: 1, size: 0.05 });
  assert.ok((choice.acts[choice.right] ?? 0) > 1, 'it was filled and sent, and once more');
  const known = [...Object.keys(weights.forms), ...Object.keys(weights.openers)];
  const names = new Set(JSON.stringify(notes.map(({ data }) => data)).match(/[a-zA-Z]{2,}/g));
  for (const name of ['considers', 'chose', 'forms', 'openers', 'of', 'kind', 'at', 'by', 'came', 'kept', ...known])
    names.delete(name);
  assert.deepEqual([...names], []);

  // What is stored is not walked again: an app that cannot start is not started.
  await walk({ ...app, start: () => Promise.reject(new Error('it was started')) }, folder);
});
