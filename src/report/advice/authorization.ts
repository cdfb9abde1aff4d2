import type { Advice } from './advice.ts';

export const authorization: Advice = {
  'authorization/strangers-cannot-read-my-records': {
    notice: 'Another customer reads what is yours.',
    fix: 'Add the owner to the query (`where id = ? and owner = ?`) rather than checking in the page.',
  },
  'authorization/strangers-cannot-change-my-records': {
    notice: 'Another customer changes what is yours.',
    fix: 'The owner in the `where` of the update, and 404 when no row was changed.',
  },
  'authorization/strangers-cannot-delete-my-records': {
    notice: 'Another customer deletes what is yours.',
    fix: 'The owner in the `where` of the delete, as for changing; look at bulk deletes too.',
  },
  'authorization/lists-show-only-mine': {
    notice: 'In a list or a search, entries of other customers stand among your own.',
    fix: 'Filter in the query of every list, search, export and count, not in the page.',
  },
  'authorization/roles-are-checked': {
    notice: 'An ordinary user does what only an administrator should.',
    fix: 'Check the role in the handlers; hiding the menu is not a check.',
  },
  'authorization/nobody-promotes-themselves': {
    notice: 'Somebody signs up and makes themselves an administrator on the way.',
    fix: 'Name the fields that a request may set, and ignore all others.',
  },
  'authorization/row-security-holds': {
    notice: 'With a key that every visitor gets, the whole database can be read.',
    fix: 'Switch row level security on for every table and write policies by owner.',
  },
};
