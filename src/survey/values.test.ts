import assert from 'node:assert/strict';
import { it } from 'node:test';
import { demands } from './constraints.ts';
import { fromPattern } from './values.ts';

for (const [source, text] of [
  ['[A-Z]{2}-[0-9]{4}', 'AA-0000'],
  ['^#[0-9a-f]{6}$', '#aaaaaa'],
  ['(low|high)', 'low'],
  ['[a-z0-9]+(?:-[a-z0-9]+)*', 'a'],
  ['\\d{3}\\s?\\d{2}', '00000'],
  ['.{8,}', 'aaaaaaaa'],
  ['(?=.*\\d).{4,}', '0aaaa'],
  ['(?<=x)a', undefined],
] as const)
  it(`a text for ${source}`, () => assert.equal(fromPattern(source), text));

for (const [said, wanted] of [
  ['Description must be at least 20 characters long.', { shortest: 20 }],
  ['Title must be at most 12 characters.', { longest: 12 }],
  ['Must be between 3 and 30 characters', { shortest: 3, longest: 30 }],
  ['Category must be one of: rivers, lakes, seas.', { among: ['rivers', 'lakes', 'seas'] }],
  ['Invalid enum value. Expected "retail" | "trade"', { among: ['retail', 'trade'] }],
  ['Strength must be a number between 40 and 60.', { low: 40, high: 60 }],
  ['Reference must look like ABC-123.', { example: 'ABC-123' }],
  ["String should match pattern '^#[0-9a-f]{6}$'", { pattern: '^#[0-9a-f]{6}$' }],
  ['Only lower-case letters, digits and hyphens.', { pattern: '[a-z][a-z0-9-]{5,20}' }],
  ['The day must be in the past.', { when: 'past' }],
  ['The end must be after the begin.', { later: true }],
  ['Expected number, received string', { low: 1 }],
  ['Die Beschreibung muss mindestens 15 Zeichen lang sein', { shortest: 15 }],
  ['Please use the format DD.MM.YYYY', { date: 'DD.MM.YYYY' }],
] as const)
  it(`a refusal is understood: ${said}`, () => {
    const { needed: _, ...found } = demands(said);
    assert.deepEqual(found, wanted);
  });
