/** An app that lets one browser in at a time, so to speak: whoever comes later is answered 429, and its page draws an empty list. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { token } from '../fixtures/_kit/accounts.ts';
import { text } from '../fixtures/_kit/check.ts';
import { HttpError, html, page, serve } from '../fixtures/_kit/http.ts';
import { collection } from '../fixtures/_kit/records.ts';
import { audited } from './audited.ts';

const reload = 'persistence/records-survive-reload';
const sixty = 'persistence/lists-keep-everything';
const elsewhere = ['persistence/records-reach-other-browsers', 'concurrency/others-see-the-change'];

const main = `<h1>Things</h1><form><label>Name <input name="text" required></label> <button>Add</button></form><ul></ul>
<script type="module">
const list = document.querySelector('ul');
const draw = async () => {
  const answer = await fetch('/api/things');
  const { rows = [] } = answer.ok ? await answer.json() : {};
  list.replaceChildren(...rows.map(({ text }) => Object.assign(document.createElement('li'), { textContent: text })));
};
document.querySelector('form').onsubmit = async (event) => {
  event.preventDefault();
  const { text } = event.target.elements;
  const answer = await fetch('/api/things', {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ text: text.value }),
  });
  if (answer.ok) event.target.reset();
  await draw();
};
await draw();
</script>`;

/** Audits it while lists are answered 429 where `isLate` says so. */
async function verdicts(
  isLate: (seat: string | undefined, written: number) => boolean,
  claims: readonly string[],
): Promise<(claim: string) => { status: string | undefined; because: string }> {
  let written = 0;
  const things = collection('/api/things', { fields: { text: (value) => text(value, 'text', { max: 20_000 }) } });
  const [list, add] = [things.routes['GET /api/things'], things.routes['POST /api/things']];
  assert.ok(list && add);
  const app = await serve({
    routes: {
      'GET /': (call) => {
        if (!call.cookies.seat) call.setCookie('seat', token());
        return html(page({ title: 'Things', main }));
      },
      ...things.routes,
      'POST /api/things': (call) => {
        written++;
        return add(call);
      },
      'GET /api/things': (call) => {
        if (isLate(call.cookies.seat, written)) throw new HttpError(429, 'Too many requests.');
        return list(call);
      },
    },
  });
  try {
    const { results } = await audited(app.url, claims);
    return (claim) => {
      const result = results.find((one) => one.claim === claim);
      return { status: result?.status, because: result?.because ?? '' };
    };
  } finally {
    await app.close();
  }
}

it('what a page could not ask for, since it was to come later, is not lost', async () => {
  let first: string | undefined;
  const of = await verdicts(
    (seat) => {
      first ??= seat;
      return seat !== first;
    },
    [reload, ...elsewhere],
  );
  assert.equal(of(reload).status, 'pass', of(reload).because);
  for (const claim of elsewhere) {
    assert.equal(of(claim).status, 'unknown', `${claim}: ${of(claim).because}`);
    assert.match(of(claim).because, /429/);
  }
});

it('a list that could not be read to its end, since it was to be asked later, lacks nothing', async () => {
  const { status, because } = (await verdicts((_, written) => written > 40, [sixty]))(sixty);
  assert.equal(status, 'unknown', because);
  assert.match(because, /429/);
});
