/**
 * `npm run new-probe -- section/claim`: the probe, its failing test and its doc heading, from scripts/probe-template,
 * which is type-checked with everything else and so does not go stale.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type ClaimInfo, catalogue } from '../src/model/catalogue.ts';
import { advice } from '../src/report/advice.ts';

const root = path.resolve(import.meta.dirname, '..');
const template = path.join(root, 'scripts/probe-template');

function stop(why: string): never {
  console.error(why);
  process.exit(64);
}

/** The template with the claim's name in it, and its imports as seen from src/probes/<section>/. */
function filled(file: string, claim: ClaimInfo, name: string): string {
  return readFileSync(path.join(template, file), 'utf8')
    .replaceAll('../../src/probes/', '../')
    .replaceAll('../../src/', '../../')
    .replaceAll('./claim.ts', `./${name}.ts`)
    .replaceAll('section/claim', claim.id)
    .replaceAll('@says@', claim.says)
    .replace('export const probe ', `export const ${camel(name)} `);
}

const camel = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

function addHeading(claim: ClaimInfo, name: string): boolean {
  const file = path.join(root, `docs/claims/${claim.section}.md`);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : `# ${claim.section}\n`;
  if (text.split('\n').includes(`## ${name}`)) return false;
  const { notice = '…', fix = '…' } = advice[claim.id] ?? {};
  const parts = [
    `**${claim.says}**`,
    '**What it means.** …',
    `**How it looks.** ${notice}`,
    `**How it is shown.** ${claim.shown}`,
    `**What could fool it.** ${claim.fooledBy || '…'}`,
    `**How to mend it.** ${fix}`,
  ];
  writeFileSync(file, `${text.trimEnd()}\n\n## ${name}\n\n${parts.join('\n\n')}\n`);
  return true;
}

const id = process.argv[2] ?? stop('Which claim? npm run new-probe -- section/claim');
const claim =
  catalogue.find((one) => one.id === id) ??
  stop(`"${id}" is not in the catalogue. Add its row in src/model/catalogue/ first: ids are fixed, so choose it well.`);
const name = id.slice(claim.section.length + 1);
const folder = path.join(root, 'src/probes', claim.section);
const files = [`${name}.ts`, `${name}.test.ts`] as const;
for (const file of files) {
  if (existsSync(path.join(folder, file))) stop(`src/probes/${claim.section}/${file} is there already.`);
}

mkdirSync(folder, { recursive: true });
writeFileSync(path.join(folder, files[0]), filled('claim.ts', claim, name));
writeFileSync(path.join(folder, files[1]), filled('claim.test.ts', claim, name));
for (const file of files) console.log(`wrote src/probes/${claim.section}/${file}`);
console.log(`${addHeading(claim, name) ? 'added' : 'kept '} docs/claims/${claim.section}.md, ## ${name}`);
console.log(
  `Now: plant the defect in a fixture, see the test red, then add ${camel(name)} to src/probes/index.ts\nand take the line "No probe asks this yet" out of the doc, or say there what it means (a test wants both).`,
);
