/** A suite for an API without pages: node:test and fetch, nothing else. */

import { stepsCode } from '../../model/playwright.ts';
import { requestCode } from '../../model/playwright-api.ts';
import { quote } from '../../model/quote.ts';
import type { Recipe } from '../../model/recipe.ts';
import { account, word } from './account.ts';
import type { TestName } from './plan.ts';
import { patience, type Ways } from './ways.ts';

/** api.mjs. */
export function appOfApi(ways: Ways): string {
  const { facts, whose, origin } = ways;
  const doing = (name: string, says: string, recipe: Recipe | undefined): string => {
    const lines = stepsCode(recipe, origin, { goto: () => '', send: 'client, values', own: '' }).filter(Boolean);
    return lines.length
      ? `/** ${says} */
export async function ${name}(client, values) {
${lines.map((line) => `  ${line}\n`).join('')}}
`
      : '';
  };
  const functions = [
    doing('signUp', 'Makes the account of the values.', ways.signUp),
    doing('addUser', 'Makes the account of the values, as somebody who is logged in.', ways.addUser),
    doing('logIn', 'Logs in.', ways.logIn),
    doing('create', 'Writes a record that carries the mark.', ways.create),
    doing('edit', 'Gives the record with the mark the text `changed`.', facts.edit),
    doing('remove', 'Deletes the record with the mark.', facts.delete),
  ].filter(Boolean);
  const enter = `/** A client that has asked nothing yet, logged in to the account of the values. */
export async function enter(values) {
  const client = newClient();
${ways.logIn ? '  await logIn(client, values);\n' : ''}  return client;
}

${
  whose === 'sign-up'
    ? `/** Somebody new. */
export async function join(values) {
  const client = newClient();
  await signUp(client, values);
${ways.logIn ? '  await logIn(client, values);\n' : ''}  return client;
}`
    : 'export const join = enter;'
}
`;
  return `/** How this API is used. Where it changes, correct it here: no test names a path or a member. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

const base = (process.env.BASE_URL ?? ${quote(origin)}).replace(/\\/$/, '');
${word(facts.record?.carries ?? 'text')}
${account(whose, ways.addUser !== undefined)}
${requestCode}
/** Headers and cookies of one who asks. */
export function newClient() {
  const headers = { accept: 'application/json'${whose === 'headers' ? ", ...JSON.parse(process.env.E2E_HEADERS ?? '{}')" : ''} }, cookies = new Map();
  const ask = async (address, { method, headers: more, body }) => {
    const cookie = [...cookies].map(([name, value]) => name + '=' + value).join('; ');
    const answer = await fetch(address, { method, body, headers: { ...headers, ...(cookie ? { cookie } : {}), ...more } });
    for (const line of answer.headers.getSetCookie()) cookies.set(...line.split(';')[0].split(/=(.*)/s).slice(0, 2));
    const text = await answer.text();
    return { status: answer.status, text, told: parsed(text) };
  };
  return { headers, ask };
}

function parsed(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

/** Sends one request; whatever refuses it ends the test. */
async function send(client, { mark, changed, alt, email, username, name, password }, step) {
  const values = { mark, new: changed, alt, email, username, name, password };
  const { failed, status, told, sent, bearer } = await request(client.ask, base, values, step);
  assert.equal(failed, undefined);
  assert.ok(status < 400 && !told.errors, \`\${sent} is taken: it was answered \${status}\`);
  if (bearer) client.headers.authorization = 'Bearer ' + bearer;
}

${functions.join('\n')}
${enter}
/** What the list of the records answers. */
export async function list(client) {
  const address = base + ${quote(ways.home.url.replace(origin, ''))}, query = posted(address);
  const { status, text } = query ? await client.ask(query.url, { method: 'POST', headers: json, body: query.body }) : await client.ask(address, { method: 'GET' });
  assert.ok(status < 400, \`the list of the records is answered, and not by \${status}\`);
  return text;
}

/** The test goes on once the list holds the text, or once it does not; it fails where that does not come. */
export const sees = (client, text, when) => comes(client, text, true, \`“\${text}” is there \${when}\`);
export const seesNot = (client, text, when) => comes(client, text, false, \`“\${text}” is not there \${when}\`);

async function comes(client, text, wanted, message) {
  for (const end = Date.now() + Number(process.env.E2E_TIMEOUT ?? ${patience(facts)}); ; await sleep(250)) {
    const is = looksLike(text).test(await list(client));
    if (is === wanted) return;
    if (Date.now() > end) assert.fail(message);
  }
}
`;
}

