import { archiveList, board } from './board.js';
import { dashboard } from './dashboard.js';
import { ask, customerDialog } from './dialogs.js';
import { avatar, h, icon } from './dom.js';
import { doorScreen } from './door.js';
import { HEALTH, matches, PLANS, stageName } from './model.js';
import { failed, saved } from './toasts.js';

/**
 * Starts the app in `root`.
 * door = {current, logIn, signUp?, logOut, hint?}
 * store = {load, create, update, remove, watch(onChange, onState) => stop}; each write resolves with the record once it is safe, or rejects.
 */
export async function mount(root, { door, store, tagline }) {
  let user;
  let screen;

  function go(event, path) {
    if (event && (event.metaKey || event.ctrlKey || event.shiftKey || event.button)) return;
    event?.preventDefault();
    if (location.pathname !== path) history.pushState(null, '', path);
    show();
  }

  function show() {
    const path = location.pathname;
    const atDoor = path === '/login' || path === '/signup';
    if (user && atDoor) history.replaceState(null, '', '/');
    if (!user && !atDoor) history.replaceState(null, '', '/login');
    if (user) {
      screen ??= workspace({ user, store, tagline, go, leave });
      if (!screen.node.isConnected) root.replaceChildren(screen.node);
      screen.route(location.pathname);
      return;
    }
    screen?.stop();
    screen = undefined;
    const mode = location.pathname === '/signup' && door.signUp ? 'signup' : 'login';
    document.title = mode === 'signup' ? 'Create account · Harbor' : 'Log in · Harbor';
    root.replaceChildren(
      doorScreen({
        door,
        mode,
        go,
        done: (who) => {
          user = who;
          go(undefined, '/');
        },
      }),
    );
    root.querySelector('input')?.focus();
  }

  async function leave() {
    try {
      await door.logOut();
    } catch (error) {
      return failed(`You are still logged in: ${error.message}`);
    }
    user = undefined;
    go(undefined, '/login');
  }

  async function begin() {
    try {
      user = await door.current();
    } catch (error) {
      root.replaceChildren(problem('Harbor cannot be reached', error.message, begin, 'fatal'));
      return;
    }
    show();
  }
  addEventListener('popstate', () => show());
  await begin();
}

function problem(title, text, retry, className = '') {
  return h(
    'div',
    { class: className },
    h(
      'div',
      { class: 'empty', role: 'alert' },
      icon('alert', 32),
      h('h2', {}, title),
      h('p', {}, text),
      h('button', { class: 'button', type: 'button', onclick: retry }, 'Try again'),
    ),
  );
}

