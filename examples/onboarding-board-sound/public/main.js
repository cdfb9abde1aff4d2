import { mount } from '/ui/app.js';
import { door, store } from './api.js';

mount(document.getElementById('app'), { door, store, tagline: 'Everyone on the team sees and edits this board.' });
