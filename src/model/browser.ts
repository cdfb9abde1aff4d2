import type { EvidenceId } from './evidence.ts';
import type { Mark } from './mark.ts';
import type { Descriptor, Step, Values } from './recipe.ts';

/** What stands on a page now, as the perceiving script saw it. Shapes only; the drivers fill them. */
export interface Control {
  /** Index into the page's own list of elements, valid until the next perceive. */
  readonly ref: number;
  readonly role: string;
  readonly tag: string;
  readonly type: string;
  readonly name: string;
  readonly attr: string;
  readonly placeholder: string;
  readonly autocomplete: string;
  /** Of a password always empty: it is not read. */
  readonly value: string;
  /** Something stands in a password field. */
  readonly filled?: boolean;
  readonly text: string;
  readonly href: string;
  readonly css: string;
  readonly describedBy: string;
  readonly required: boolean;
  readonly disabled: boolean;
  readonly invalid: boolean;
  /** Ticked, pressed or selected. */
  readonly checked: boolean;
  /** A button that stays pressed (aria-pressed). */
  readonly pressable: boolean;
  /** A script of the page says beside it what it does: it may ask first, or be no link after all. */
  readonly scripted?: boolean;
  /** What it heads is folded away: a section of an accordion, details. */
  readonly folded?: boolean;
  /** What it opens (aria-haspopup): menu, listbox, dialog, grid, true; empty for nothing. */
  readonly opens: string;
  /** A field that offers what it may hold while one types. */
  readonly suggests: boolean;
  /** A field that shows a value and takes no keys. */
  readonly fixed: boolean;
  /** Kinds of files that it takes. */
  readonly accepts: string;
  readonly draggable: boolean;
  readonly editable: boolean;
  readonly submits: boolean;
  readonly min: string;
  readonly max: string;
  readonly step: string;
  readonly minLength: number;
  readonly maxLength: number;
  readonly pattern: string;
  readonly options: readonly { readonly value: string; readonly text: string; readonly disabled: boolean }[];
  readonly region: 'nav' | 'header' | 'footer' | 'search' | 'main' | 'dialog';
  /** Group (form, dialog or smallest container with an editable and a trigger) it belongs to; -1 for none. */
  readonly group: number;
  /** Repeated template it is a row of, and which row; -1 for none. */
  readonly template: number;
  readonly row: number;
  /** All rows that hold it, the innermost first: rows nest. */
  readonly rows: readonly { readonly template: number; readonly row: number }[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Shown only while the pointer is over its row. */
  readonly hidden: boolean;
}

export interface Group {
  readonly index: number;
  readonly kind: 'form' | 'dialog' | 'container';
  readonly heading: string;
  readonly action: string;
  readonly method: string;
}

export interface Template {
  readonly index: number;
  readonly rows: readonly string[];
  /** Texts of what stands among them and is of the same tag, but built otherwise. */
  readonly beside: readonly string[];
  /** Path of what holds the rows. */
  readonly css: string;
}

export interface View {
  readonly url: string;
  readonly title: string;
  readonly controls: readonly Control[];
  readonly groups: readonly Group[];
  readonly templates: readonly Template[];
  /** Texts of live regions, alerts and toasts now shown. */
  readonly live: readonly string[];
  /** A modal layer is open. */
  readonly modal: boolean;
  /** The page says that it is at work. */
  readonly busy: boolean;
  /** Something of it asks whether one is a person. */
  readonly captcha?: boolean;
  /** Visible text, at most 200 kB. */
  readonly text: string;
}

/** What a single act brought about. */
export interface Change {
  readonly before: View;
  readonly after: View;
  /** Requests that the act caused and that could write. */
  readonly writes: readonly Sent[];
  /** All requests that the act caused. */
  readonly requests: readonly Sent[];
  readonly dialogs: readonly { readonly type: string; readonly message: string }[];
  /** Texts that appeared since the act, also those that went again. */
  readonly appeared: readonly string[];
  readonly navigated: boolean;
  readonly evidence: EvidenceId;
}

/** One exchange or socket frame as the relay saw it. */
export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly kind: string;
  readonly status?: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly answerHeaders: Readonly<Record<string, string>>;
  /** Text of the request, at most 2 MB. */
  readonly body: string;
  readonly answer: string;
  readonly error?: string;
  readonly at: number;
  readonly bytes: number;
  readonly socket?: boolean;
}

