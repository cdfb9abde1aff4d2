import type { Sent, View } from '../model/browser.ts';
import type { Session } from '../model/context.ts';
import type { RecordFacts } from '../model/facts.ts';
import { type Mark, markFor } from '../model/mark.ts';
import { describe } from '../model/match.ts';
import type { Step, Values } from '../model/recipe.ts';
import type { Form } from './classify.ts';
import { complete } from './complete.ts';
import type { SurveyContext } from './context.ts';
import { isGoTo, verifyWrite } from './verify.ts';

/** No record itself: an address was opened that bears the name. One may write there. */
export interface Led {
  readonly kind: 'led';
  /** Each time they are done they lead to another. */
  readonly steps: readonly Step[];
}

/**
 * Tries a form as a way to write: once with a first mark, then from a fresh page with a second. What it is (kept, held, echo)
 * is decided by what a fresh load shows: of a record both marks stand, of a settings form only the last.
 */
export async function tryWrite(
  context: SurveyContext,
  session: Session,
  path: readonly Step[],
  view: View,
  form: Form,
  text = 0,
): Promise<RecordFacts | Led | undefined> {
  const tab = session.window.first;
  const { marks, ledger } = context;
  const made: Mark[] = [];
  let carries = 'text' as RecordFacts['carries'] | 'none';
  const values = (kind: typeof carries): Values => {
    carries = kind;
    const mark = markFor(marks, kind);
    // A round that was refused has made nothing.
    const before = made.at(-1);
    if (before !== undefined) ledger.settle(before, 'nothing');
    ledger.begin({
      what: 'record',
      mark,
      how: `the form ${form.group.heading ? `“${form.group.heading}” ` : ''}on ${new URL(view.url).pathname}`,
    });
    made.push(mark);
    return { mark, alt: marks.next() };
  };
  const done = await complete(tab, view, form, {
    fresh: values,
    today: context.today,
    all: false,
    text,
    // A lone field takes the mark.
    shapes: form.fields.length > 1 ? context.chart().shapes : [],
  });
  const mark = made.at(-1);
  if (!done || !mark) {
    if (mark) ledger.settle(mark, 'nothing');
    context.tried(`${form.group.heading || form.signature}: went away`);
    return undefined;
  }
  const what = done.plan.says;
  if (done.said === 'refused' || !done.change) {
    if (refusedForSure(done.change?.writes ?? [])) ledger.settle(mark, 'nothing');
    context.tried(`${what}: refused, ${done.because}`);
    return undefined;
  }
  if (carries === 'none') return undefined;
  ledger.settle(mark, done.said);
  const after = done.change.after;
  const tall = form.texts.find(
    (c) =>
      (c.tag === 'textarea' || c.type === 'rich') &&
      !done.plan.steps.some((s) => s.do === 'fill' && s.marked && s.on.css === c.css),
  );
  const steps = [...path, ...done.steps];
  const found = await verifyWrite(context, session, {
    create: { id: 'create', steps, learned: after.url },
    says: what,
    carries,
    mark,
    marks: made,
    change: done.change,
    places: [after.url, view.url, startOf(path)],
    ...(tall ? { longText: describe(tall, view) } : {}),
  });
  if (found || !isGoTo({ change: done.change, mark })) return found;
  ledger.settle(mark, 'nothing');
  return { kind: 'led', steps: steps.map(unmarked) };
}

/** What names the address is none of what is written at it: a page that shows its own name would show it as written. And nothing is saved yet. */
function unmarked(step: Step): Step {
  if (step.do === 'fill' || step.do === 'type')
    return { do: step.do, on: step.on, value: step.value.replaceAll('{mark}', '{alt}') };
  if (!('commits' in step)) return step;
  const { commits: _, ...led } = step;
  return led;
}

const startOf = (path: readonly Step[]): string | undefined => (path[0]?.do === 'goto' ? path[0].url : undefined);

/** Nothing was sent, or all of it was answered as a mistake of the sender (RFC 9110, 15.5). */
const refusedForSure = (writes: readonly Sent[]): boolean =>
  writes.every(({ status = 0 }) => status >= 400 && status < 500);
