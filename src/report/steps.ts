import { clip } from '../lib/text.ts';
import type { Descriptor, Step } from '../model/recipe.ts';

/** Steps for a person: “open /tasks, press “new task”, type {mark} into “title””. Holds words of the app as they are. */
export const inWords = (steps: readonly Step[]): string => steps.map(step).join(', ');

const called = (on: Descriptor): string => {
  const name = on.name || on.placeholder || on.attr;
  return name ? `“${clip(name, 40)}”` : `a ${on.role}`;
};

function step(one: Step): string {
  switch (one.do) {
    case 'goto':
      return one.url === '{link}' ? 'open the link that comes by mail' : `open ${one.url}`;
    case 'fill':
    case 'type':
      return `type ${clip(one.value, 40)} into ${called(one.on)}`;
    case 'select':
      return `choose ${clip(one.value, 30)} in ${called(one.on)}`;
    case 'pick':
      return `choose the first of ${called(one.on)}`;
    case 'attach':
      return `give a small ${one.file} to ${called(one.on)}`;
    case 'check':
      return `${one.value ? 'tick' : 'untick'} ${called(one.on)}`;
    case 'press':
      return `press ${one.key} in ${called(one.on)}`;
    case 'send':
      return `send ${one.method} ${clip(one.url, 60)}`;
    case 'drag':
      return `drag ${called(one.on)} to the column beside`;
    default:
      return `${one.do === 'click' ? 'press' : one.do} ${called(one.on)}`;
  }
}
