import { didYouMean } from '../lib/nearest.ts';
import { criterionClaim } from '../model/criteria.ts';
import { Failure } from '../model/failure.ts';
import { type Meaning, meanings } from '../model/meanings.ts';
import type { Intent } from '../model/run.ts';
import { type Config, noNewFailure } from './schema.ts';
import { claimsNamed } from './select.ts';

/** An entry of `accept`, read. `says`: as it stands there. */
export type Wanted = { readonly says: string } & (
  | { readonly kind: 'claims'; readonly claims: readonly string[] }
  | { readonly kind: 'floor' }
  | { readonly kind: 'ready'; readonly least: number }
  | { readonly kind: 'meaning'; readonly meaning: Meaning }
  | { readonly kind: 'no-new-failure' }
);

/** What the gate asks for, in the order of the config. An entry that means nothing, or contradicts the intent, is a Failure. */
export function wantedBy({ accept = 'floor', criteria = {}, intent = {} }: Config): Wanted[] {
  const own = Object.keys(criteria).map(criterionClaim);
  return [accept].flat().map((entry): Wanted => {
    const says = bare(entry);
    if (Object.hasOwn(criteria, says)) return { says, kind: 'claims', claims: [criterionClaim(says)] };
    if (same(says, 'floor')) return { says, kind: 'floor' };
    if (same(says, noNewFailure)) return { says, kind: 'no-new-failure' };
    const meaning = meaningOf(says);
    if (meaning) {
      agreeing(meaning, intent);
      return { says, kind: 'meaning', meaning };
    }
    const number = numberIn(says);
    if (number) return { says, kind: 'ready', ...number };
    const sentences = [...meanings.map((one) => one.says), noNewFailure, ...Object.keys(criteria)];
    const close = didYouMean(says, sentences);
    if (close && says.includes(' ')) throw new Failure('E_CONFIG', `accept: nothing is called "${says}".${close}`);
    return { says, kind: 'claims', claims: claimsNamed([says], 'accept', own) };
  });
}

/** The answers that the sentences of `accept` give. */
export function intentAccepted({ accept = [], intent = {} }: Config): Intent {
  let said: Intent = {};
  for (const entry of [accept].flat()) {
    const meaning = meaningOf(bare(entry));
    if (!meaning) continue;
    agreeing(meaning, { ...said, ...intent });
    said = { ...said, ...meaning.intent };
  }
  return said;
}

const bare = (entry: string): string => entry.trim().replace(/\s+/g, ' ');
const same = (one: string, other: string): boolean => one.toLowerCase() === other;
const meaningOf = (text: string): Meaning | undefined => meanings.find(({ says }) => same(text, says));

function agreeing({ says, intent: meant }: Meaning, intent: Intent): void {
  for (const [setting, answer] of Object.entries(meant)) {
    const other = intent[setting as keyof Intent];
    if (other !== undefined && other !== answer)
      throw new Failure('E_CONFIG', `accept says "${says}", and the intent says ${setting}: ${other}. Which is meant?`);
  }
}

/** "ready >= 80". */
function numberIn(text: string): { least: number } | undefined {
  const [, name, sign, number] = /^(\w+) ?([<>=≥≤]+) ?(.*)$/.exec(text) ?? [];
  if (name === undefined) return undefined;
  const percent = Number(number);
  if (
    !same(name, 'ready') ||
    !sign ||
    !['>=', '≥', '>'].includes(sign) ||
    !/^\d{1,3}$/.test(number ?? '') ||
    percent > 100
  )
    throw new Failure(
      'E_CONFIG',
      `accept: "${text}" cannot be asked. The number that can be is ready, as in "ready >= 80".`,
    );
  return { least: sign === '>' ? percent + 1 : percent };
}
