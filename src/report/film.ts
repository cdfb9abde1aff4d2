import type { ReportInput } from './outline.ts';

/** The films of a broken claim, as commands that show them, to be typed in the run folder or, with `folder`, above it. */
export const filmsToWatch = ({ films }: ReportInput, claim: string, folder?: string): string[] =>
  (films?.(claim) ?? []).map((path) => `npx playwright show-trace ${folder ? `${folder}/` : ''}${path}`);
