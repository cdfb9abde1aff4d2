/** Promise 5: what is not ours stays. A list whose rows lead to what they belong to, and what can be deleted there. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { token } from '../fixtures/_kit/accounts.ts';
import { type Call, esc, html, page, seeOther, serve } from '../fixtures/_kit/http.ts';
import type { RunningFixture } from '../fixtures/contract.ts';
import { audited } from './audited.ts';

interface Shelf {
  readonly app: RunningFixture;
  /** Names of the shelves that are left, and the books with where they stand. */
  left(): string[];
}

/**
 * Books on shelves. `own`: each book has a page of its own with a delete; else only the shelf that its row links to has one. Each row has
 * an arrow that moves the book on, and each shelf in the navigation a delete of its own.
 */
async function shelves(own: boolean): Promise<Shelf> {
  const rooms = new Map([
    ['attic', 'Attic'],
    ['cellar', 'Cellar'],
  ]);
  const books = new Map([
    [token(), { title: 'Walden', shelf: 'attic' }],
    [token(), { title: 'Emma', shelf: 'cellar' }],
  ]);
  const post = (action: string, name: string): string =>
    `<form method="post" action="${action}"><button>${name}</button></form>`;
  const draw = (title: string, main: string) =>
    html(
      page({
        title,
        nav: `<strong>Books</strong><nav><a href="/">All books</a><a href="/new">New book</a><ul>${[...rooms]
          .map(([id, name]) => `<li><a href="/shelves/${id}">${name}</a> ${post(`/shelves/${id}/delete`, '🗑')}</li>`)
          .join('')}</ul></nav>`,
        main: `<h1>${esc(title)}</h1>${main}`,
      }),
    );
  const rows = (shelf?: string): string =>
    `<ul class="list">${[...books]
      .filter(([, book]) => shelf === undefined || book.shelf === shelf)
      .map(
        ([id, book]) =>
          `<li>${own ? `<a href="/books/${id}">${esc(book.title)}</a>` : `<span>${esc(book.title)}</span>`} <a href="/shelves/${book.shelf}">${rooms.get(book.shelf) ?? 'no shelf'}</a> ${post(`/books/${id}/on`, '→')}</li>`,
      )
      .join('')}</ul>`;
  const remove = (action: string): string =>
    `<p><a class="button" href="/new">New book</a> <button form="gone">Delete</button></p><form id="gone" method="post" action="${action}"></form>`;
  const bookOf = (call: Call) => books.get(call.params.id ?? '') ?? { title: 'There is no such book', shelf: '' };
  const app = await serve({
    routes: {
      'GET /': () => draw('Books', rows()),
      'GET /new': () =>
        draw(
          'New book',
          '<form class="card" method="post" action="/books"><label>Title<input name="title" required maxlength="200"></label><button>Add book</button></form>',
        ),
      'POST /books': (call) => {
        const title = call.form().get('title')?.trim() ?? '';
        if (!title) return seeOther('/new');
        books.set(token(), { title, shelf: 'attic' });
        return seeOther('/');
      },
      'GET /books/:id': (call) => draw(bookOf(call).title, own ? remove(`/books/${call.params.id}/delete`) : ''),
      'POST /books/:id/delete': (call) => {
        books.delete(call.params.id ?? '');
        return seeOther('/');
      },
      'POST /books/:id/on': (call) => {
        const book = books.get(call.params.id ?? '');
        if (book) book.shelf = book.shelf === 'attic' ? 'cellar' : 'attic';
        return seeOther('/');
      },
      'GET /shelves/:id': (call) =>
        draw(
          rooms.get(call.params.id ?? '') ?? 'There is no such shelf',
          rows(call.params.id) + remove(`/shelves/${call.params.id}/delete`),
        ),
      'POST /shelves/:id/delete': (call) => {
        rooms.delete(call.params.id ?? '');
        for (const [id, book] of books) if (book.shelf === call.params.id) books.delete(id);
        return seeOther('/');
      },
    },
  });
  return {
    app,
    left: () =>
      [...rooms.values(), ...[...books.values()].map(({ title, shelf }) => `${title} in the ${shelf}`)].sort(),
  };
}

const claim = 'persistence/deletions-persist';

describe('what is not ours', { concurrency: 2 }, () => {
  it('stays, where “Delete” stands on the page of what the record belongs to', async () => {
    const { app, left } = await shelves(false);
    try {
      const run = await audited(app.url, [claim]);
      const titles = left();
      for (const name of ['Attic', 'Cellar', 'Walden in the attic', 'Emma in the cellar'])
        assert.ok(titles.includes(name), titles.join(', '));
      const [result] = run.results;
      assert.equal(result?.status, 'unknown', 'something called so was seen, and it is not the record’s');
      assert.ok(run.ledger.length > 0, 'records were written');
    } finally {
      await app.close();
    }
  });

  it('stays, and ours goes, where the record has a page of its own', async () => {
    const { app, left } = await shelves(true);
    try {
      const run = await audited(app.url, [claim]);
      assert.deepEqual(left(), ['Attic', 'Cellar', 'Emma in the cellar', 'Walden in the attic']);
      assert.equal(run.results[0]?.status, 'pass');
      assert.ok(run.ledger.length > 0 && run.ledger.every((entry) => entry.removed));
    } finally {
      await app.close();
    }
  });
});

it('nobody is invited, though the form comes first and is filled like any other', async () => {
  const titles: string[] = [];
  const invited: string[] = [];
  const app = await serve({
    routes: {
      'GET /': () =>
        html(
          page({
            title: 'Plans',
            main: `<h1>Plans</h1><form action="/invites" method="post"><label>Name<input name="name" required></label>
<label>Message<textarea name="message"></textarea></label><button>Send invite</button></form>
<p><a href="/new">New plan</a></p><ul class="list">${titles.map((title) => `<li>${esc(title)}</li>`).join('')}</ul>`,
          }),
        ),
      'GET /new': () =>
        html(
          page({
            title: 'New plan',
            main: '<h1>New plan</h1><form action="/plans" method="post"><label>Title<input name="title" required></label><button>Add plan</button></form>',
          }),
        ),
      'POST /plans': (call) => {
        titles.push(call.form().get('title') ?? '');
        return seeOther('/');
      },
      'POST /invites': (call) => {
        invited.push(call.form().get('name') ?? '');
        return seeOther('/');
      },
    },
  });
  try {
    const { facts } = await audited(app.url, [], { profile: 'reload' });
    assert.equal(facts.record?.kind, 'kept', facts.tried.join('\n'));
    assert.deepEqual(invited, []);
  } finally {
    await app.close();
  }
});
