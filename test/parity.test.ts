/** Catalogue, docs and checklist name the same claims, each way: nothing is asked, told or probed that the others lack. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { catalogue, claimInfo, sections, severityPoints } from '../src/model/catalogue.ts';
import { advice } from '../src/report/advice.ts';

const root = path.resolve(import.meta.dirname, '..');
const docs = path.join(root, 'docs/claims');
const checklist = path.join(root, 'src/probes/index.ts');

/** section/claim → what stands under its heading. */
function documented(): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of readdirSync(docs)) {
    const [, ...parts] = readFileSync(path.join(docs, file), 'utf8').split(/^## /m);
    for (const part of parts) {
      const [heading = '', ...body] = part.split('\n');
      const id = `${path.basename(file, '.md')}/${heading.trim()}`;
      assert.ok(!found.has(id), `docs/claims has two headings for ${id}`);
      found.set(id, body.join('\n'));
    }
  }
  return found;
}

test('ids are unique, stand in their section and carry a full row', () => {
  assert.equal(new Set(catalogue.map((claim) => claim.id)).size, catalogue.length);
  for (const claim of catalogue) {
    assert.equal(claim.id.split('/')[0], claim.section);
    assert.match(claim.id, /^[a-z-]+\/[a-z0-9-]+$/);
    assert.match(claim.says, /^[^…]+\.$/, `${claim.id} says a whole sentence`);
    assert.ok(claim.shown.endsWith('.'), `${claim.id} tells how it is shown`);
    assert.ok(claim.hours > 0 && severityPoints[claim.severity] > 0);
    assert.equal(claim.tier === 'surface', claim.section === 'surface');
    assert.ok(claim.needs.url || claim.needs.start || claim.needs.source, `${claim.id} can be asked somehow`);
    assert.equal(claimInfo(claim.id), claim);
  }
  assert.throws(() => claimInfo('persistence/no-such-claim'), /No claim "persistence\/no-such-claim"/);
});

test('every claim has its heading in the docs, and under it what it says', () => {
  const headings = documented();
  for (const claim of catalogue) {
    const body = headings.get(claim.id);
    assert.ok(body !== undefined, `docs/claims/${claim.section}.md lacks "## ${claim.id.split('/')[1]}"`);
    assert.ok(body.includes(`**${claim.says}**`), `docs/claims/${claim.section}.md says ${claim.id} in other words`);
  }
});

const leads = ['What it means', 'How it looks', 'How it is shown', 'What could fool it', 'How to mend it'] as const;

test('each claim is told in five parts, in one order, each with something to say', () => {
  const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();
  for (const [id, body] of documented()) {
    const parts = body
      .split(/\n{2,}/)
      .flatMap((part) => [/^\*\*([^*]+)\.\*\* ([\s\S]+)$/.exec(part.trim()) ?? []])
      .filter(({ length }) => length);
    assert.deepEqual(
      parts.map(([, lead]) => lead),
      leads,
      `docs/claims: the parts of ${id}`,
    );
    const texts = parts.map(([, , text = '']) => plain(text));
    for (const [index, text] of texts.entries()) {
      assert.ok(text.length >= 22 && /^[^a-z].*[.:)]$/.test(text), `${id}: "${leads[index]}" is no sentence: ${text}`);
    }
    assert.equal(new Set(texts).size, texts.length, `${id} says the same twice`);
    assert.equal(texts[1], advice[id]?.notice, `${id}: reports say otherwise how it looks`);
    assert.equal(texts[4], advice[id]?.fix, `${id}: reports say otherwise how to mend it`);
  }
});

test('a claim that no probe asks yet says so, and no other does', async () => {
  const { probes } = (await import(pathToFileURL(checklist).href)) as {
    probes: readonly { claims: readonly { id: string }[] }[];
  };
  const asked = new Set(probes.flatMap(({ claims }) => claims.map(({ id }) => id)));
  for (const [id, body] of documented()) {
    assert.equal(
      body.includes('*No probe asks this yet:'),
      !asked.has(id),
      `docs/claims: ${id} and src/probes/index.ts`,
    );
  }
});

test('the guides count the claims that are asked, and name every cause of not told', async () => {
  const { probes } = (await import(pathToFileURL(checklist).href)) as {
    probes: readonly { claims: readonly { id: string }[] }[];
  };
  const asked = new Set(probes.flatMap(({ claims }) => claims.map(({ id }) => id)));
  const guide = (name: string): string => readFileSync(path.join(root, 'docs', name), 'utf8');
  assert.ok(
    guide('limits.md').includes(`Of the ${catalogue.length} claims of the catalogue, ${asked.size} are asked`),
    `docs/limits.md: ${asked.size} of ${catalogue.length} claims are asked`,
  );
  const causes = /export type Cause =([^;]+);/.exec(readFileSync(path.join(root, 'src/model/verdict.ts'), 'utf8'))?.[1];
  const named = [...(causes ?? '').matchAll(/'([a-z-]+)'/g)].map(([, cause = '']) => cause);
  assert.ok(named.length > 10);
  for (const cause of named)
    assert.ok(guide('verdicts.md').includes(`| \`${cause}\` |`), `docs/verdicts.md lacks ${cause}`);
});

test('every heading in the docs has its claim, and every file its section', () => {
  const known = new Set(catalogue.map((claim) => claim.id));
  for (const id of documented().keys()) assert.ok(known.has(id), `docs/claims has a heading for "${id}", no claim`);
  assert.deepEqual(readdirSync(docs).sort(), sections.map((section) => `${section.id}.md`).sort());
});

test('every probe answers claims of the catalogue, and none is answered twice but once more by the app in our hand', async (t) => {
  if (!existsSync(checklist)) return t.skip('src/probes/index.ts is not written yet');
  const { probes } = (await import(pathToFileURL(checklist).href)) as {
    probes: readonly { id: string; needs?: string; claims: readonly { id: string }[] }[];
  };
  const known = new Set(catalogue.map((claim) => claim.id));
  const answeredBy = new Map<string, string>();
  for (const probe of probes) {
    for (const claim of probe.claims) {
      if (probe.needs && answeredBy.has(claim.id)) continue;
      assert.ok(known.has(claim.id), `probe ${probe.id} answers ${claim.id}, which is not in the catalogue`);
      assert.ok(!answeredBy.has(claim.id), `${claim.id} is answered by ${answeredBy.get(claim.id)} and ${probe.id}`);
      answeredBy.set(claim.id, probe.id);
    }
  }
  assert.ok(answeredBy.size > 0, 'the checklist is empty');
});
