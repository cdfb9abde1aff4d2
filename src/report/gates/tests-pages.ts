/** The tests of a suite of pages, by @playwright/test. Each writes by itself, disturbs, and looks again. */
import { quote } from '../../model/quote.ts';
import type { Run } from '../../model/run.ts';
import { stateOf } from './app-pages.ts';
import { failsLoud } from './faults.ts';
import { sends, type TestName } from './plan.ts';
import { observed, type Ways } from './ways.ts';

interface Written {
  readonly title: string;
  readonly body: string;
}

/** A record was written, and stood there: what follows is no fault of the write. */
const written = ({ stood }: Ways, whose = 'me'): string => `  const ${whose} = someone();
  const page = await join(browser, ${whose});
  await create(page, ${whose});
${stood ? `  await sees(page, ${whose}.mark, 'once it is saved');\n` : ''}`;

const fromFresh = `  const other = await enter(browser, me);
  await home(other, me);
`;

/** The record that was kept is seen; then the one that was not is where it would be. */
const beside = ({ ownPages }: Ways, when: string): string =>
  ownPages
    ? `  await home(other, kept);
  await sees(other, kept.mark, ${quote(when)});
  await home(other, me);
`
    : `  await sees(other, kept.mark, ${quote(when)});
`;

function testOf(test: TestName, ways: Ways, run: Run): Written | undefined {
  const made = written(ways);
  switch (test) {
    case 'reload':
      return {
        title: 'a record is still there after a reload',
        body: `${made}  await page.reload();
  await home(page, me);
  await sees(page, me.mark, 'after a reload');`,
      };
    case 'new-tab':
      return {
        title: 'a record is still there in a new tab',
        body: `${made}  const tab = await page.context().newPage();
  await page.close();
  await home(tab, me);
  await sees(tab, me.mark, 'in a new tab');`,
      };
    case 'fresh-browser':
      return {
        title: 'a record is there in a fresh browser, for the same account',
        body: `${made}${fromFresh}  await sees(other, me.mark, 'in a fresh browser');`,
      };
    case 'leaves':
      return { title: 'a write leaves the browser for a server', body: leaves(ways) };
    case 'answers':
      return {
        title: 'what the server answers holds what was written',
        body: `${made}  const other = await enter(browser, me);
  const answers = [];
  other.on('response', async (answer) => answers.push(await answer.text().catch(() => '')));
  other.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => answers.push(String(payload))));
  await home(other, me);
  await expect.poll(() => answers.some((text) => text.includes(me.mark)), \`an answer of the server holds “\${me.mark}”\`).toBe(true);`,
      };
    case 'edit':
      return {
        title: 'an edit is what a fresh browser shows',
        body: `${made}  await edit(page, me);
${fromFresh}  await sees(other, me.changed, 'in a fresh browser, once it is edited');
  await seesNot(other, me.mark, 'any more, since it was edited');`,
      };
    case 'move':
      return {
        title: 'a record that was moved or ticked is so in a fresh browser',
        body: `${made}  await home(page, me);
  await sees(page, me.mark, 'before it is moved');
  const before = await stateOf(page, me);
  await move(page, me);
${fromFresh}  await sees(other, me.mark, 'in a fresh browser');
  await expect.poll(() => stateOf(other, me), 'its state in a fresh browser is no longer the one before').not.toBe(before);`,
      };
    case 'delete':
      return {
        title: 'a deleted record stays away',
        body: `${made}  const kept = { ...me, mark: newMark() };
  await create(page, kept);
  await home(page, me);
  await sees(page, me.mark, 'before it is deleted');
  await remove(page, me);
${fromFresh}${beside(ways, 'beside the one that was deleted')}  await seesNot(other, me.mark, 'any more, since it was deleted');`,
      };
    case 'saved-form':
      return {
        title: 'a form that was saved shows its values in a fresh browser',
        body: `  const me = someone();
  const page = await join(browser, me);
  await save(page, me);
  const other = await enter(browser, me);
  await form(other, me);
  await sees(other, me.mark, 'in the form, in a fresh browser');`,
      };
    case 'account':
      return {
        title: 'an account that was made by sign-up can log in',
        body: `  const me = someone();
  await signUp(await freshPage(browser, me), me);
  const other = await freshPage(browser, me);
  await logIn(other, me);
  await expect(door(other), 'the new account is let in').toBeHidden();`,
      };
    case 'second-user':
      return { title: 'a second user sees what the first one wrote', body: secondUser(ways, made) };
    case 'absent-backend':
      return {
        title: 'with the backend away, the page does not go on as if it saved',
        body: `  await failsLoud(browser, 'refused', { told: false });`,
      };
    case 'lost-network':
      return {
        title: 'a save that the network loses says so, and keeps what was typed',
        body: faultsOf(run)
          .map((fault) => `  await failsLoud(browser, ${quote(fault)}, { told: true });`)
          .join('\n'),
      };
    default:
      return undefined;
  }
}

