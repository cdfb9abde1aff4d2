/** Code of what is new in each test: texts that nothing else has written, and accounts. */
import type { RecordFacts } from '../../model/facts.ts';
import type { Whose } from './ways.ts';

/** What a recipe may fill in or go to; see `someone`, and for `own` the code of `create`. */
export const values: readonly string[] = ['mark', 'changed', 'alt', 'email', 'username', 'password', 'name', 'own'];

/** Code of `word` and `mark`, and of `looksLike`, which finds a mark again. */
export function word(carries: RecordFacts['carries']): string {
  const plain = `/** A word that nothing else has written: nine letters. */
const pick = (from) => from[Math.floor(Math.random() * from.length)];
const word = () => Array.from({ length: 5 }, (_, i) => pick('bdfgklmnprtvz') + (i < 4 ? pick('aeiou') : '')).join('');
`;
  if (carries === 'text')
    return `${plain}export const newMark = word;
const looksLike = (text) => new RegExp(text.slice(0, 6), 'i');
`;
  const number =
    carries === 'whole'
      ? 'String(20000 + Math.floor(Math.random() * 79000))'
      : `\`\${2000 + Math.floor(Math.random() * 7000)}.\${11 + Math.floor(Math.random() * 88)}\``;
  return `${plain}/** Records are told apart by a number that no other has by chance. */
export const newMark = () => ${number};
const looksLike = (text) => new RegExp(text.replace(/\\W/g, '').split('').join("[.,'’\\\\s]?"));
`;
}

/** Code of `someone`, and of `newcomer` where one who is in makes accounts for others. */
export function account(whose: Whose, adds: boolean): string {
  const own = `  const username = 'try' + word();
  const account = { username, email: username + '@example.com', password: 'Pl7!' + word() + 'Z', name: 'Ada ' + username };`;
  const newcomer = `
/** An account that is yet to be made. */
export function newcomer() {
${own}
  return { ...account, mark: newMark(), changed: newMark(), alt: word() };
}
`;
  const given = `  const [email, password] = second ? [E2E_USER_2, E2E_PASSWORD_2] : [E2E_USER, E2E_PASSWORD];
  if (!email || !password)
    throw new Error(second ? 'Set E2E_USER_2 and E2E_PASSWORD_2: a second account of the app.' : 'Set E2E_USER and E2E_PASSWORD: an account of the app.');
  const account = { email, username: email, password, name: email };`;
  return whose === 'given'
    ? `const { E2E_USER, E2E_PASSWORD, E2E_USER_2, E2E_PASSWORD_2 } = process.env;

/** Who writes what: the account that the environment gives, and a mark of its own for each test. */
export function someone({ second = false } = {}) {
${given}
  return { ...account, mark: newMark(), changed: newMark(), alt: word() };
}
${adds ? newcomer : ''}`
    : `/** Somebody new with something to write: an account and marks that no other test has. */
export function someone() {
${own}
  return { ...account, mark: newMark(), changed: newMark(), alt: word() };
}
`;
}
