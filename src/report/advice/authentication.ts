import type { Advice } from './advice.ts';

export const authentication: Advice = {
  'authentication/private-data-needs-a-session': {
    notice: 'Whoever knows the address reads what should take a login.',
    fix: 'Check the session in the handler or in a middleware in front of all data routes, not in the page.',
  },
  'authentication/writes-need-a-session': {
    notice: 'Whoever knows the address writes into the app without logging in.',
    fix: 'The same check on POST, PUT, PATCH and DELETE as on GET; often only the reads are guarded.',
  },
  'authentication/wrong-passwords-are-refused': {
    notice: 'A wrong password opens the app.',
    fix: 'Compare with a stored hash on the server; remove the login that only sets a flag in the browser.',
  },
  'authentication/logout-ends-the-session': {
    notice: 'You log out on a borrowed computer, and whoever copied the session is still inside.',
    fix: 'Delete the session on the server, or keep a list of revoked tokens and make access tokens short.',
  },
  'authentication/tokens-cannot-be-forged': {
    notice: 'Somebody writes a pass for themselves, and the app takes it for yours.',
    fix: 'Verify with a fixed algorithm and a long random secret from the environment; never decode without verifying.',
  },
  'authentication/sessions-are-guarded': {
    notice: 'One script that slips into a page can carry the session away.',
    fix: "One line in the session settings: `httpOnly: true, sameSite: 'lax'`, and `secure: true` behind https.",
  },
  'authentication/login-renews-the-session': {
    notice: 'A link prepared by somebody else logs them in along with you.',
    fix: 'Regenerate the session in the login handler.',
  },
  'authentication/passwords-are-not-kept-in-the-clear': {
    notice: "Whoever sees the database or the log once has everybody's passwords.",
    fix: 'Argon2, scrypt or bcrypt at sign-up, and no request bodies in the log.',
  },
  'authentication/guessing-is-slowed': {
    notice: 'A machine may try passwords all night, and nothing slows it down.',
    fix: 'A limiter by account and address on the login route.',
  },
  'authentication/accounts-are-not-revealed': {
    notice: 'Anybody can find out who has an account here.',
    fix: 'One message for both, and "if there is an account, a mail is on its way".',
  },
  'authentication/secret-has-no-default': {
    notice: 'Whoever reads the source can log in as anybody.',
    fix: "Read the secret without `|| 'dev'`, and stop if it is missing.",
  },
  'authentication/forged-requests-are-refused': {
    notice: 'While you are logged in, another site can press buttons here in your name.',
    fix: '`SameSite=Lax` or stricter, and a CSRF token or an Origin check on writes.',
  },
};