/** Its faults that met the save; where no save sends anything, one is all of them. */
function faultsOf(run: Run): string[] {
  const saves = (observed(run, 'fail-loud/lost-network')?.['saves'] ?? []) as { fault?: unknown }[];
  const known = ['offline', 'reset', 'error-500', 'html-503'];
  const found = known.filter((fault) => saves.some((save) => save.fault === fault));
  return found.length ? found : known.slice(0, 1);
}

function leaves({ facts }: Ways): string {
  const marked = (text: string): string =>
    facts.record?.carries === 'text' ? `String(${text}).includes(me.mark)` : 'true';
  return `  const me = someone();
  const page = await join(browser, me);
  const sent = [];
  page.on('response', (answer) => {
    const request = answer.request();
    const carries = ${marked('request.url() + request.postData()')};
    if (carries && request.method() !== 'GET' && !answer.fromServiceWorker()) sent.push(request.url());
  });
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => ${marked('payload')} && sent.push(socket.url())));
  await create(page, me);
  await expect.poll(() => sent.length, \`a request carries “\${me.mark}” to a server\`).toBeGreaterThan(0);`;
}

function secondUser({ signUp, addUser, whose, ownPages }: Ways, made: string): string {
  const second =
    whose !== 'given'
      ? `  const you = someone();
  const other = await join(browser, you);`
      : addUser && !signUp
        ? `  const you = newcomer();
  await addUser(page, you);
  const other = await enter(browser, you);`
        : `  const you = someone({ second: true });
  const other = await enter(browser, you);`;
  return `${made}${second}
  await home(other, ${ownPages ? '{ ...you, own: me.own }' : 'you'});
  await sees(other, me.mark, 'for a second user');`;
}

/** kept.spec.mjs: what is written is there, however one looks. faults.spec.mjs: and what could not be written is not called saved. */
export function specs(tests: readonly TestName[], ways: Ways, run: Run): Readonly<Record<string, string>> {
  const faults: readonly TestName[] = ['absent-backend', 'lost-network'];
  const of = (which: readonly TestName[], prelude = ''): string => {
    const all = which.flatMap((test) => {
      const found = testOf(test, ways, run);
      return found ? [`test(${quote(found.title)}, async ({ browser }) => {\n${found.body}\n});\n`] : [];
    });
    return specOf(`${prelude}${all.join('\n')}`);
  };
  const kept = tests.filter((test) => !faults.includes(test) && !test.startsWith('restart'));
  const loud = tests.filter((test) => faults.includes(test));
  return {
    ...(kept.length ? { 'kept.spec.mjs': of(kept, kept.includes('move') ? `${stateOf(ways)}\n` : '') } : {}),
    ...(loud.length ? { 'faults.spec.mjs': of(loud, `${failsLoud(ways, sends(run))}\n`) } : {}),
    ...(tests.some((test) => test.startsWith('restart')) ? { 'restart.spec.mjs': restarts(tests, ways) } : {}),
  };
}

const offered =
  'addUser create door edit enter form freshPage home join logIn move named newcomer newMark open remove save sees seesNot shows signUp someone'.split(
    ' ',
  );

/** With the imports that the code uses. */
function specOf(code: string, also = ''): string {
  const used = offered.filter((name) => new RegExp(`\\b${name}\\(`).test(code));
  return `import { ${/\bexpect[.(]/.test(code) ? 'expect, ' : ''}test } from '@playwright/test';
import { ${used.join(', ')} } from './app.mjs';
${also}
test.afterEach(({ browser }) => Promise.all(browser.contexts().map((context) => context.close())));

${code}`;
}

function restarts(tests: readonly TestName[], ways: Ways): string {
  const made = written(ways);
  const again = `  await stop();
  await start();
`;
  const all = [
    tests.includes('restart') &&
      `test('a record is still there after the app was stopped and started', async ({ browser }) => {
${made}${again}${fromFresh}  await sees(other, me.mark, 'after a restart');
});
`,
    tests.includes('restart-delete') &&
      `test('a deleted record stays away after the app was stopped and started', async ({ browser }) => {
${made}  const kept = { ...me, mark: newMark() };
  await create(page, kept);
  await home(page, me);
  await remove(page, me);
  await home(page, ${ways.ownPages ? 'kept' : 'me'});
  await sees(page, kept.mark, 'beside the one that was deleted');
${ways.ownPages ? '  await home(page, me);\n' : ''}  await seesNot(page, me.mark, 'any more, since it was deleted');
${again}${fromFresh}${beside(ways, 'after a restart')}  await seesNot(other, me.mark, 'after a restart, since it was deleted');
});
`,
    tests.includes('restart-account') &&
      `test('an account can log in after the app was stopped and started', async ({ browser }) => {
  const me = someone();
  await signUp(await freshPage(browser, me), me);
${again}  const other = await freshPage(browser, me);
  await logIn(other, me);
  await expect(door(other), 'the account is let in after a restart').toBeHidden();
});
`,
  ].filter(Boolean);
  return specOf(
    `test.describe.configure({ mode: 'serial' });
test.beforeEach(start);
test.afterEach(() => stop());

${all.join('\n')}`,
    `import { start, stop } from './server.mjs';\n`,
  );
}
