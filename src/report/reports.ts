import { html } from './html.ts';
import { json } from './json.ts';
import type { ReportInput } from './outline.ts';
import { text } from './text.ts';

/** Every form that a run can be shown in: pure, the same run gives the same bytes. */
export const reports = {
  text,
  json,
  html,
} as const satisfies Record<string, (input: ReportInput) => string>;

export type Format = keyof typeof reports;
export type { ReportInput } from './outline.ts';
