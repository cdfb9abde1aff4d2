/** Code of a save that fails: how it is cut, and what of the screen is judged. */
import { quote } from '../../model/quote.ts';
import { refusalWords } from '../../model/said.ts';
import { halves } from './app-pages.ts';
import type { Ways } from './ways.ts';

/** The save that is cut, and how the page is judged by: see docs/claims/fail-loud.md. `sends`: in the run its saves sent something. */
export function failsLoud(ways: Ways, sends: boolean): string {
  const { facts } = ways;
  const success = facts.record?.successTexts ?? [];
  return `${halves(ways)}
/** A form that was closed may keep its draft: opened again, does it hold what was typed? */
async function isDraft(page, me) {
  await reopen(page, me).catch(() => undefined);
  return isTyped(page, me.mark);
}

/** How the data requests of the page fail; pages, scripts and styles load. */
const faults = {
  refused: (route) => route.abort('connectionrefused'),
  offline: (route) => route.abort('internetdisconnected'),
  reset: (route) => route.abort('connectionreset'),
  'error-500': (route) => route.fulfill({ status: 500, contentType: 'application/json', body: '{"error":"Internal Server Error"}' }),
  'html-503': (route) => route.fulfill({ status: 503, contentType: 'text/html', body: '<h1>503 Service Unavailable</h1>' }),
};
// What a service worker fetches may be a page or a script, whatever it is called.
const isData = (request) => request.method() !== 'GET' || (!request.serviceWorker() && ['fetch', 'xhr', 'ping'].includes(request.resourceType()));
const isWrite = (request, { mark }) => request.method() !== 'GET' && String(request.url() + request.postData()).includes(mark);

/** What this page says when it saved, and words in which pages speak of a failure. */
const saved = new Set([${success.map(quote).join(', ')}]);
const failure = ${refusalWords};

/** The words of the page, a line each, without digits and case. */
const plain = (line) => line.toLowerCase().replace(/[\\d\\s]+/g, ' ').replace(/[^\\p{L} ]/gu, '').trim();
const linesOf = async (page) => (await page.locator('body').innerText().catch(() => '')).split('\\n').map((line) => line.trim()).filter(Boolean);
const isTyped = (page, text) =>
  page.locator('input, textarea').evaluateAll((all, text) => all.some((field) => field.value.includes(text)), text).catch(() => false);

/** Saves under a fault and reads the screen for two seconds. \`told\`: it is also to say that it failed, and to keep what was typed. */
async function failsLoud(browser, fault, { told }) {
  const me = someone();
  const page = await join(browser, me);
  const honest = { ...me, mark: newMark() };
  // Those of service workers are seen here, too.
  const context = page.context();
  const written = { honest: ${sends}, early: false };
  context.on('request', (request) => {
    written.honest ||= isWrite(request, honest);
    written.early ||= isWrite(request, me);
  });
  const before = new Set((await linesOf(page)).map(plain));
  await create(page, honest);
  const usual = new Set([...before, ...(await linesOf(page)).map((line) => plain(line.replaceAll(honest.mark, '')))]);

  await fillIn(page, me);
  if (written.early) expect(await arrived(page, me), \`“\${me.mark}” is there before it is saved: the fault comes too late, and this test cannot tell\`).toBe(false);
  const old = new Set(await linesOf(page));
  let cut = 0;
  await context.route((url) => url.protocol.startsWith('http'), (route) => {
    if (!isData(route.request())) return route.fallback();
    cut++;
    return faults[fault](route);
  });
  let byForm = false;
  page.on('request', (request) => { byForm ||= request.isNavigationRequest() && request.method() !== 'GET'; });
  await press(page, me).catch(() => undefined);
  const said = new Set();
  for (let read = 0; read < 20; read++, await page.waitForTimeout(100)) for (const line of await linesOf(page)) if (!old.has(line)) said.add(line);

  if (written.honest) expect(cut, \`requests of the save met the fault (\${fault}): where it met nothing, this test cannot tell\`).toBeGreaterThan(0);
  const lines = [...said].filter((line) => !line.toLowerCase().includes(me.mark.slice(0, 6)) || failure.test(line));
  const success = lines.find((line) => saved.has(plain(line)));
  const words = lines.find((line) => failure.test(line) && !usual.has(plain(line)));
  const stands = (await linesOf(page)).some((line) => line.toLowerCase().includes(me.mark.slice(0, 6)));
  const unusual = lines.find((line) => plain(line).length > 3 && !usual.has(plain(line)));
  // The browser's own page of an error is loud enough, and its Reload sends the form again.
  const failedPage = page.url().startsWith('chrome-error:');
  const isLoud = failedPage || words !== undefined || unusual !== undefined;
  const isKept = failedPage || byForm || stands || (await isTyped(page, me.mark)) || (told && (await isDraft(page, me)));
  const wrong = success
    ? \`the page says “\${success}”\`
    : stands && !words
      ? \`“\${me.mark}” stands on the page as if saved\`
      : told && !isLoud
        ? 'the page does not say that it failed'
        : told && !isKept
          ? 'what was typed is gone'
          : undefined;
  await context.unrouteAll({ behavior: 'ignoreErrors' });
  // A page that kept the write and sends it once it can is honest.
  if (wrong) await expect.poll(() => arrived(page, me), { message: \`\${wrong} (\${fault}), so it arrives once the network is back\` }).toBe(true);
}

async function arrived(page, me) {
  const tab = await page.context().newPage();
  try {
    await home(tab, me);
    await tab.waitForTimeout(500);
    return await shows(tab, me.mark);
  } finally {
    await tab.close();
  }
}
`;
}
