import type { Advice } from './advice.ts';

export const exploration: Advice = {
  'exploration/controls-do-something': {
    notice: 'You press a button, and nothing happens.',
    fix: 'Wire it up or take it out.',
  },
  'exploration/links-lead-somewhere': {
    notice: 'A link leads to an error page.',
    fix: 'Remove or correct the address; generate links from routes.',
  },
  'exploration/pages-run-without-errors': {
    notice: 'Parts of a page stay empty or stop working, without a word.',
    fix: 'Follow the stack in the evidence; most are a value that is not there yet.',
  },
  'exploration/deep-links-open': {
    notice: 'You send a colleague the address of a page, and it does not open.',
    fix: "Serve the index page for the app's routes, and load by the id in the address.",
  },
  'exploration/back-button-goes-back': {
    notice: 'You press back, and land somewhere else, or send the form again.',
    fix: 'Answer a form post with a redirect, and give steps an address.',
  },
  'exploration/empty-state-is-sound': {
    notice: 'A new customer is greeted by “NaN”, “undefined” or a spinner that never ends.',
    fix: 'A default for each number and a sentence for each empty list.',
  },
  'exploration/numbers-follow-the-data': {
    notice: 'The chart and the totals are decoration: they do not change with what is entered.',
    fix: 'Compute from the data, on the server, instead of a constant or a random series.',
  },
  'exploration/nothing-is-a-placeholder': {
    notice: '“Lorem ipsum” or “coming soon” is shown to customers.',
    fix: 'Write the text or remove the block.',
  },
  'exploration/many-records-stay-usable': {
    notice: 'After a few months of use, the page takes forever.',
    fix: 'An index, paging, and one query in place of one for each row.',
  },
  'exploration/random-walk-finds-no-error': {
    notice: 'A curious user finds a broken page within minutes.',
    fix: 'Follow the last steps in the evidence.',
  },
};
