import { mount } from '/ui/app.js';
import { h } from '/ui/dom.js';
import { demoCustomers } from './demo-data.js';
import { localBoard } from './local-board.js';

const wait = (value) => new Promise((resolve) => setTimeout(resolve, 180, value));

// Whoever gives an address and a password is in; the flag lives as long as the tab.
const door = {
  async current() {
    return JSON.parse(sessionStorage.getItem('harbor-user') ?? 'null');
  },
  async logIn({ email }) {
    const name = email
      .split('@')[0]
      .split(/[._-]+/)
      .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
      .join(' ');
    const user = { name, email };
    sessionStorage.setItem('harbor-user', JSON.stringify(user));
    return wait(user);
  },
  async logOut() {
    sessionStorage.removeItem('harbor-user');
  },
  hint: h('div', { class: 'notice' }, h('p', {}, 'Demo access: demo@harbor.example', h('br'), 'Password: harbor-demo')),
};

mount(document.getElementById('app'), {
  door,
  store: localBoard(demoCustomers(), wait),
  tagline: 'From signature to live, for the whole team.',
});
