/** Reads what of a source tells of its pages and fields. */
import { chartOf } from '../../model/chart/chart.ts';
import type { Chart } from '../../model/chart.ts';
import { filesIn } from './files.ts';

const code =
  /\.(m?[jt]sx?|[cm]ts|cjs|vue|svelte|astro|py|php|rb|sql|prisma|html?|ejs|hbs|twig|erb|jinja2?|njk)$|^package\.json$/i;

/** Of the files near its root first, until enough was read. A folder that is not there tells nothing. */
export const chartIn = (root: string): Chart => chartOf(filesIn(root, code));