export interface Found {
  /** Shown as text outside editable fields. */
  readonly shown: readonly string[];
  /** As the value of a field, or in an editor. */
  readonly inField: readonly string[];
  /** Only inside a live region or toast. */
  readonly live: readonly string[];
}

export type FaultKind = 'refuse' | 'offline' | 'error-500' | 'html-503' | 'reset' | 'lose-answer';

/** Why a step is not to be done to the control that was found for it: then it is missing, and nothing was touched. */
export type Unless = (step: Step, control: Control, view: View) => string | undefined;

/** One page of one browser. All methods settle before they return; none throws for what the app does. */
export interface Tab {
  readonly url: string;
  goto(url: string): Promise<{ readonly ok: boolean; readonly status?: number; readonly error?: string }>;
  reload(): Promise<void>;
  back(): Promise<void>;
  view(): Promise<View>;
  /** Does a step on a control just perceived, or found again by its descriptor, `unless` something speaks against it. */
  act(
    step: Step,
    options?: { values?: Values; mark?: Mark; control?: Control; quick?: boolean; unless?: Unless },
  ): Promise<Change | { readonly missing: string }>;
  /** Lets code of the config drive the page (Playwright's) and tells what came of it. `stay`: going to where the page stands already is no load. */
  drive(
    code: (page: unknown) => Promise<void>,
    says: string,
    options?: { stay?: boolean },
  ): Promise<Change | { readonly missing: string }>;
  /** Which of the marks does the page show now, and where. */
  find(marks: readonly Mark[]): Promise<Found>;
  /** Scrolls everything that scrolls to its end, step by step; calls back after each. */
  scrollThrough(each: () => Promise<boolean>): Promise<void>;
  /** fetch inside the page, with its cookies; resolves with the answer or the error. */
  fetch(request: {
    method: string;
    url: string;
    headers?: Record<string, string>;
    body?: string;
  }): Promise<{ status: number; body: string; headers: Record<string, string>; error?: string }>;
  /** Values of hidden inputs of the form at an address, fetched afresh in the page. */
  hiddenFields(url: string): Promise<Record<string, string>>;
  hover(control: Control): Promise<void>;
  screen(says: string): Promise<EvidenceId>;
  /** What stands as the page's own error page of the browser. */
  readonly browserError: boolean;
  close(): Promise<void>;
}

/** A browser of its own: cookies, storage and wire apart from all others. */
export interface Window {
  readonly label: string;
  readonly first: Tab;
  tab(): Promise<Tab>;
  /** All that passed the relay since the mark in time (epoch ms), oldest first. */
  traffic(since: number): readonly Sent[];
  /** Puts the fault on requests that the predicate names, until healed. Returns how many requests it has hit. */
  cut(
    kind: FaultKind,
    which: (request: { method: string; url: string; kind: string }) => boolean,
  ): { hits(): number; heal(): Promise<void> };
  /**
   * Opens a page of ours in a tab of its own, with the cookies of this browser, on another site than the address (localhost against
   * 127.0.0.1). This browser alone sees it, as long as the tab is open; no session is begun anew in it.
   */
  elsewhere(than: string, html: string): Promise<Tab>;
  storageState(): Promise<unknown>;
  close(): Promise<void>;
}

export interface Windows {
  /** `api`: requests are sent from its addresses, whatever the page of an error forbids its scripts (CSP). */
  open(options: {
    label: string;
    headers?: Readonly<Record<string, string>>;
    storage?: unknown;
    api?: boolean;
  }): Promise<Window>;
}

export type { Descriptor };
