import type { ReportInput } from './outline.ts';

/** JSON for people and machines: indented. What could drive a terminal or turn its text around is written as \u escapes, which JSON reads as the same. */
export const asJson = (value: unknown): string =>
  `${JSON.stringify(value, null, 2).replace(/[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;

/** run.json, as schema/plummet.run.schema.json describes it. */
export const json = ({ run }: Pick<ReportInput, 'run'>): string => asJson(run);
