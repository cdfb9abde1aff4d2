/** Recipes: data that says how to do one thing to this app. Learned by the survey or given in the config. */

/**
 * From the app's address on, so that it leads nowhere else: “//” and “/\” begin another host, another scheme is another thing altogether
 * (file:), and a browser drops tabs and newlines.
 */
export const pathOfApp = /^\/(?![/\\])[^\\\s\p{Cc}]*$/u;

/** How a control is found again on a fresh page. Every part that is given must not contradict; the best match wins. */
export interface Descriptor {
  readonly role: string;
  /** Accessible name without digits and marks. */
  readonly name: string;
  readonly tag: string;
  readonly type?: string;
  /** The name or id attribute, where it looks hand-written. */
  readonly attr?: string;
  readonly placeholder?: string;
  /** Most characters that the field takes, where it says so. */
  readonly most?: number;
  /** The field holds the record's mark. */
  readonly holding?: boolean;
  /** The control stands in the row (repeated sibling) that shows the record's mark. */
  readonly inRow?: boolean;
  /** Nothing but a control of this very name and place will do: what it does cannot be undone. */
  readonly exact?: boolean;
  /** Which of several equal ones, in document order. */
  readonly nth?: number;
  /** CSS path, the last resort. */
  readonly css?: string;
}

/**
 * Placeholders in values: {mark} {new} {email} {password} {name} {date}, and {code}, which a letter to the account or the page holds at the
 * time; other text stands for itself. The address {link} is what such a letter leads to.
 */
export type Step =
  | { readonly do: 'goto'; readonly url: string }
  | {
      readonly do: 'click' | 'dblclick' | 'hover';
      readonly on: Descriptor;
      readonly dialog?: { readonly accept: boolean; readonly text?: string };
      readonly commits?: boolean;
    }
  | { readonly do: 'fill' | 'type'; readonly on: Descriptor; readonly value: string; readonly marked?: boolean }
  | { readonly do: 'select'; readonly on: Descriptor; readonly value: string }
  /** Opens what the page draws itself to choose from (a list, a menu, a grid, a calendar) and takes the first that can be had. */
  | { readonly do: 'pick'; readonly on: Descriptor }
  /** Gives a small file of ours to a file field. */
  | { readonly do: 'attach'; readonly on: Descriptor; readonly file: SmallFile }
  | { readonly do: 'check'; readonly on: Descriptor; readonly value: boolean; readonly commits?: boolean }
  | {
      readonly do: 'press';
      readonly on: Descriptor;
      readonly key: string;
      readonly commits?: boolean;
      readonly dialog?: { readonly accept: boolean; readonly text?: string };
    }
  /** Drags it to the column beside its own. */
  | { readonly do: 'drag'; readonly on: Descriptor; readonly commits?: boolean }
  | Send;

/**
 * A request of an API, sent from a page of the same origin. With `item`, the object of the answer at that address that holds the record's
 * mark gives {id} and, by their names, {item.version} and the like.
 */
export interface Send {
  readonly do: 'send';
  readonly method: string;
  readonly url: string;
  /** JSON, or what a form sends; a placeholder stands for its text there. */
  readonly body?: string;
  readonly form?: true;
  /** The list that holds the record which this is about. */
  readonly item?: string;
  /** Where what it makes can be read, with {id} for the id that the answer tells: the page goes there. */
  readonly own?: string;
  /** What the id is called, where it is not called so. */
  readonly id?: string;
  /** A token in its answer is sent along from now on (RFC 6750). */
  readonly token?: true;
  readonly commits?: boolean;
}

/** A file of a few bytes, sound of its kind. */
export type SmallFile = 'png' | 'txt' | 'csv' | 'json' | 'pdf';

/** What is done to a control. */
export type Act = Exclude<Step, { do: 'goto' } | Send>;

export type RecipeId =
  | 'sign-up'
  | 'add-user'
  | 'log-in'
  | 'create'
  | 'edit'
  | 'move'
  | 'delete'
  | 'save'
  | 'enter'
  | 'act';

export interface Recipe {
  readonly id: RecipeId;
  readonly steps: readonly Step[];
  /** Where it was learned: the page that it ends on. */
  readonly learned?: string;
  /** The page showed that it was done, and a load brought back what was before. */
  readonly unproven?: boolean;
  /** `given`: a function of the config stands behind it. */
  readonly given?: boolean;
}

/** The request at its end, of an API. */
export function sendOf(recipe: Recipe | undefined): Send | undefined {
  const last = recipe?.steps.findLast((step) => step.do === 'send');
  return last?.do === 'send' ? last : undefined;
}

export type Values = Readonly<Record<string, string>>;

/** {mark} and its kin replaced; an unknown placeholder stays as it is. */
export function substitute(text: string, values: Values): string {
  return text.replace(/\{([\w.]+)\}/g, (all, key: string) => values[key] ?? all);
}
