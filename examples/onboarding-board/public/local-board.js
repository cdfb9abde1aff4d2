/** The whole "backend": a list in this tab's memory. */
export function localBoard(customers, wait) {
  let list = customers;
  let lastId = 100;
  const find = (id) => list.find((customer) => customer.id === id);

  return {
    load: () => wait([...list]),
    create(values) {
      lastId += 1;
      const record = { id: `c${lastId}`, stage: 'new', health: 'On track', archived: false, version: 1, createdAt: new Date().toISOString(), ...values };
      list = [record, ...list];
      return wait(record);
    },
    update(id, changes) {
      const before = find(id);
      const record = { ...before, ...changes, version: before.version + 1 };
      list = list.map((customer) => (customer.id === id ? record : customer));
      return wait(record);
    },
    remove(id) {
      list = list.filter((customer) => customer.id !== id);
      return wait();
    },
    watch: () => () => {},
  };
}
