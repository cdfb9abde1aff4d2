import type { Advice } from './advice.ts';

export const surface: Advice = {
  'surface/pages-render': {
    notice: 'Some pages stay blank, whatever one does.',
    fix: 'Find the error that stopped the render.',
  },
  'surface/navigation-works': { notice: 'A menu entry leads nowhere.', fix: 'Give the entry its route, or remove it.' },
  'surface/forms-answer': {
    notice: 'A form is sent, and nothing tells whether it arrived.',
    fix: 'Handle submit, and show the outcome.',
  },
  'surface/pages-are-styled': {
    notice: 'Pages look like a document without a design.',
    fix: 'Correct the path of the style sheet in the build.',
  },
  'surface/small-screens-fit': {
    notice: 'On a phone the page runs off the screen.',
    fix: 'Fluid widths, wrapping rows, a viewport tag.',
  },
  'surface/labels-are-readable': {
    notice: 'Some people cannot read or operate parts of it.',
    fix: 'Labels for fields, names for icon buttons, more contrast.',
  },
  'surface/page-has-title-and-icon': {
    notice: 'Among other tabs it cannot be told which one is the app.',
    fix: 'Two lines in the head: `<title>` with the name of the app, and `<link rel="icon">` with a file that is there.',
  },
  'surface/first-view-is-fast': {
    notice: 'The first page takes so long that some leave.',
    fix: 'Smaller images, less script before the first paint, caching.',
  },
};
