import type { Tab } from '../../model/browser.ts';
import type { Context, Session } from '../../model/context.ts';
import type { Place } from '../../model/facts.ts';
import { fold, type Mark } from '../../model/mark.ts';
import { describe, inRowOf } from '../../model/match.ts';
import { openPlace } from '../../model/place.ts';

/** What is sound to differ in: Unicode form, line ends, outer blanks, runs of blanks in rendered text, quotes made curly. */
const canon = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[“”„]/g, '"')
    .replace(/[‘’]/g, "'")
    .replace(/\u00a0/g, ' ')
    .trim();
const rendered = (text: string): string => canon(text).replace(/\s+/g, ' ').toLowerCase();

/** Every string of a JSON value. */
function strings(value: unknown, into: string[] = []): string[] {
  if (typeof value === 'string') into.push(value);
  else if (Array.isArray(value)) for (const v of value) strings(v, into);
  else if (value && typeof value === 'object') for (const v of Object.values(value)) strings(v, into);
  return into;
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
const plainOf = (html: string): string =>
  html.replace(
    /&(#x?[0-9a-f]+|\w+);/gi,
    (all, e: string) =>
      named[e] ??
      (e.startsWith('#')
        ? String.fromCodePoint(Number.parseInt(e.slice(e[1] === 'x' ? 2 : 1), e[1] === 'x' ? 16 : 10) || 32)
        : all),
  );

/**
 * Is the text that was written beside the mark there as written? `same` as soon as one exact copy is seen; `altered` only where a
 * field or an answer holds the mark with another text, which no list has shortened; else it could not be looked at.
 */
export async function textsAround(
  context: Context,
  session: Session,
  tab: Tab,
  mark: Mark,
  text: string,
  places: readonly Place[],
): Promise<{ back: 'same' | 'altered' | 'could-not-look'; got: string | undefined }> {
  const want = canon(text);
  let other: string | undefined;
  const weigh = (value: string, exact: boolean): boolean => {
    if (!fold(value).includes(fold(mark).slice(0, 6))) return false;
    const got = canon(value);
    if (got === want || (got.includes(want) && got.length < want.length + 400)) return true;
    if (got.replace(/\n+/g, '\n') === want.replace(/\n+/g, '\n') && !want.includes('\n')) return true;
    // A slug or a capitalised title is another text by design; the field or another answer tells what is kept.
    if (exact && fold(got) !== fold(want) && !/^[\w-]+$/.test(got) && !/(…|\.\.\.)$/.test(got))
      other = better(other, got);
    return false;
  };
  const since = context.clock.now();
  const read = async (): Promise<boolean> => {
    const view = await tab.view();
    // An editor shows its text set in paragraphs: that it is there can be seen, that it is another cannot.
    const fields = view.controls.filter((c) => c.editable && c.value.length < 1990);
    if (fields.some((c) => weigh(c.value, c.type !== 'rich'))) return true;
    for (const r of session.window.traffic(since)) {
      if ((r.status ?? 200) >= 400) continue;
      const type = r.answerHeaders['content-type'] ?? '';
      if (r.socket || /json/.test(type)) {
        try {
          if (strings(JSON.parse(r.answer.replace(/^\d+/, ''))).some((v) => weigh(v, true))) return true;
        } catch {
          /* not JSON after all */
        }
      } else if (/html/.test(type) && fold(r.answer).includes(fold(mark).slice(0, 6))) {
        if (canon(plainOf(r.answer)).includes(want)) return true;
      }
    }
    return rendered(view.text).includes(rendered(text)) && !text.includes('\n');
  };
  for (const place of places) {
    await openPlace(tab, place);
    if (await read()) return { back: 'same', got: undefined };
  }
  // The record's own page or form says more than a list does.
  for (let depth = 0; depth < 2; depth++) {
    const view = await tab.view();
    const row = (c: (typeof view.controls)[number]): boolean =>
      depth > 0 || fold(c.text).includes(fold(mark).slice(0, 6)) || inRowOf(c, view, mark);
    const open =
      view.controls.find(
        (c) =>
          !c.editable &&
          c.role !== 'text' &&
          !c.disabled &&
          /^(edit|bearbeiten|editar|modifier|open|view|details|✎|✏️?)/i.test(c.name) &&
          row(c),
      ) ??
      (depth === 0
        ? view.controls.find(
            (c) =>
              !c.editable &&
              c.role !== 'text' &&
              row(c) &&
              !/delete|remove|archive|l[oö]schen|eliminar|supprimer|excluir|×|✕/i.test(c.name) &&
              (c.href || fold(c.text).includes(fold(mark).slice(0, 6))),
          )
        : undefined);
    if (!open) break;
    const change = await tab.act({ do: 'click', on: describe(open, view, mark) }, { control: open, mark });
    if ('missing' in change) break;
    if (await read()) return { back: 'same', got: undefined };
  }
  return other === undefined
    ? { back: 'could-not-look', got: undefined }
    : { back: 'altered', got: other.replace(mark, '').trim() };
}

const better = (a: string | undefined, b: string): string => (a === undefined || b.length > a.length ? b : a);
