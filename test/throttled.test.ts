/** An app that lets one browser in at a time, so to speak: whoever comes later is answered 429, and its page draws an empty list. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { token } from '../fixtures/_kit/accounts.ts';
import { text } from '../fixtures/_kit/check.ts';
import { HttpError, html, page, serve } from '../fixtures/_kit/http.ts';
import { collection } from '../fixtures/_kit/records.ts';
import { audited } from './audited.ts';

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

it('what a page could not ask for, since it was to come later, is not lost', async () => {
  let first: string | undefined;
  const things = collection('/api/things', { fields: { text: (value) => text(value, 'text', { max: 20_000 }) } });
  const listed = things.routes['GET /api/things'];
  assert.ok(listed);
  const app = await serve({
    routes: {
      'GET /': (call) => {
        if (!call.cookies.seat) call.setCookie('seat', token());
        return html(page({ title: 'Things', main }));
      },
      ...things.routes,
      'GET /api/things': (call) => {
        first ??= call.cookies.seat;
        if (call.cookies.seat !== first) throw new HttpError(429, 'Too many requests.');
        return listed(call);
      },
    },
  });
  const later = ['persistence/records-reach-other-browsers', 'concurrency/others-see-the-change'];
  try {
    const { results, facts } = await audited(app.url, ['persistence/records-survive-reload', ...later]);
    const of = (claim: string) => results.find((result) => result.claim === claim);
    assert.equal(of('persistence/records-survive-reload')?.status, 'pass', facts.tried.join('\n'));
    for (const claim of later) {
      assert.equal(of(claim)?.status, 'unknown', `${claim}: ${of(claim)?.because}`);
      assert.match(of(claim)?.because ?? '', /429/);
    }
  } finally {
    await app.close();
  }
});
