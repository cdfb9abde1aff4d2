/** plummet.recipes.json: written from a run, gone by in the next, healed where it no longer leads there, and refused where it is wrong. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import todos from '../fixtures/enter-to-add/fixture.ts';
import tasks from '../fixtures/json-spa/fixture.ts';
import board from '../fixtures/shared-board/fixture.ts';
import { readRecipes, recipesName } from '../src/cli/recipes-file.ts';
import type { Step } from '../src/model/recipe.ts';
import { remember } from '../src/model/remembered.ts';
import type { Run } from '../src/model/run.ts';
import { commandIn } from './command.ts';

const home = mkdtempSync(join(tmpdir(), 'plummet-recipes-'));
after(() => rmSync(home, { recursive: true, force: true }));
const file = join(home, recipesName);

const plummet = commandIn(home);

const runIn = (name: string): Run => JSON.parse(readFileSync(join(home, name, 'run.json'), 'utf8')) as Run;
const marksOf = ({ ledger }: Run): string[] => ledger.map(({ mark }) => mark.split('@')[0] as string);
/** A step as the file has it. */
type Written = { [key: string]: unknown; on: { name: string; css: string } };
interface Kept {
  app: string;
  door: { logIn: Written[]; signUp: Written[] };
  write: { steps: Written[]; seenAt: string[] };
  edit: Written[];
  delete: Written[];
  [key: string]: unknown;
}
const kept = (): Kept => JSON.parse(readFileSync(file, 'utf8')) as Kept;
const put = (value: unknown): void => writeFileSync(file, JSON.stringify(value));

