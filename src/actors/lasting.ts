import type { Tab, View, Window } from '../model/browser.ts';
import type { Facts } from '../model/facts.ts';
import { locate } from '../model/match.ts';

/**
 * The same browser, in whose tabs a session that lasts for one page, or that has died, is begun again after each load, before anything is
 * said of what stands there.
 */
export function lasting(
  window: Window,
  { renew, memory }: { renew?: (tab: Tab) => Promise<boolean>; memory: { readonly facts: Partial<Facts> } },
  /** Somebody is about to come in by a recipe: what stands at the door is there on purpose. */
  entering: () => boolean,
): Window {
  if (!renew) return window;
  let refused = 0;
  const again = async (tab: Tab): Promise<boolean> => {
    const { door } = memory.facts;
    if (entering() || refused > 1 || !door?.logIn || !(await looksLikeDoor(tab, door))) return false;
    const done = await renew(tab);
    if (!done) refused++;
    return done;
  };
  const own = (tab: Tab): Tab =>
    Object.create(tab, {
      goto: {
        value: async (url: string): ReturnType<Tab['goto']> => {
          const loaded = await tab.goto(url);
          if (!(await again(tab)) || sameAddress(tab.url, url)) return loaded;
          const back = await tab.goto(url);
          await again(tab);
          return back;
        },
      },
      act: {
        value: async (...args: Parameters<Tab['act']>): ReturnType<Tab['act']> => {
          const change = await tab.act(...args);
          const [step] = args;
          if (step.do === 'goto' && (await again(tab)) && !sameAddress(tab.url, step.url)) {
            await tab.act(...args);
            await again(tab);
          }
          return change;
        },
      },
      reload: {
        value: async (): Promise<void> => {
          await tab.reload();
          await again(tab);
        },
      },
    });
  const first = own(window.first);
  return Object.create(window, { first: { value: first }, tab: { value: async () => own(await window.tab()) } });
}

/**
 * The password field of the log-in with its button, or the first field of it: doors of several steps ask for an address first, some for a name
 * alone. So does the field for a code of the moment, at which one stands who has none. Where no log-in with a password is known, any password.
 */
export async function looksLikeDoor(tab: Tab, door: Facts['door'] | undefined): Promise<boolean> {
  const view: View = await tab.view();
  if (view.controls.some((c) => c.autocomplete.includes('one-time-code'))) return true;
  const steps = door?.logIn?.steps ?? [];
  const fills = steps.flatMap((s, at) => (s.do === 'fill' ? [{ ...s, at }] : []));
  const known = fills.some(({ value }) => value === '{password}');
  if (!known && view.controls.some((c) => c.type === 'password')) return true;
  return fills
    .filter(({ value }, i) => i === 0 || value.includes('{code}') || value === '{password}')
    .some(({ on, value, at }) => {
      const found = locate(view, on);
      // What a refusal says above the form moves it; a first field alone is told by its place.
      const same = value === '{password}' || found?.css === on.css;
      // A profile may hold fields of the same names, and another button.
      const press = steps.slice(at).find((s) => s.do === 'click');
      return (
        same &&
        found?.type === on.type &&
        found?.placeholder === (on.placeholder ?? '') &&
        (press?.do !== 'click' || locate(view, press.on) !== undefined)
      );
    });
}

/** But for a slash at its end. */
export const sameAddress = (a: string, b: string): boolean => a.replace(/\/$/, '') === b.replace(/\/$/, '');
