import type { Advice } from './advice.ts';

export const secrets: Advice = {
  'secrets/bundle-holds-no-secrets': {
    notice: 'A key that costs money, or opens data, is handed to every visitor.',
    fix: 'Move the call to the server, rotate the key, and keep build variables for the browser apart from the rest.',
  },
  'secrets/server-files-are-not-served': {
    notice: 'Settings, source or the database itself can be downloaded by anybody.',
    fix: "Serve one public folder, not the project's.",
  },
  'secrets/answers-hold-no-secrets': {
    notice: 'The app sends more than it shows: password hashes, keys, tokens of others.',
    fix: 'Pick the fields of an answer by name instead of sending the row.',
  },
  'secrets/repository-holds-no-secrets': {
    notice: 'Whoever gets the source gets the keys.',
    fix: 'Rotate first, then remove; a later commit does not take a secret out of the history.',
  },
  'secrets/logs-hold-no-secrets': {
    notice: 'Whoever reads the log can log in as those who appear in it.',
    fix: 'No bodies and no Authorization headers in the log, or a list of fields to redact.',
  },
};
