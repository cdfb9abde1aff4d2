import { type ClaimRow, source, start, url } from './claim-info.ts';

export const secrets: readonly ClaimRow[] = [
  {
    id: 'secrets/bundle-holds-no-secrets',
    says: 'Nothing that the browser is served holds a secret.',
    needs: url,
    tier: 'floor',
    severity: 'critical',
    hours: 4,
    shown:
      'Scripts, source maps, HTML and JSON that anyone is served are searched for keys and credentials by their form.',
    fooledBy:
      "A JWT's role decides: anon is public, service_role is not. pk_ is public, sk_ is not, and Firebase web keys are public. A working credential with more rights than a visitor's is a secret even where the page shows it.",
    references: ['CWE-798', 'CWE-200', 'ASVS 5.0 V13'],
  },
  {
    id: 'secrets/server-files-are-not-served',
    says: '.env, .git, the database file, backups and server source cannot be fetched.',
    needs: url,
    tier: 'floor',
    severity: 'critical',
    hours: 2,
    shown: 'Their usual addresses are asked for, and the content is judged.',
    fooledBy: 'An index page that answers 200 to everything is no leak.',
    references: ['CWE-538', 'CWE-552', 'OWASP API8:2023', 'ASVS 5.0 V13'],
  },
  {
    id: 'secrets/answers-hold-no-secrets',
    says: "No answer holds a password hash, another's token or a key.",
    needs: url,
    tier: 'floor',
    severity: 'high',
    hours: 3,
    shown: 'Every answer of the whole run is searched for them by form and by what we know of our accounts.',
    fooledBy:
      "One's own token in the answer to one's own login is its purpose. Content hashes and ids look like digests.",
    references: ['CWE-200', 'OWASP API3:2023', 'ASVS 5.0 V14'],
  },
  {
    id: 'secrets/repository-holds-no-secrets',
    says: 'Neither the tree nor the history holds a live-looking secret.',
    needs: source,
    tier: 'floor',
    severity: 'high',
    hours: 4,
    shown:
      'The files and every commit are searched for keys of known form and for random-looking literals beside telling names.',
    fooledBy: 'Examples, tests and placeholders are not secrets.',
    references: ['CWE-540', 'CWE-798', 'ASVS 5.0 V13'],
  },
  {
    id: 'secrets/logs-hold-no-secrets',
    says: 'Passwords and tokens (one-time links too, while they work) do not reach the log.',
    needs: start,
    tier: 'floor',
    severity: 'high',
    hours: 2,
    shown: 'stdout, stderr and log files of the whole run are searched for the passwords and tokens that we used.',
    fooledBy:
      "A mail printed in place of a mail server is the app's own outbox in development, and a token that no longer works harms nobody.",
    references: ['CWE-532', 'ASVS 5.0 V16'],
  },
];
