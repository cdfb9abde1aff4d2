import type { Control, Tab, View } from './browser.ts';
import type { Mark } from './mark.ts';
import { inNoRow } from './match.ts';
import { isCutShort, nextPage } from './paging-api.ts';

const onward =
  /^((go to )?(the )?next( page)?|(load|show|see|view) (\d+ )?more( \p{L}+)?|more|older( \p{L}+)?|see all|show all|view all|›|»|→|>|>>|(zur )?(nachste(n)?)( seite)?|weiter|mehr( laden| anzeigen)?|(pagina )?siguiente|mas|(ver|cargar|mostrar) mas|(page )?suivante?|suite|(voir|afficher|charger) plus|(proxim[ao]|pagina seguinte|seguinte)( pagina)?|(carregar|ver|mostrar) mais|mais)\s*[›»→>]*$/iu;

/** “Ver 2 items más”, “+3 more”, “7 weitere Einträge”: a number of things that are not shown, in the languages that the lexicon knows. */
const hidden =
  /^((show|see|view|load|ver|mostrar|cargar|carregar|voir|afficher|charger|zeige|mostra|vedi|toon|pokaz|показать|goster) )?(\+ ?|and |und |y |et |e )?\d+ (\p{L}+ ){0,2}(more|mas|mais|mehr|weitere|plus|autres|altri|altre|meer|wiecej|еще|daha)( \p{L}+){0,2}$|^((show|see|view|load|ver|mostrar|cargar|carregar|voir|afficher|charger|zeige|mostra|vedi|toon|pokaz|показать|goster) )?(more|weitere|autres|altri|otros|outros) \(?\d+\)?( \p{L}+)?$|^(show|see|view) all (\p{L}+ )?\(?\d+\)?( \p{L}+)?$|^(还有|更多|もっと|さらに|あと|他) ?\d+ ?(条|个|個|件|개)?$|^\d+ ?(条|个|個|件|개)? ?(更多|をもっと見る|더 보기)$/iu;

/** Is a control of this name the way to more of the list? */
export const leadsOn = (name: string): boolean => onward.test(plain(name)) || hidden.test(plain(name));

/** An address that is one page of many. */
const numbered = /[?&](p|page|pagina|seite|offset|start|skip)=\d+|\/page\/\d+/i;

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/\s+/g, ' ')
    .trim();

const keyOf = (c: Control): string => `${c.role}|${plain(c.name)}|${c.css}`;

/**
 * The control that leads to more of the list, if there is one: by its words, beside the list first, in the navigation last; else a link
 * to a numbered page not seen yet. Never one in a record's row: an arrow there moves the record.
 */
function more(view: View, dead: ReadonlySet<string>, seen: ReadonlySet<string>): Control | undefined {
  const rank = (c: Control): number => (c.region === 'nav' || c.region === 'header' ? 2 : 0) + (c.row < 0 ? 0 : 1);
  const usable = view.controls.filter(
    (c) => !c.editable && !c.disabled && !c.hidden && c.role !== 'text' && inNoRow(c, view) && !dead.has(keyOf(c)),
  );
  return (
    usable.filter((c) => leadsOn(c.name)).sort((a, b) => rank(a) - rank(b))[0] ??
    usable.find((c) => /^\d{1,3}$/.test(plain(c.name)) && numbered.test(c.href) && !seen.has(c.href))
  );
}

/** Buttons that bear the numbers of pages, and lead nowhere that an address would tell: they are not used, since a rating looks the same. Or an API that says of more rows, and not how they are had. */
export const unusedPages = (view: View): boolean =>
  isCutShort(view.url, view.text) ||
  ['2', '3'].every((n) =>
    view.controls.some(
      (c) => c.role === 'button' && /^((go to )?page )?(\d+)$/i.exec(plain(c.name))?.[3] === n && inNoRow(c, view),
    ),
  );

/**
 * Which of the marks can be reached from this page by scrolling, “load more” and page after page. Ends when all are found, after
 * `pages` pages (`cut` is told of that), or when nothing new comes: what brings neither new rows nor a new address (a menu called “more”) is
 * not used again.
 */
export async function pageThrough(
  tab: Tab,
  marks: readonly Mark[],
  pages = 30,
  cut: () => void = () => undefined,
): Promise<Set<Mark>> {
  const found = new Set<Mark>();
  const dead = new Set<string>();
  const rows = new Set<string>();
  const addresses = new Set<string>();
  const answers = new Set<string>();
  const collect = async (): Promise<boolean> => {
    const now = await tab.find(marks.filter((m) => !found.has(m)));
    for (const mark of [...now.shown, ...now.inField]) found.add(mark);
    return found.size === marks.length;
  };
  /** Takes up what the page shows; true where some of it is new. */
  const news = (view: View): boolean => {
    const before = rows.size + addresses.size;
    for (const row of view.templates.flatMap((t) => t.rows)) rows.add(row);
    addresses.add(view.url.replace(/#$/, ''));
    return rows.size + addresses.size > before;
  };
  let i = 0;
  while (i < pages && dead.size < 6) {
    await tab.scrollThrough(collect);
    if (await collect()) break;
    const view = await tab.view();
    news(view);
    const control = more(view, dead, addresses);
    const address = control ? undefined : nextPage(view.url, view.text);
    if (address && !addresses.has(address) && !answers.has(view.text)) {
      answers.add(view.text);
      await tab.goto(address);
      // An answer is had sooner than a page: ten of them count as one.
      i += 0.1;
      continue;
    }
    if (!control) break;
    const change = await tab.act(
      { do: 'click', on: { role: control.role, name: control.name, tag: control.tag } },
      { control },
    );
    // What changes a record is no way through the list. (A list may be asked for by POST.)
    if (!('missing' in change) && change.writes.some((w) => w.method !== 'POST' && !w.socket)) break;
    if (!('missing' in change) && news(change.after)) i++;
    else dead.add(keyOf(control));
  }
  if (i >= pages && !(await collect())) cut();
  return found;
}
