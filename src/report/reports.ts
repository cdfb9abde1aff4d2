import { badge, shields } from './badge.ts';
import { html } from './html.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import type { ReportInput } from './outline.ts';
import { sarif } from './sarif.ts';
import { terse } from './terse.ts';
import { text } from './text.ts';

/** Every form that a run can be shown in: pure, the same run gives the same bytes. */
export const reports = {
  text,
  terse,
  json,
  html,
  markdown,
  sarif,
  junit,
  badge,
  shields,
} as const satisfies Record<string, (input: ReportInput) => string>;

export type Format = keyof typeof reports;
export type { ReportInput } from './outline.ts';
