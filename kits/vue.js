/** The things of a page for Vue: the list, what is in the form and what the server says against it, what is about to be deleted. */
import { reactive } from 'vue';
import { empty, load, remove, save } from './things.js';

export const things = reactive({
  items: [],
  /** In the form, which stands open while it is `open`. */
  item: { ...empty },
  open: false,
  refused: '',
  doomed: undefined,
  edit(one = empty) {
    Object.assign(things, { item: { ...empty, ...one, id: one.id }, refused: '', open: true });
  },
  async keep() {
    things.refused = (await save(things.item)) ?? '';
    if (things.refused) return;
    things.open = false;
    await things.refresh();
  },
  async drop(one = things.doomed) {
    await remove(one);
    things.doomed = undefined;
    await things.refresh();
  },
  async refresh() {
    things.items = await load();
  },
});
void things.refresh();
