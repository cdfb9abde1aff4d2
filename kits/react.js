/** The things of a page for React: the list, what is in the form and what the server says against it, what is about to be deleted. */
import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { empty, load, remove, save } from './things.js';

export function useThings() {
  const [items, setItems] = useState([]);
  const [item, setItem] = useState();
  const [refused, setRefused] = useState();
  const [doomed, setDoomed] = useState();
  const refresh = async () => setItems(await load());
  useEffect(() => void load().then(setItems), []);
  return {
    items,
    /** In the form; undefined while it is shut. */
    item,
    refused,
    doomed,
    open: (one = empty) => {
      setRefused(undefined);
      setItem(one);
    },
    shut: () => setItem(undefined),
    set: (more) => setItem((one) => ({ ...one, ...more })),
    keep: async (one = item) => {
      const against = await save(one);
      setRefused(against);
      if (against) return;
      setItem(undefined);
      await refresh();
    },
    refresh,
    doom: setDoomed,
    drop: async () => {
      await remove(doomed);
      setDoomed(undefined);
      await refresh();
    },
  };
}

export const draw = (page) => createRoot(document.querySelector('#app')).render(page);
