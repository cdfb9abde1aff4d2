import { h, icon } from './dom.js';
import { check, HEALTH, isoDay, LIMITS, PLANS, STAGES } from './model.js';

let lastId = 0;

function open(dialog) {
  document.body.append(dialog);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.showModal();
}

/** A labelled control with room for its error. */
export function field(label, control, { optional = false, extra } = {}) {
  const id = `field-${++lastId}`;
  const error = h('span', { class: 'field-error', id: `${id}-error` });
  control.id = id;
  control.setAttribute('aria-describedby', error.id);
  const node = h(
    'div',
    { class: 'field' },
    h('label', { for: id }, label, optional && h('span', { class: 'optional' }, ' (optional)'), extra),
    control,
    error,
  );
  return {
    node,
    control,
    set error(text) {
      error.textContent = text ?? '';
      if (text) control.setAttribute('aria-invalid', 'true');
      else control.removeAttribute('aria-invalid');
    },
  };
}

export function showErrors(fields, notice, error) {
  const known = Object.entries(error.errors ?? {}).filter(([name]) => fields[name]);
  for (const [name, one] of Object.entries(fields)) one.error = error.errors?.[name];
  const rest = Object.entries(error.errors ?? {})
    .filter(([name]) => !fields[name])
    .map(([, text]) => text);
  const text = known.length && !rest.length ? '' : [error.message, ...rest].filter(Boolean).join(' ');
  notice.replaceChildren(
    ...(text ? [h('div', { class: 'notice error', role: 'alert' }, icon('alert', 18), h('p', {}, text))] : []),
  );
  if (known.length) fields[known[0][0]].control.focus();
}

const options = (list, chosen) => list.map(({ id, name }) => h('option', { value: id, selected: id === chosen }, name));
const plain = (list) => list.map((name) => ({ id: name, name }));

/**
 * The form for a new customer or for one that exists. `save(changes)` must reject unless the record is safe;
 * the dialog, and every word typed into it, stays until it does.
 */
export function customerDialog({ customer, save, remove }) {
  const start = customer ?? {
    company: '',
    contact: '',
    plan: 'Growth',
    startDate: isoDay(),
    stage: 'new',
    health: 'On track',
    notes: '',
  };
  const counter = h('span', { class: 'counter' });
  const fields = {
    company: field(
      'Company name',
      h('input', {
        class: 'input',
        name: 'company',
        required: true,
        autocomplete: 'off',
        value: start.company,
        placeholder: 'Company name',
      }),
    ),
    contact: field(
      'Contact',
      h('input', {
        class: 'input',
        name: 'contact',
        autocomplete: 'off',
        value: start.contact,
        placeholder: 'Name or email',
      }),
      { optional: true },
    ),
    plan: field('Plan', h('select', { class: 'select', name: 'plan' }, options(plain(PLANS), start.plan))),
    startDate: field(
      'Start date',
      h('input', { class: 'input', name: 'startDate', type: 'date', value: start.startDate ?? '' }),
    ),
    ...(customer && {
      stage: field('Stage', h('select', { class: 'select', name: 'stage' }, options(STAGES, start.stage))),
      health: field('Health', h('select', { class: 'select', name: 'health' }, options(plain(HEALTH), start.health))),
    }),
    notes: field('Notes', h('textarea', { class: 'textarea', name: 'notes', rows: 4 }), {
      optional: true,
      extra: counter,
    }),
  };
  fields.notes.control.value = start.notes;
  const countNotes = () => {
    const length = fields.notes.control.value.length;
    counter.textContent = length > 200 ? `${length.toLocaleString('en')} / ${LIMITS.notes.toLocaleString('en')}` : '';
  };
  fields.notes.control.addEventListener('input', countNotes);
  countNotes();

  const notice = h('div', {});
  const submit = h('button', { class: 'button primary', type: 'submit' }, 'Save');
  const deleteButton =
    customer && h('button', { class: 'button danger start', type: 'button' }, icon('trash'), 'Delete');
  const form = h(
    'form',
    { novalidate: true, 'aria-label': customer ? 'Edit customer' : 'New customer' },
    h(
      'header',
      { class: 'dialog-head' },
      h('h2', {}, customer ? 'Edit customer' : 'New customer'),
      h(
        'button',
        { class: 'icon-button', type: 'button', 'aria-label': 'Close', onclick: () => dialog.close() },
        icon('close', 18),
      ),
    ),
    h(
      'div',
      { class: 'dialog-body' },
      notice,
      fields.company.node,
      fields.contact.node,
      h('div', { class: 'pair' }, fields.plan.node, fields.startDate.node),
      customer && h('div', { class: 'pair' }, fields.stage.node, fields.health.node),
      fields.notes.node,
    ),
    h(
      'footer',
      { class: 'dialog-foot' },
      deleteButton,
      h('button', { class: 'button', type: 'button', onclick: () => dialog.close() }, 'Cancel'),
      submit,
    ),
  );
  const dialog = h('dialog', { class: 'dialog', 'aria-label': customer ? 'Edit customer' : 'New customer' }, form);

  let busy = false;
  const during = async (button, words, work) => {
    if (busy) return;
    busy = true;
    const before = [...button.childNodes];
    submit.disabled = true;
    if (deleteButton) deleteButton.disabled = true;
    button.replaceChildren(words);
    try {
      await work();
      dialog.close();
    } catch (error) {
      if (error.current) rebase(error.current);
      showErrors(fields, notice, error);
    } finally {
      busy = false;
      submit.disabled = false;
      if (deleteButton) deleteButton.disabled = false;
      button.replaceChildren(...before);
    }
  };

  /** Somebody else saved first: what was not touched here follows them, what was typed here stays. */
  const rebase = (current) => {
    for (const [name, { control }] of Object.entries(fields)) {
      const touched = control.value !== shown[name];
      const typed = control.value;
      control.value = current[name];
      shown[name] = control.value;
      if (touched) control.value = typed;
    }
  };
  const shown = Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, one.control.value]));
  const changes = () => {
    const values = Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, one.control.value]));
    if (customer) for (const name of Object.keys(values)) if (values[name] === shown[name]) delete values[name];
    return values;
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const values = changes();
    const errors = check({ company: start.company, ...values });
    showErrors(fields, notice, { errors });
    if (Object.keys(errors).length) return;
    if (customer && !Object.keys(values).length) return dialog.close();
    during(submit, 'Saving…', () => save(values));
  });
  deleteButton?.addEventListener('click', async () => {
    const sure = await ask({
      title: `Delete ${start.company}?`,
      text: 'It leaves the board and the archive, for everyone. This cannot be undone.',
      yes: 'Delete',
    });
    if (sure) during(deleteButton, 'Deleting…', remove);
  });
  open(dialog);
  fields.company.control.focus();
}

/** A question with two answers; anything but the second button means no. */
export function ask({ title, text, yes }) {
  return new Promise((resolve) => {
    let answer = false;
    const dialog = h(
      'dialog',
      { class: 'dialog small', role: 'alertdialog', 'aria-label': title },
      h(
        'form',
        { method: 'dialog' },
        h('header', { class: 'dialog-head' }, h('h2', {}, title)),
        h('div', { class: 'dialog-body' }, h('p', { class: 'muted' }, text)),
        h(
          'footer',
          { class: 'dialog-foot' },
          h('button', { class: 'button', type: 'submit' }, 'Cancel'),
          h('button', { class: 'button danger', type: 'submit', onclick: () => (answer = true) }, yes),
        ),
      ),
    );
    dialog.addEventListener('close', () => resolve(answer));
    open(dialog);
  });
}
