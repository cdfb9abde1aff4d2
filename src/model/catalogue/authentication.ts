import { type ClaimRow, start, startAndSource, url, urlBetterWithSource } from './claim-info.ts';

export const authentication: readonly ClaimRow[] = [
  {
    id: 'authentication/private-data-needs-a-session',
    says: 'What A sees after login, nobody gets.',
    needs: url,
    tier: 'floor',
    severity: 'critical',
    hours: 12,
    shown:
      "Each read that carried A's mark is sent again as nobody: a fresh anonymous browser with what it got by itself. The address of the page is tried too.",
    fooledBy:
      "What nobody's own walk shows is public by design, and an address with an unguessable token is a capability. A redirect to the login whose body still carries the mark has leaked.",
    references: ['CWE-306', 'OWASP API2:2023', 'ASVS 5.0 V8'],
  },
  {
    id: 'authentication/writes-need-a-session',
    says: 'Nobody cannot write what takes a session.',
    needs: url,
    tier: 'floor',
    severity: 'critical',
    hours: 8,
    shown: 'An honest write of A is sent again as nobody with a new mark; A then looks for that mark.',
    fooledBy:
      "The status of the answer says nothing; only the mark read back does. What nobody's own pages offer to write is open by design.",
    references: ['CWE-306', 'OWASP API2:2023', 'ASVS 5.0 V8'],
  },
  {
    id: 'authentication/wrong-passwords-are-refused',
    says: 'A wrong password, an unknown user and an empty form do not log in.',
    needs: url,
    tier: 'floor',
    severity: 'critical',
    hours: 8,
    shown: 'Each is tried at the login form. "Logged in" is what A sees in two loads and nobody does.',
    fooledBy:
      'An unknown user who gets a new, empty account has been provisioned: sound if a wrong password for that account is then refused.',
    references: ['CWE-287', 'OWASP API2:2023', 'ASVS 5.0 V6'],
  },
  {
    id: 'authentication/logout-ends-the-session',
    says: 'What the session could read before logout, it cannot read after.',
    needs: url,
    tier: 'floor',
    severity: 'high',
    hours: 4,
    shown:
      'The cookie, token or storage entry that worked is kept, the user logs out, and the kept one is used again for the same read.',
    fooledBy: 'An access token of at most 15 minutes whose refresh token is dead passes with a note.',
    references: ['CWE-613', 'ASVS 5.0 V7'],
  },
  {
    id: 'authentication/tokens-cannot-be-forged',
    says: 'A token with alg none, a cut signature, a guessable secret, a literal from the source or a changed subject is refused.',
    needs: urlBetterWithSource,
    tier: 'floor',
    severity: 'critical',
    hours: 4,
    shown:
      'Where the session is a JWT, each forgery is sent in its place on a read that the honest token was just allowed.',
    fooledBy:
      'Only a forgery that gets what the honest token got counts; a public read answers anybody. Opaque sessions make it not applicable.',
    references: ['CWE-347', 'CWE-345', 'OWASP API2:2023', 'ASVS 5.0 V9'],
  },
  {
    id: 'authentication/sessions-are-guarded',
    says: 'The session cookie is HttpOnly and SameSite, and Secure on https.',
    needs: url,
    tier: 'hard',
    severity: 'medium',
    hours: 2,
    shown: 'The cookies are left out one by one to find the one that authorises, and its attributes are read.',
    fooledBy:
      'Cookies that authorise nothing may be as they like. On plain http, Secure is not asked for, and the report says so.',
    references: ['CWE-1004', 'CWE-1275', 'CWE-614', 'ASVS 5.0 V3'],
  },
  {
    id: 'authentication/login-renews-the-session',
    says: 'The session id changes at login.',
    needs: url,
    tier: 'hard',
    severity: 'medium',
    hours: 2,
    shown:
      'The session id before the login is compared with the one after it, and the old one is tried for a read that takes a session.',
    fooledBy:
      'Where no session exists before the login, or the login mints a token, there is nothing to renew: not applicable.',
    references: ['CWE-384', 'ASVS 5.0 V7'],
  },
  {
    id: 'authentication/passwords-are-not-kept-in-the-clear',
    says: 'The password, or a bare md5, sha1 or sha256 of it, is at rest nowhere: no file, dump, log or answer.',
    needs: start,
    tier: 'floor',
    severity: 'critical',
    hours: 4,
    shown:
      'An account is made with a unique password; files, dumps, logs and answers are searched for it and for its unsalted digests.',
    fooledBy:
      'Bytes from app to store are no proof, since the store may hash them. A demo password that the page itself shows belongs to secrets.',
    references: ['CWE-256', 'CWE-916', 'ASVS 5.0 V11'],
  },
  {
    id: 'authentication/guessing-is-slowed',
    says: '100 wrong passwords, or 15 seconds of trying, meet a limit, a lock or a growing delay.',
    needs: url,
    tier: 'hard',
    severity: 'medium',
    hours: 3,
    shown:
      'Wrong passwords are tried one after the other on an account of our own, last in the run and from a client address of its own.',
    fooledBy:
      'A server that is slow from the first try on has no limit. The delay must grow, or the answer must change.',
    references: ['CWE-307', 'OWASP API2:2023', 'ASVS 5.0 V6'],
  },
  {
    id: 'authentication/accounts-are-not-revealed',
    says: 'Login and reset answer the same for a known and an unknown address.',
    needs: url,
    tier: 'hard',
    severity: 'low',
    hours: 2,
    shown:
      'Both forms are sent with an address of ours and with one that nobody has, and the answers are compared without what varies by itself.',
    fooledBy: 'Tokens, times and the address that was typed differ between any two answers.',
    references: ['CWE-204', 'ASVS 5.0 V6'],
  },
  {
    id: 'authentication/secret-has-no-default',
    says: 'Without its signing secret the app refuses to start, or a token forged with a literal from its source is refused.',
    needs: startAndSource,
    tier: 'floor',
    severity: 'high',
    hours: 2,
    shown:
      'The app is started without the secret; where it runs, tokens signed with the literals of its source are tried.',
    fooledBy: 'A secret that is made at random at each start is no default.',
    references: ['CWE-798', 'CWE-1188', 'ASVS 5.0 V13'],
  },
  {
    id: 'authentication/forged-requests-are-refused',
    says: 'A page on another site cannot write with my cookie.',
    needs: url,
    tier: 'floor',
    severity: 'high',
    hours: 4,
    shown:
      'A real browser that is logged in opens a page of ours on another site (127.0.0.1 against localhost) which sends the write; the mark is then looked for.',
    fooledBy:
      'Two ports of one name are the same site. A cookie without SameSite is sent for its first two minutes, so fresh and aged cookies are tried. Where more than a cookie authorises, it is not applicable.',
    references: ['CWE-352', 'ASVS 5.0 V3'],
  },
];
