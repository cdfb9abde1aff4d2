import type { Advice } from './advice.ts';

export const persistence: Advice = {
  'persistence/records-survive-reload': {
    notice: 'You save something, reload the page, and it is gone.',
    fix: 'Usually a server with a store, a request on save and a read on load. Where these exist, look for a save that is never awaited, a list built from demo data at start, or a store that is only memory.',
  },
  'persistence/records-survive-a-new-tab': {
    notice: 'You close the tab, open the app again, and what you saved is gone.',
    fix: 'The same work as for a reload: the record belongs on the server. Moving from `sessionStorage` to `localStorage` mends this claim and fails the next.',
  },
  'persistence/records-reach-other-browsers': {
    notice: 'You save at the office, open the app at home, and nothing is there.',
    fix: "Send each write to a server and read from there first; the browser's storage can stay as a cache or a queue. Give records ids that the server knows, and tie them to the account and not to the device.",
  },
  'persistence/writes-leave-the-browser': {
    notice: 'The app says that it saved. Nothing was ever sent: only this screen knows.',
    fix: 'A request where there is none. If one is written in the code, check that its mock is not shipped, that the service worker passes it on, and that its failure is not swallowed.',
  },
  'persistence/answers-come-from-data': {
    notice: 'Whatever you write, the app goes on showing the same answers.',
    fix: 'Replace the fixture behind the handler by a query, and answer 404 for an id that is not there.',
  },
  'persistence/writes-reach-a-store': {
    notice: 'All looks well until the server is started again; what was written lived in its memory.',
    fix: 'Replace the array or map in memory by a database, or a file that is written and synced.',
  },
  'persistence/records-survive-a-restart': {
    notice: "After the next release or restart, everybody's records are gone.",
    fix: 'Keep the data outside the process; run the seed only on an empty store; do not put the database on a temporary path.',
  },
  'persistence/records-survive-a-kill': {
    notice: 'After a crash, things that were called saved are missing, doubled or back from the dead.',
    fix: 'Acknowledge after the commit, write files by temp file and rename, and turn durable settings of the store back on.',
  },
  'persistence/edits-persist': {
    notice: 'You correct something, and later the old text is there again.',
    fix: 'Send the edit (often only the create was wired up), send the right id, and have the list read again instead of showing what the form held.',
  },
  'persistence/saved-forms-keep-their-values': {
    notice: 'You save your settings, and next time they are as they were before.',
    fix: 'Wire the form to an endpoint, and load the form from it. Until then, do not show "saved".',
  },
  'persistence/moves-persist': {
    notice: 'You move a card or tick a box, and later it stands where it stood.',
    fix: 'Let the drop handler or the checkbox send what it changed, store the column or status with the record, and put the card back when the server refuses.',
  },
  'persistence/deletions-persist': {
    notice: 'You delete something, and it comes back.',
    fix: 'Send the delete, filter soft-deleted rows in every list, and keep caches and seeds from bringing the row back.',
  },
  'persistence/restarts-do-not-reseed': {
    notice: 'After each restart, sample entries that were deleted are back.',
    fix: 'Seed by a command or on an empty store, never on each start.',
  },
  'persistence/accounts-survive': {
    notice: 'You sign up, come back, and the app does not know you.',
    fix: 'Store users where the records are, hash the password there, and have the login compare with the store instead of with a list in the bundle.',
  },
  'persistence/text-comes-back-as-written': {
    notice: 'Names with accents, quotes or emoji come back broken or cut.',
    fix: 'UTF-8 from the connection to the column (`utf8mb4` in MySQL), escape when showing and not when storing, and a length limit that is told in the form and enforced by the server.',
  },
  'persistence/lists-keep-everything': {
    notice: 'Older entries cannot be reached any more, though nobody deleted them.',
    fix: 'Most often a fixed `limit` in a query or a `slice` in the page, with no way to the rest. Add paging, or say how many are not shown.',
  },
  'persistence/data-outlives-the-release': {
    notice: 'The next release replaces the folder that holds the data, and the data with it.',
    fix: 'Make the path a setting and mount a volume, or use a database service.',
  },
};