describe('recipes that are kept', () => {
  it('are written from a run, gone by in the next, and healed where they no longer lead there', async () => {
    const app = await tasks.start();
    try {
      const first = await plummet('survey', app.url, '--out', 'first');
      assert.equal(first.code, 0, first.err);
      const written = await plummet('recipes', 'first');
      assert.match(written.out, /says how to sign up, log in, write, edit and delete/, written.err);
      const text = readFileSync(file, 'utf8');
      assert.match(text, /^\{\n {2}"version": 1,\n {2}"app": "http[\s\S]*\n\}\n$/);
      assert.doesNotMatch(text, /@example\.com|Pl7!|"e\d+"/, 'no account, no password, no evidence');
      for (const mark of marksOf(runIn('first'))) assert.ok(!text.includes(mark), `${mark} is in it`);
      assert.deepEqual(kept().write.seenAt, ['/tasks'], 'addresses are those of the app, without its host');

      const second = await plummet('survey', app.url, '--out', 'second');
      assert.equal(second.code, 0, second.err);
      assert.doesNotMatch(second.err, /is not what this run learned/);
      const run = runIn('second');
      assert.match(run.notes.join('\n'), /^Went by the recipes of plummet\.recipes\.json/m);
      assert.equal(run.facts.record?.kind, 'kept');
      assert.ok(
        run.facts.record.marks.every((mark) => marksOf(run).includes(mark)),
        'shown by marks of its own',
      );
      const seen = readFileSync(join(home, 'second/events.ndjson'), 'utf8');
      assert.match(seen, /stand after fresh loads/);
      await plummet('recipes', 'second');
      assert.equal(readFileSync(file, 'utf8'), text, 'the same run after run');

      const stale = kept();
      const button = stale.write.steps.at(-1) as Written;
      Object.assign(button.on, { name: 'launch the rocket', css: '#gone' });
      put(stale);
      const before = readFileSync(file, 'utf8');
      const third = await plummet('reload', app.url, '--only', 'persistence/records-survive-reload', '--out', 'third');
      assert.equal(third.code, 0, `it is found all the same: ${third.out}`);
      assert.match(
        runIn('third').notes.join('\n'),
        /The recipes of plummet\.recipes\.json no longer lead there: writing by .* did not work/,
      );
      assert.match(
        third.err,
        /not what this run learned:\n {2}write\n {4}- .*press “launch the rocket”\n {4}\+ .*press “add task”\nKeep the new ones with: plummet recipes\n$/,
      );
      assert.equal(readFileSync(file, 'utf8'), before, 'nothing is rewritten without being asked');
      const mended = await plummet('recipes', 'third');
      assert.match(mended.out, /- .*press “launch the rocket”/);
      assert.equal(
        readFileSync(file, 'utf8'),
        text,
        'with the edit and the delete, which a short survey does not look for',
      );
    } finally {
      await app.close();
    }
  });

  it('leave the records of others alone, where a step finds one of them', async () => {
    const app = await tasks.start();
    const sound = readFileSync(file, 'utf8');
    try {
      const anyRow = { ...kept(), app: app.url.replace(/\/$/, '') };
      for (const { on } of anyRow.delete) if (on) Reflect.deleteProperty(on, 'inRow');
      put(anyRow);
      const { code, err } = await plummet('survey', app.url, '--out', 'others');
      assert.equal(code, 0, err);
      const { facts } = runIn('others');
      assert.match(
        facts.tried.join('\n'),
        /deleting by the recipe of plummet\.recipes\.json: button “Delete” on .* may be another record's/,
      );
      assert.ok(facts.delete, 'and it is looked for as usual');
    } finally {
      writeFileSync(file, sound);
      await app.close();
    }
  });

  it('of an app behind a door: what it says inside is read, and a door that came since is seen', async () => {
    const app = await board.start();
    const sound = readFileSync(file, 'utf8');
    const only = ['--only', 'persistence/records-survive-reload'];
    try {
      rmSync(file);
      await plummet('reload', app.url, ...only, '--out', 'board');
      const { told } = runIn('board').facts;
      assert.ok(told.shared, 'it says so');
      await plummet('recipes', 'board');
      await plummet('reload', app.url, ...only, '--out', 'board-again');
      const again = runIn('board-again');
      assert.match(again.notes.join('\n'), /^Went by the recipes/m);
      assert.deepEqual(again.facts.told, told);

      put({ ...kept(), door: { kind: 'none' } });
      await plummet('reload', app.url, ...only, '--out', 'board-door');
      const { notes, facts } = runIn('board-door');
      assert.match(notes.join('\n'), /no longer lead there: they know of no door, and one is there now/);
      assert.equal(facts.door.kind, 'password');
    } finally {
      writeFileSync(file, sound);
      await app.close();
    }
  });

  it('of an app without a door are gone by in the browser that is open', async () => {
    const app = await todos.start();
    const sound = readFileSync(file, 'utf8');
    const only = ['--only', 'persistence/records-survive-reload'];
    try {
      rmSync(file);
      await plummet('reload', app.url, ...only, '--out', 'open');
      await plummet('recipes', 'open');
      const { code, out } = await plummet('reload', app.url, ...only, '--out', 'open-again');
      assert.match(runIn('open-again').notes.join('\n'), /^Went by the recipes/m);
      assert.equal(code, 0, out);
    } finally {
      writeFileSync(file, sound);
      await app.close();
    }
  });

  it('of which the write fails leave one inside by the log-in of the config', async () => {
    const app = await tasks.start();
    const sound = readFileSync(file, 'utf8');
    const config = join(home, 'plummet.config.mjs');
    try {
      const account = { email: 'ada@example.com', password: 'Long-enough-1' };
      await fetch(new URL('/api/signup', app.url), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...account, name: 'Ada' }),
      });
      // Inside, the form of the log-in is not there: a second log-in in that browser fails.
      writeFileSync(
        config,
        `export default { recipes: { async logIn(page) {
          await page.goto('/login');
          await page.getByLabel('E-mail').fill('${account.email}', { timeout: 3000 });
          await page.getByLabel('Password').fill('${account.password}');
          await page.locator('form').getByRole('button', { name: 'Log in' }).click();
          await page.getByRole('button', { name: 'New task' }).waitFor();
        } } };`,
      );
      const stale = { ...kept(), app: app.url.replace(/\/$/, '') };
      Object.assign((stale.write.steps.at(-1) as Written).on, { name: 'launch the rocket', css: '#gone' });
      put(stale);
      const only = ['--only', 'persistence/records-survive-reload'];
      const { code, out } = await plummet('reload', app.url, ...only, '--out', 'given');
      const { notes, facts } = runIn('given');
      assert.match(notes.join('\n'), /no longer lead there: writing by .* did not work/);
      assert.equal(facts.door.logIn?.given, true, out);
      assert.equal(code, 0, out);
    } finally {
      writeFileSync(file, sound);
      rmSync(config);
      await app.close();
    }
  });

  it('are left aside for another address', async () => {
    const app = await tasks.start();
    try {
      put({ ...kept(), app: 'http://127.0.0.1:9' });
      const { err } = await plummet('survey', app.url, '--permit', 'reads', '--out', 'other');
      assert.match(
        err,
        /plummet\.recipes\.json is for http:\/\/127\.0\.0\.1:9, not for http:\/\/127\.0\.0\.1:\d+: it is left aside/,
      );
      assert.deepEqual(
        runIn('other').notes.filter((note) => note.includes('recipes')),
        [],
      );
    } finally {
      await app.close();
    }
  });

  it('that are wrong are refused, with the place and what to do', async () => {
    const sound = kept();
    const withStep = (step: object): unknown => ({ ...sound, edit: [step] });
    const [, fill] = sound.door.logIn.slice(1) as [Written, Written];
    const wrong: [unknown, RegExp][] = [
      [{ ...sound, version: 2 }, /version: this version of Plummet reads version 1/],
      [{ ...sound, extra: 1 }, /the file: Unrecognized key: "extra"/],
      [withStep({ do: 'goto', url: 'http://evil.example/' }), /edit\.0\.url: .*stays in the app/],
      [withStep({ do: 'goto', url: '//evil.example/' }), /edit\.0\.url/],
      [withStep({ do: 'goto', url: '/\\evil.example/' }), /edit\.0\.url/],
      [withStep({ do: 'goto', url: '/\t/evil.example/' }), /edit\.0\.url/],
      [withStep({ do: 'goto', url: '/in?token=abcdef123456' }), /edit\.0\.url: .*looks like a secret/],
      [withStep({ do: 'send', method: 'DELETE', url: '/api/all' }), /edit\.0\.do/],
      [withStep({ ...fill, value: 'hunter2hunter2' }), /a password is not written down here/],
      [withStep({ ...fill, value: '{mark} {password}' }), /edit: .*typed at the door alone/],
      [withStep({ do: 'goto', url: '/tasks/{email}' }), /edit: .*typed at the door alone/],
      [
        { ...sound, write: { ...sound.write, steps: [...sound.write.steps, fill] } },
        /write\.steps: .*at the door alone/,
      ],
      [{ ...sound, edit: [] }, /edit: /],
      [{ ...sound, app: 'javascript:alert(1)' }, /app: the address of the app/],
      [{ ...sound, write: { ...sound.write, steps: sound.door.logIn } }, /write\.steps: one step types \{mark\}/],
      [{ ...sound, door: { kind: 'none', '\u001b[31mred': 1 } }, /door: Unrecognized key: "red"/],
    ];
    for (const [value, says] of wrong) {
      put(value);
      await assert.rejects(readRecipes(home), (error: Error & { code?: string }) => {
        assert.equal(error.code, 'E_RECIPES');
        assert.match(error.message, says);
        assert.match(error.message, /Mend it, or take it away/);
        return true;
      });
    }
    put({ ...sound, write: { ...sound.write, says: 'the form “Basic information” (#sk-spinner-container)' } });
    assert.ok(await readRecipes(home), 'a word of a page is no secret');
    writeFileSync(file, '{ "version": 1,');
    assert.equal((await plummet('recipes', 'first')).code, 64, 'what somebody wrote is not replaced');
    const { code, err } = await plummet('http://127.0.0.1:9');
    assert.equal(code, 64);
    assert.match(err, /plummet\.recipes\.json is not right:\n {2}it is no JSON: .*\[E_RECIPES\]/s);
  });

  it('hold nothing that names what a run wrote, and are not made of what shows no record', () => {
    const run = runIn('first');
    const [mark = ''] = run.facts.record?.marks ?? [];
    const steps: Step[] = [{ do: 'goto', url: `http://localhost:1/${mark}` }];
    const { facts } = run;
    const named = remember({ ...run, facts: { ...facts, edit: { id: 'edit', steps } } }, 'it');
    assert.ok('known' in named && named.known.edit === undefined && named.known.delete, 'that one alone is left out');
    const record = facts.record as NonNullable<typeof facts.record>;
    const because = (changed: Run): string | undefined => {
      const came = remember(changed, 'it');
      return 'because' in came ? came.because : undefined;
    };
    assert.match(
      because({ ...run, facts: { ...facts, record: { ...record, create: { id: 'create', steps } } } }) ?? '',
      /name what that run wrote/,
    );
    assert.match(
      because({ ...run, facts: { ...facts, record: { ...record, kind: 'held' } } }) ?? '',
      /no way to write/,
    );
  });
});
