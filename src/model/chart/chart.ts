import type { Chart, SourceFile } from '../chart.ts';
import { pagesIn } from './pages.ts';
import { shapesIn } from './shapes.ts';

/** What the files of a source tell. */
export const chartOf = (files: readonly SourceFile[]): Chart => ({
  pages: pagesIn(files),
  shapes: files.flatMap((file) => (/\.json$/.test(file.path) ? [] : shapesIn(file))),
});