function workspace({ user, store, tagline, go, leave }) {
  let customers;
  let trouble;
  let path = '/';
  let writes = 0;
  let loading;
  let stale = false;
  let again;
  let line = 'live';
  const pending = new Set();
  const filters = { text: '', plan: '', health: '' };

  const put = (record) => {
    writes += 1;
    customers = [...(customers ?? []).filter((one) => one.id !== record.id), record];
    draw();
  };
  const drop = (id) => {
    writes += 1;
    customers = (customers ?? []).filter((one) => one.id !== id);
    draw();
  };

  /** Reads the board. An answer that was on its way while something changed, here or elsewhere, is out of date and is read again. */
  function load() {
    stale = true;
    clearTimeout(again);
    loading ??= (async () => {
      try {
        while (stale) {
          stale = false;
          const before = writes;
          const list = await store.load();
          if (before !== writes) stale = true;
          if (stale) continue;
          customers = list;
          trouble = undefined;
        }
      } catch (error) {
        trouble = error;
        if (customers) again = setTimeout(load, 3000);
      } finally {
        loading = undefined;
        draw();
        showConnection();
      }
    })();
    return loading;
  }

  /** A write started from a card: the card says "Saving…" where it is, and changes only when the answer is there. */
  async function write(customer, changes, done, problemText) {
    pending.add(customer.id);
    draw();
    try {
      put(await store.update(customer.id, changes, customer.version));
      saved(done);
    } catch (error) {
      failed(`${problemText} ${error.message}`);
      if (error.current) put(error.current);
      if (error.status === 404) load();
    } finally {
      pending.delete(customer.id);
      draw();
    }
  }

  const acts = {
    move: (customer, stage) =>
      write(
        customer,
        { stage },
        `Saved. ${customer.company} is in ${stageName(stage)}.`,
        `${customer.company} was not moved.`,
      ),
    archive: (customer) =>
      write(
        customer,
        { archived: true },
        `Saved. ${customer.company} is in the archive.`,
        `${customer.company} was not archived.`,
      ),
    restore: (customer) =>
      write(
        customer,
        { archived: false },
        `Saved. ${customer.company} is back on the board.`,
        `${customer.company} was not restored.`,
      ),
    async remove(customer) {
      const sure = await ask({
        title: `Delete ${customer.company} for good?`,
        text: 'It cannot be restored afterwards.',
        yes: 'Delete for good',
      });
      if (!sure) return;
      try {
        await store.remove(customer.id, customer.version);
        drop(customer.id);
        saved(`${customer.company} is deleted.`);
      } catch (error) {
        failed(`${customer.company} was not deleted. ${error.message}`);
        if (error.current) put(error.current);
      }
    },
    edit(customer) {
      let { version } = customer;
      const staleAware = async (work) => {
        try {
          return await work();
        } catch (error) {
          // The next try is made knowingly, on top of what the other person saved.
          if (error.current) {
            version = error.current.version;
            put(error.current);
          }
          throw error;
        }
      };
      customerDialog({
        customer,
        save: (changes) =>
          staleAware(async () => {
            put(await store.update(customer.id, changes, version));
            saved('Saved');
          }),
        remove: () =>
          staleAware(async () => {
            await store.remove(customer.id, version);
            drop(customer.id);
            saved(`${customer.company} is deleted.`);
          }),
      });
    },
    add() {
      // One key for one content: pressing Save again after a lost answer cannot make a second customer.
      let key;
      let keyed;
      customerDialog({
        async save(values) {
          const content = JSON.stringify(values);
          if (keyed !== content)
            key = crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint32Array(4))).join('-');
          keyed = content;
          put(await store.create(values, key));
          saved('Saved');
        },
      });
    },
  };

  const theBoard = board(acts);
  const theArchive = archiveList(acts);
  const search = h('input', {
    class: 'input',
    type: 'search',
    placeholder: 'Search customers',
    'aria-label': 'Search customers',
    oninput: () => {
      filters.text = search.value;
      draw();
    },
  });
  const filter = (name, all, list) => {
    const select = h(
      'select',
      {
        class: 'select',
        'aria-label': `Filter by ${name}`,
        onchange: () => {
          filters[name] = select.value;
          draw();
        },
      },
      h('option', { value: '' }, all),
      list.map((text) => h('option', { value: text }, text)),
    );
    return select;
  };
  const result = h('span', { class: 'result', 'aria-live': 'polite' });
  const filterBar = h(
    'div',
    { class: 'filters', role: 'search' },
    h('div', { class: 'search' }, icon('search'), search),
    filter('plan', 'All plans', PLANS),
    filter('health', 'Any health', HEALTH),
    result,
  );
  const newButton = () =>
    h('button', { class: 'button primary', type: 'button', onclick: acts.add }, icon('plus'), 'New customer');
  const title = h('h1', {});
  const lead = h('p', {});
  const headAction = h('span', { class: 'head-action' }, newButton());
  const overview = h('div', {});
  const content = h('div', {});
  const archivedCount = h('span', { class: 'count' }, '0');
  const link = (to, ...words) => h('a', { href: to, onclick: (event) => go(event, to) }, ...words);
  const links = [link('/', icon('board'), 'Board'), link('/archive', icon('archive'), 'Archive', archivedCount)];
  const connection = h('div', { class: 'connection', role: 'status', hidden: true });
  const node = h(
    'div',
    {},
    h(
      'header',
      { class: 'topbar' },
      h(
        'a',
        { class: 'brand', href: '/', 'aria-label': 'Harbor, board', onclick: (event) => go(event, '/') },
        h('img', { src: '/ui/favicon.svg', alt: '' }),
        h('span', {}, 'Harbor'),
      ),
      h('nav', { class: 'nav', 'aria-label': 'Main' }, links),
      h(
        'div',
        { class: 'who' },
        avatar(user.name, 'round'),
        h('span', { class: 'who-name' }, user.name),
        h(
          'button',
          { class: 'icon-button', type: 'button', title: 'Log out', 'aria-label': 'Log out', onclick: leave },
          icon('logout', 18),
        ),
      ),
    ),
    connection,
    h(
      'main',
      { class: 'page' },
      h('div', { class: 'page-head' }, h('div', {}, title, lead), headAction),
      overview,
      filterBar,
      content,
    ),
  );

  const empty = (name, heading, text, action) =>
    h('div', { class: 'empty' }, icon(name, 34), h('h2', {}, heading), h('p', {}, text), action);
  const place = (child) => content.firstElementChild === child || content.replaceChildren(child);
  let drawnOverview;

  function draw() {
    const onBoard = path === '/';
    title.textContent = onBoard ? 'Customer onboarding' : 'Archive';
    lead.textContent = onBoard ? tagline : 'Customers that left the board. Restore them, or delete them for good.';
    document.title = `${title.textContent} · Harbor`;
    for (const [i, one] of links.entries()) {
      if ((i === 0) === onBoard) one.setAttribute('aria-current', 'page');
      else one.removeAttribute('aria-current');
    }
    headAction.hidden = !onBoard;
    overview.hidden = !onBoard || !customers;
    if (trouble && !customers) {
      filterBar.hidden = true;
      return content.replaceChildren(problem('The board could not be loaded', trouble.message, load));
    }
    if (!customers) {
      filterBar.hidden = true;
      return content.replaceChildren(h('p', { class: 'muted', role: 'status' }, 'Loading the board…'));
    }
    const active = customers.filter((customer) => !customer.archived);
    const archived = customers.filter((customer) => customer.archived);
    const pool = onBoard ? active : archived;
    const found = pool.filter((customer) => matches(customer, filters));
    archivedCount.textContent = String(archived.length);
    filterBar.hidden = pool.length === 0;
    result.textContent =
      found.length === pool.length
        ? `${pool.length} customer${pool.length === 1 ? '' : 's'}`
        : `${found.length} of ${pool.length} customers`;
    const stamp = JSON.stringify(active.map(({ stage, plan, health, startDate }) => [stage, plan, health, startDate]));
    if (onBoard && stamp !== drawnOverview) {
      drawnOverview = stamp;
      overview.replaceChildren(dashboard(active));
    }
    if (onBoard) {
      theBoard.update(found, pending);
      place(
        active.length
          ? theBoard.node
          : empty(
              'users',
              'The board is empty',
              'Add the first customer, and follow them from signature to live.',
              newButton(),
            ),
      );
    } else {
      theArchive.update(found);
      if (!archived.length)
        content.replaceChildren(
          empty('archive', 'Nothing is archived', 'Archive a customer on the board, and it waits here.'),
        );
      else if (!found.length)
        content.replaceChildren(empty('search', 'No match', 'No archived customer matches this search.'));
      else place(theArchive.node);
    }
  }

  /** Says so when what is on the screen may not be what is true. */
  function showConnection() {
    const ended = line === 'ended' || trouble?.status === 401;
    const lost = !ended && (line === 'lost' || (trouble && customers));
    connection.hidden = !ended && !lost;
    connection.replaceChildren(
      ...(lost ? ['Connection lost. What you see may be out of date; Harbor is trying again.'] : []),
      ...(ended
        ? [
            'Your session has ended. ',
            h('a', { href: '/login', target: '_blank' }, 'Log in again'),
            ' to go on; what you typed here stays.',
          ]
        : []),
    );
  }
  const unwatch = store.watch(load, (state) => {
    line = state;
    showConnection();
  });
  const stop = () => {
    clearTimeout(again);
    unwatch();
  };
  load();
  return {
    node,
    stop,
    route(to) {
      path = to === '/archive' ? '/archive' : '/';
      draw();
    },
  };
}
