import { type ClaimRow, start, startAndSource, url, urlBetterStarted } from './claim-info.ts';

export const persistence: readonly ClaimRow[] = [
  {
    id: 'persistence/records-survive-reload',
    says: 'A record is still there after the page is reloaded.',
    needs: url,
    tier: 'floor',
    severity: 'critical',
    hours: 16,
    shown:
      'A marked record is written the way a user would, the page is loaded again, and the mark is looked for on the page where it was first seen, on the home page, in every list and at its own address.',
    fooledBy:
      'A list that opens filtered or on today, a place that was not rendered, an app that shows the record only some seconds later. A contact form or a search box makes no record at all.',
    references: [],
  },
  {
    id: 'persistence/records-survive-a-new-tab',
    says: 'A record is still there after the tab is closed and another opened.',
    needs: url,
    tier: 'floor',
    severity: 'critical',
    hours: 16,
    shown:
      'The tab that wrote the marked record is closed, a new one is opened in the same browser, and the mark is looked for at its places. What lived in sessionStorage is gone by then.',
    fooledBy: 'A login that is kept per tab: the session is renewed first, the record is looked for afterwards.',
    references: [],
  },
  {
    id: 'persistence/records-reach-other-browsers',
    says: 'A record is there in a fresh browser that is logged in to the same account.',
    needs: url,
    tier: 'floor',
    severity: 'critical',
    hours: 24,
    shown:
      "A browser with empty storage logs in afresh to the same account and looks for the mark in every list and at the record's address. What lived in localStorage or IndexedDB is not there.",
    fooledBy:
      'Copied storage would carry the data along, so none is copied. The chosen board or workspace may be a preference of the old browser, so the address is tried too.',
    references: [],
  },
  {
    id: 'persistence/writes-leave-the-browser',
    says: 'A write leaves the browser for a server.',
    needs: url,
    tier: 'floor',
    severity: 'critical',
    hours: 24,
    shown:
      'A proxy outside the page counts what leaves in a window around the act. Something that carries the write must pass it.',
    fooledBy:
      'Service workers, a patched fetch and fixtures in the page answer without a server. Encoded writes (CRDT updates, protobuf, encryption) do not show the mark: their bytes count. Analytics beacons are no write.',
    references: [],
  },
  {
    id: 'persistence/answers-come-from-data',
    says: 'What the server answers depends on what was written.',
    needs: url,
    tier: 'floor',
    severity: 'critical',
    hours: 24,
    shown:
      'The mark is read back by id and by list. It fails if the answer for the real id lacks its mark, or if two made-up ids get equal, non-empty answers that look like a record.',
    fooledBy: 'Create-on-visit pages and default settings answer for ids that nobody made, and are sound.',
    references: [],
  },
  {
    id: 'persistence/writes-reach-a-store',
    says: 'The mark of a write is on the wire to a store or in a file that the app wrote.',
    needs: start,
    tier: 'floor',
    severity: 'high',
    hours: 16,
    shown:
      'Changed files are searched and a tap in front of the store is read for the mark of a write. A second mark is planted in a mere read, to know the logs and caches.',
    fooledBy:
      'A place that gets the mark of the read too is a log or a cache, not a store. Unix sockets, TLS, HTTP stores and compression hide the mark: unknown.',
    references: [],
  },
  {
    id: 'persistence/records-survive-a-restart',
    says: 'A record is still there after the app is stopped and started.',
    needs: start,
    tier: 'floor',
    severity: 'critical',
    hours: 16,
    shown:
      'The app that we started is stopped in order and started again; after a new login the mark is looked for at its places.',
    fooledBy: 'Sessions in memory die with the process and may; records must not. So it logs in again before it looks.',
    references: [],
  },
  {
    id: 'persistence/records-survive-a-kill',
    says: 'Every write acknowledged before a SIGKILL is there after the next start, once.',
    needs: start,
    tier: 'floor',
    severity: 'high',
    hours: 12,
    shown:
      'Small marked writes are kept in flight and the process is killed, at least ten times. After each start, lost, doubled and resurrected records are counted apart.',
    fooledBy:
      'A write whose answer was unclear never counts. One kill proves little: of the apps seen, one in four kills lost something. An app that does not start again has lost all.',
    references: [],
  },
  {
    id: 'persistence/edits-persist',
    says: "An edit is what a fresh browser sees at the record's place, and the old text is gone from there.",
    needs: url,
    tier: 'floor',
    severity: 'high',
    hours: 8,
    shown:
      'A marked record is edited to a second mark; a fresh browser must find the new mark at the place and, with the place rendered, no longer the old one.',
    fooledBy:
      "Histories, audit trails and undo toasts show the old text by design; only the record's own place counts.",
    references: [],
  },
  {
    id: 'persistence/saved-forms-keep-their-values',
    says: 'A form that says it saved (settings, profile) shows those values again in a fresh browser.',
    needs: url,
    tier: 'floor',
    severity: 'high',
    hours: 6,
    shown:
      'A settings or profile form is filled and saved; where the app says that it saved, a fresh browser opens the form and reads the values.',
    fooledBy:
      "Search, filter and contact forms keep nothing by design. A record's own edit form is edits-persist. A Save that neither sends nor says anything is a dead control, not a lost value.",
    references: [],
  },
  {
    id: 'persistence/moves-persist',
    says: 'A card moved, a box ticked or a row archived is so in a fresh browser.',
    needs: url,
    tier: 'floor',
    severity: 'high',
    hours: 6,
    shown:
      'On our own record, the column, the box or the status is changed; a fresh browser must show the record in the new state.',
    fooledBy:
      'A like is a counter, not a move. A status chosen in a form counts. A foreign row is used only where nothing can be created, only reversibly, undone afterwards, and never on a public host.',
    references: [],
  },
  {
    id: 'persistence/deletions-persist',
    says: 'What was deleted or archived stays away, in a fresh browser and after a restart.',
    needs: urlBetterStarted,
    tier: 'floor',
    severity: 'high',
    hours: 6,
    shown:
      'A marked record is deleted while a sentinel stays; a fresh browser must render the place with the sentinel and without the record. With a start command, once more after a restart.',
    fooledBy:
      'Trash, audit trails and an id that still answers with a deleted flag are sound. An empty page is no proof of absence: the sentinel must be seen.',
    references: [],
  },
  {
    id: 'persistence/restarts-do-not-reseed',
    says: 'A restart does not bring demo data back.',
    needs: start,
    tier: 'floor',
    severity: 'medium',
    hours: 3,
    shown:
      'On a disposable copy of the store, a seeded row is deleted, the app is restarted, and the row is looked for.',
    fooledBy: 'An app that seeds nothing makes this not applicable.',
    references: [],
  },
  {
    id: 'persistence/accounts-survive',
    says: 'An account made by sign-up can log in from a fresh browser, and after a restart.',
    needs: urlBetterStarted,
    tier: 'floor',
    severity: 'critical',
    hours: 12,
    shown:
      "An account is made by the app's own sign-up, and its name and password are used in a browser with empty storage. With a start command, once more after a restart.",
    fooledBy:
      'A door that lets any name and password in proves nothing; a wrong password must be refused for the login to count. Accounts that wait for a mail are unknown.',
    references: [],
  },
  {
    id: 'persistence/text-comes-back-as-written',
    says: 'Accents, emoji, quotes, newlines and 10,000 characters come back as written, or were refused.',
    needs: url,
    tier: 'floor',
    severity: 'medium',
    hours: 3,
    shown:
      "Texts with each difficulty are saved and read back where they are exact: in the edit form or in the API's answer. A refusal that the app says is as good.",
    fooledBy: 'Trimming, CRLF, NFC and smart quotes are sound. A list may shorten what the record holds in full.',
    references: [],
  },
  {
    id: 'persistence/lists-keep-everything',
    says: 'When 60 records are written, 60 records can be reached.',
    needs: url,
    tier: 'floor',
    severity: 'medium',
    hours: 4,
    shown:
      '60 marked records are written, acknowledged one by one, and all are looked for by paging, "load more", scrolling and search.',
    fooledBy:
      'Virtual lists hold only the rows in view, so they are scrolled step by step. A limit of the plan that the app tells is unknown, not broken.',
    references: [],
  },
  {
    id: 'persistence/data-outlives-the-release',
    says: 'The data is not inside the folder that the next release replaces.',
    needs: startAndSource,
    tier: 'floor',
    severity: 'medium',
    hours: 4,
    shown:
      "The file that took the mark is compared with the app's own folder, and the deploy is read for a volume at that path.",
    fooledBy:
      'A path inside the folder is sound where it can be set from outside, or where the deploy mounts a volume there.',
    references: [],
  },
];
