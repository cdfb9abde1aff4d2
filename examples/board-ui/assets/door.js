import { field, showErrors } from './dialogs.js';
import { h, icon, s } from './dom.js';

const POINTS = [
  'Every customer on one board, from signature to live',
  'Health at a glance, before the call',
  'Nothing forgotten between kickoff and launch',
];

function aside() {
  return h(
    'aside',
    { class: 'door-aside' },
    h('h2', {}, 'Bring every customer safely into harbor.'),
    h(
      'ul',
      {},
      POINTS.map((text) => h('li', {}, icon('check', 18), text)),
    ),
    s(
      'svg',
      { class: 'waves', viewBox: '0 0 800 240', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
      s('path', { d: 'M0 96c120-44 220-44 340 0s240 44 460-16v160H0z', fill: '#0d5e79' }),
      s('path', { d: 'M0 150c140-40 260-30 400 4s260 26 400-24v110H0z', fill: '#0a4d64' }),
      s('path', { d: 'M0 200c160-30 300-20 420 0s260 14 380-16v56H0z', fill: '#083e51' }),
    ),
  );
}

/**
 * Log in, or sign up where `door.signUp` is given. `done(user)` is called once somebody is in.
 * `door.hint` is a node to show under the form.
 */
export function doorScreen({ door, mode, go, done }) {
  const signUp = mode === 'signup';
  const input = (name, type, autocomplete) => h('input', { class: 'input', name, type, required: true, autocomplete });
  const fields = {
    ...(signUp && { name: field('Your name', input('name', 'text', 'name')) }),
    email: field('Email', input('email', 'email', 'email')),
    password: field('Password', input('password', 'password', signUp ? 'new-password' : 'current-password')),
  };
  if (signUp) {
    fields.password.control.setAttribute('minlength', '10');
    fields.password.node.append(h('span', { class: 'field-hint' }, 'At least 10 characters.'));
  }
  const notice = h('div', {});
  const words = signUp ? 'Create account' : 'Log in';
  const submit = h('button', { class: 'button primary wide', type: 'submit' }, words);
  const form = h(
    'form',
    { novalidate: true, method: 'post', 'aria-label': words },
    notice,
    Object.values(fields).map((one) => one.node),
    submit,
  );

  let busy = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    submit.disabled = true;
    submit.textContent = signUp ? 'Creating your account…' : 'Logging in…';
    try {
      const values = Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, one.control.value]));
      const errors = {};
      if (signUp && !values.name.trim()) errors.name = 'Enter your name.';
      if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(values.email.trim()))
        errors.email = 'Enter an email address, like name@company.com.';
      if (!values.password) errors.password = 'Enter your password.';
      else if (signUp && values.password.length < 10) errors.password = 'Use at least 10 characters.';
      showErrors(fields, notice, { errors });
      if (Object.keys(errors).length) return;
      done(await (signUp ? door.signUp(values) : door.logIn(values)));
    } catch (error) {
      showErrors(fields, notice, error);
    } finally {
      busy = false;
      submit.disabled = false;
      submit.textContent = words;
    }
  });

  const link = (path, text) => h('a', { href: path, onclick: (event) => go(event, path) }, text);
  const other = !door.signUp
    ? undefined
    : signUp
      ? h('p', { class: 'muted' }, 'Already a member? ', link('/login', 'Log in'))
      : h('p', { class: 'muted' }, 'New here? ', link('/signup', 'Create an account'));
  return h(
    'div',
    { class: 'door' },
    h(
      'main',
      { class: 'door-form' },
      h(
        'div',
        {},
        h(
          'a',
          { class: 'brand', href: '/', 'aria-label': 'Harbor' },
          h('img', { src: '/ui/favicon.svg', alt: '' }),
          'Harbor',
        ),
        h(
          'div',
          {},
          h('h1', {}, signUp ? 'Create your account' : 'Welcome back'),
          h(
            'p',
            { class: 'lead' },
            signUp ? 'Join the onboarding board of your team.' : 'Log in to your onboarding board.',
          ),
        ),
        form,
        other,
        door.hint,
      ),
    ),
    aside(),
  );
}
