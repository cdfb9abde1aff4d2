import { avatar, h, icon, reconcile } from './dom.js';
import { byNewest, STAGES, showDate, slug, stageName } from './model.js';

/** The four columns. `acts` = {move, archive, edit}; the board itself never changes a record. */
export function board(acts) {
  let dragged;
  const lists = new Map();
  const counts = new Map();
  const pendingIds = new Set();

  const columns = STAGES.map((stage) => {
    const list = h('ul', { class: 'cards', 'data-empty': 'No customers here' });
    const number = h('span', { class: 'count' }, '0');
    lists.set(stage.id, list);
    counts.set(stage.id, number);
    const column = h(
      'section',
      { class: 'column', 'aria-label': stage.name, 'data-stage': stage.id },
      h(
        'header',
        { class: 'column-head' },
        h('i', { vars: { background: `var(--stage-${stage.id})` } }),
        h('h2', {}, stage.name),
        number,
      ),
      list,
    );
    let depth = 0;
    const leave = () => {
      depth = 0;
      column.classList.remove('over');
    };
    column.addEventListener('dragenter', () => {
      depth += 1;
      if (dragged && dragged.stage !== stage.id) column.classList.add('over');
    });
    column.addEventListener('dragleave', () => {
      depth -= 1;
      if (depth <= 0) leave();
    });
    column.addEventListener('dragover', (event) => {
      if (!dragged) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'move';
    });
    column.addEventListener('drop', (event) => {
      event.preventDefault();
      leave();
      if (dragged && dragged.stage !== stage.id) acts.move(dragged, stage.id);
    });
    return column;
  });

  function card(customer) {
    const pending = pendingIds.has(customer.id);
    const selectId = `move-${customer.id}`;
    const select = h(
      'select',
      {
        id: selectId,
        'data-focus': 'move',
        'aria-label': `Move ${customer.company} to`,
        disabled: pending,
        onchange: () => acts.move(customer, select.value),
      },
      STAGES.map((stage) => h('option', { value: stage.id, selected: stage.id === customer.stage }, stage.name)),
    );
    const node = h(
      'li',
      { class: pending ? 'card pending' : 'card', draggable: pending ? 'false' : 'true', 'data-id': customer.id },
      h(
        'div',
        { class: 'card-head' },
        avatar(customer.company),
        h(
          'div',
          { class: 'card-title' },
          h(
            'button',
            {
              class: 'card-open',
              type: 'button',
              'data-focus': 'open',
              title: customer.company,
              onclick: () => acts.edit(customer),
            },
            customer.company,
          ),
          h('div', { class: 'card-contact' }, customer.contact || 'No contact yet'),
        ),
      ),
      customer.notes && h('p', { class: 'card-notes' }, customer.notes.slice(0, 240)),
      h(
        'div',
        { class: 'card-meta' },
        h('span', { class: `badge ${slug(customer.health)}` }, customer.health),
        h('span', { class: 'badge plain' }, customer.plan),
        h('span', { class: 'card-date' }, icon('calendar', 13), showDate(customer.startDate)),
      ),
      h(
        'div',
        { class: 'card-foot' },
        h('label', { for: selectId }, 'Move to'),
        select,
        h(
          'span',
          { class: 'end' },
          pending && h('span', { class: 'saving' }, 'Saving…'),
          !pending &&
            h(
              'button',
              {
                class: 'icon-button',
                type: 'button',
                title: 'Edit',
                'data-focus': 'edit',
                'aria-label': `Edit ${customer.company}`,
                onclick: () => acts.edit(customer),
              },
              icon('edit'),
            ),
          !pending &&
            h(
              'button',
              {
                class: 'icon-button',
                type: 'button',
                title: 'Archive',
                'data-focus': 'archive',
                'aria-label': `Archive ${customer.company}`,
                onclick: () => acts.archive(customer),
              },
              icon('archive'),
            ),
        ),
      ),
    );
    node.addEventListener('dragstart', (event) => {
      dragged = customer;
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', customer.company);
      requestAnimationFrame(() => node.classList.add('dragging'));
    });
    node.addEventListener('dragend', () => {
      dragged = undefined;
      node.classList.remove('dragging');
      for (const column of columns) column.classList.remove('over');
    });
    return node;
  }

  function update(customers, pending) {
    pendingIds.clear();
    for (const id of pending) pendingIds.add(id);
    for (const stage of STAGES) {
      const here = customers.filter((customer) => customer.stage === stage.id).sort(byNewest);
      counts.get(stage.id).textContent = String(here.length);
      reconcile(
        lists.get(stage.id),
        here,
        (customer) => customer.id,
        (customer) => JSON.stringify([customer, pendingIds.has(customer.id)]),
        card,
      );
    }
  }

  return { node: h('div', { class: 'columns' }, columns), update };
}

export function archiveList(acts) {
  const list = h('ul', { class: 'archive' });
  function row(customer) {
    return h(
      'li',
      { class: 'archive-row', 'data-id': customer.id },
      avatar(customer.company),
      h(
        'div',
        { class: 'what' },
        h('strong', {}, customer.company),
        h('span', {}, `${stageName(customer.stage)} · ${customer.plan} · ${showDate(customer.startDate)}`),
      ),
      h(
        'div',
        { class: 'actions' },
        h(
          'button',
          { class: 'button', type: 'button', onclick: () => acts.restore(customer) },
          icon('restore'),
          'Restore',
        ),
        h(
          'button',
          { class: 'button danger', type: 'button', onclick: () => acts.remove(customer) },
          icon('trash'),
          'Delete for good',
        ),
      ),
    );
  }
  return {
    node: list,
    update: (customers) =>
      reconcile(
        list,
        [...customers].sort(byNewest),
        (c) => c.id,
        (c) => JSON.stringify(c),
        row,
      ),
  };
}
