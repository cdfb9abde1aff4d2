import type { Advice } from './advice.ts';

export const concurrency: Advice = {
  'concurrency/two-writers-lose-nothing': {
    notice: 'Two people save at once, both are told that it worked, and the work of one is gone.',
    fix: 'Update only the fields that were sent, in one statement, instead of read, change and write back.',
  },
  'concurrency/stale-saves-are-noticed': {
    notice: 'A page left open since the morning undoes what others did since, without a word.',
    fix: 'A version column or an ETag with If-Match, and a page that shows the conflict.',
  },
  'concurrency/parallel-writes-all-count': {
    notice: 'On a busy day some saved entries are missing, or appear twice.',
    fix: 'Let the store give the ids; do not rewrite a whole file or array for each record.',
  },
  'concurrency/counters-add-up': {
    notice: 'The last seat is sold twice, or the balance is wrong by a few.',
    fix: '`set n = n + 1` with the limit in the `where`, or a lock around it.',
  },
  'concurrency/unique-stays-unique': {
    notice: 'Two accounts with the same name exist, and each is sometimes the other.',
    fix: 'A unique index, and its violation answered as 409.',
  },
  'concurrency/first-admin-is-one': {
    notice: 'At the first start, whoever is quick becomes an administrator beside you.',
    fix: 'Decide it inside a transaction, or by a unique row.',
  },
  'concurrency/answers-go-to-their-owner': {
    notice: "On a busy day somebody is shown another person's page.",
    fix: 'No request data in module variables; caches keyed by user, and `Cache-Control: private`.',
  },
  'concurrency/double-clicks-save-once': {
    notice: 'A nervous double click makes two orders.',
    fix: 'Disable the button while saving, and a key per submit that the server remembers.',
  },
  'concurrency/others-see-the-change': {
    notice: 'You move a card, and your colleague goes on looking at the old board.',
    fix: 'A server that both read from. Polling is enough to begin with; server-sent events or a socket make it live. Where a server exists already, look for lists that are cached for ever in the page.',
  },
  'concurrency/two-instances-agree': {
    notice: 'With a second server beside the first, users are logged out at random and see half of the records.',
    fix: 'Sessions, locks and uploads out of the process, into the store.',
  },
};