const made = `  const me = someone();
  const client = await join(me);
  await create(client, me);
`;

function testOf(test: TestName, ways: Ways): { title: string; body: string } | undefined {
  const restart = '  await stop();\n  await start();\n';
  const two = `${made}  const kept = { ...me, mark: newMark() };
  await create(client, kept);
  await sees(client, me.mark, 'before it is deleted');
  await remove(client, me);
`;
  const account = `  const me = someone();
  await signUp(newClient(), me);
`;
  switch (test) {
    case 'fresh-browser':
    case 'answers':
      return {
        title:
          test === 'answers'
            ? 'what the server answers holds what was written'
            : 'a record is there for a client that logs in anew',
        body: `${made}  await sees(await enter(me), me.mark, 'for a client that logs in anew');`,
      };
    case 'edit':
      return {
        title: 'a change is what a client that logs in anew reads',
        body: `${made}  await sees(client, me.mark, 'before it is changed');
  await edit(client, me);
  const other = await enter(me);
  await sees(other, me.changed, 'once it is changed');
  await seesNot(other, me.mark, 'any more, since it was changed');`,
      };
    case 'delete':
      return {
        title: 'a deleted record stays away',
        body: `${two}  const other = await enter(me);
  await sees(other, kept.mark, 'beside the one that was deleted');
  await seesNot(other, me.mark, 'any more, since it was deleted');`,
      };
    case 'account':
      return {
        title: 'an account that was made by sign-up can log in',
        body: `${account}  const other = await enter(me);
  await list(other);`,
      };
    case 'second-user':
      return {
        title: 'a second user sees what the first one wrote',
        body: `${made}${
          ways.whose !== 'given'
            ? '  const you = someone();\n  const other = await join(you);'
            : ways.addUser
              ? '  const you = newcomer();\n  await addUser(client, you);\n  const other = await enter(you);'
              : '  const you = someone({ second: true });\n  const other = await enter(you);'
        }
  await sees(other, me.mark, 'for a second user');`,
      };
    case 'restart':
      return {
        title: 'a record is still there after the app was stopped and started',
        body: `${made}${restart}  await sees(await enter(me), me.mark, 'after a restart');`,
      };
    case 'restart-delete':
      return {
        title: 'a deleted record stays away after the app was stopped and started',
        body: `${two}  await seesNot(client, me.mark, 'any more, since it was deleted');
${restart}  const other = await enter(me);
  await sees(other, kept.mark, 'after a restart');
  await seesNot(other, me.mark, 'after a restart, since it was deleted');`,
      };
    case 'restart-account':
      return {
        title: 'an account can log in after the app was stopped and started',
        body: `${account}${restart}  const other = await enter(me);
  await list(other);`,
      };
    default:
      return undefined;
  }
}

const offered =
  'addUser create edit enter join list newClient newcomer newMark remove sees seesNot signUp someone'.split(' ');

/** kept.test.mjs and restart.test.mjs. */
export function apiTests(tests: readonly TestName[], ways: Ways, starts: boolean): Readonly<Record<string, string>> {
  const file = (which: readonly TestName[], hooks?: Readonly<Record<string, string>>): string => {
    const code = which.flatMap((test) => {
      const found = testOf(test, ways);
      return found ? [`test(${quote(found.title)}, async () => {\n${found.body}\n});\n`] : [];
    });
    const used = offered.filter((name) => new RegExp(`\\b${name}\\(`).test(code.join('')));
    return `import { ${[...Object.keys(hooks ?? {}), 'test'].join(', ')} } from 'node:test';
import { ${used.join(', ')} } from './api.mjs';
${hooks ? `import { ${Object.values(hooks).join(', ')} } from './server.mjs';\n` : ''}
${Object.entries(hooks ?? {})
  .map(([when, what]) => `${when}(() => ${what}());\n`)
  .join('')}${hooks ? '\n' : ''}${code.join('\n')}`;
  };
  const restarts = tests.filter((test) => test.startsWith('restart'));
  const kept = tests.filter((test) => !test.startsWith('restart'));
  return {
    ...(kept.length
      ? { 'kept.test.mjs': file(kept, starts ? { after: 'stop', before: 'startUnlessUp' } : undefined) }
      : {}),
    ...(restarts.length ? { 'restart.test.mjs': file(restarts, { afterEach: 'stop', beforeEach: 'start' }) } : {}),
  };
}
