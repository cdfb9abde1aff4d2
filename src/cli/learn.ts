import { readFile } from 'node:fs/promises';
import { claimsNamed } from '../config/select.ts';
import { wrap } from '../lib/text.ts';
import { type ClaimInfo, catalogue, claimInfo, sections } from '../model/catalogue.ts';
import { Failure } from '../model/failure.ts';
import type { Io } from './parts.ts';

/** `plummet list`: every claim there is, with a sign before those that are asked today. */
export async function listClaims(io: Io): Promise<number> {
  const { probedClaims } = await io.parts();
  const [quick, all] = [new Set(probedClaims('reload')), new Set(probedClaims('audit', true))];
  const width = Math.max(...catalogue.map(({ id }) => id.length));
  const lines = sections.flatMap((section) => [
    `\n${section.id}: ${section.title}`,
    ...catalogue
      .filter((info) => info.section === section.id)
      .map((info) => {
        const sign = quick.has(info.id) ? '◆' : all.has(info.id) ? '◇' : ' ';
        return `${sign} ${info.id.padEnd(width)}  ${info.tier.padEnd(7)}  ${info.severity.padEnd(8)}  ${String(info.hours).padStart(4)} h  ${needs(info)}`;
      }),
  ]);
  io.out.write(
    `◆ asked by reload and audit   ◇ asked by audit, what needs start with --start   without a sign: in the catalogue, asked by no probe yet\n${lines.join('\n')}\n\nWhat a claim means: plummet explain <claim>\n`,
  );
  return 0;
}

const needs = ({ needs: of }: ClaimInfo): string =>
  [of.url ? 'address' : '', of.start ? 'start' : '', of.source ? 'source' : '', of.two ? 'two accounts' : '']
    .filter(Boolean)
    .join(', ');

/** `plummet explain <claim>`: what it means, how it looks, how it is shown, what could fool it, how to mend it, and whether it is asked today. */
export async function explain(name: string, io: Io): Promise<number> {
  const found = claimsNamed([name], 'explain');
  if (found.length > 1)
    throw new Failure(
      'E_USAGE',
      `"${name}" means ${found.length} claims. Name one: ${found.slice(0, 5).join(', ')}${found.length > 5 ? ', …' : ''}`,
    );
  const info = claimInfo(found[0] ?? '');
  const width = Math.min(io.out.columns, 100);
  const told = (await documented(info)) ?? [
    { lead: '', text: info.says },
    { lead: 'How it is shown', text: info.shown },
    { lead: 'What could fool it', text: info.fooledBy },
  ];
  const parts = [...told, { lead: 'References', text: info.references.join(', ') }].filter(({ text }) => text);
  const body = parts.map(({ lead, text }) =>
    lead ? [lead, ...wrap(text, width - 2).map((line) => `  ${line}`)].join('\n') : wrap(text, width).join('\n'),
  );
  io.out.write(
    `${info.id}\n${info.tier}, ${info.severity}, about ${info.hours} h to fix, needs ${needs(info)}\n${await asked(info, io)}\n\n${body.join('\n\n')}\n`,
  );
  return 0;
}

/** Which command asks it, as `plummet list` has it by signs. */
async function asked({ id }: ClaimInfo, io: Io): Promise<string> {
  const { probedClaims } = await io.parts();
  if (probedClaims('reload').includes(id)) return 'asked by plummet reload and by each audit';
  if (probedClaims('audit').includes(id)) return 'asked by each audit';
  if (probedClaims('audit', true).includes(id)) return 'asked by an audit with --start';
  return 'asked by no probe yet';
}

/** The claim's part of docs/claims: its sentence, then what stands after each lead-in. Undefined where there is none. */
async function documented(info: ClaimInfo): Promise<readonly { lead: string; text: string }[] | undefined> {
  const file = new URL(`../../docs/claims/${info.section}.md`, import.meta.url);
  const text = await readFile(file, 'utf8').catch(() => '');
  const name = info.id.slice(info.section.length + 1);
  const part = text.split(/^## /m).find((one) => one.startsWith(`${name}\n`));
  return part
    ?.slice(name.length)
    .trim()
    .split(/\n{2,}/)
    .filter((one) => !one.startsWith('*No probe'))
    .map((one) => {
      const [, lead = '', rest = one] = /^\*\*([^*]+)\.\*\* ([\s\S]+)$/.exec(one) ?? [];
      return { lead, text: plain(rest) };
    });
}

/** A paragraph of the docs without its Markdown: a terminal shows no emphasis, and its lines are broken anew. */
const plain = (text: string): string =>
  text
    .replaceAll('\n', ' ')
    .replaceAll('**', '')
    .replace(/(?<![\w*])\*([^*]+)\*(?![\w*])/g, '$1');
