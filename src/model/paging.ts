import type { Control, Tab, View } from './browser.ts';
import type { Mark } from './mark.ts';

const onward =
  /^(next( page)?|load more|show more|more|older|see all|show all|view all|›|»|→|>|>>|weiter|nachste|mehr( laden| anzeigen)?|siguiente|mas|ver mas|cargar mas|suivant|suite|(voir|afficher|charger) plus|proxim[ao]|mais|carregar mais|ver mais)\s*[›»→>]*$/i;

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/\s+/g, ' ')
    .trim();

const keyOf = (c: Control): string => `${c.role}|${plain(c.name)}|${c.css}`;

/** The control that leads to more of the list, if there is one, by its words: beside the list first, in the navigation last. */
function more(view: View, dead: ReadonlySet<string>): Control | undefined {
  const rank = (c: Control): number => (c.region === 'nav' || c.region === 'header' ? 2 : 0) + (c.row < 0 ? 0 : 1);
  return view.controls
    .filter(
      (c) =>
        !c.editable &&
        !c.disabled &&
        !c.hidden &&
        (c.role === 'button' || c.role === 'link') &&
        onward.test(plain(c.name)) &&
        !dead.has(keyOf(c)),
    )
    .sort((a, b) => rank(a) - rank(b))[0];
}

/**
 * Which of the marks can be reached from this page by scrolling, “load more” and page after page. Ends when all are found, after
 * `pages` pages, or when nothing new comes: what brings neither new rows nor a new address (a menu called “more”) is not used again.
 */
export async function pageThrough(tab: Tab, marks: readonly Mark[], pages = 30): Promise<Set<Mark>> {
  const found = new Set<Mark>();
  const dead = new Set<string>();
  const rows = new Set<string>();
  const addresses = new Set<string>();
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
  for (let i = 0; i < pages && dead.size < 6; ) {
    await tab.scrollThrough(collect);
    if (await collect()) break;
    const view = await tab.view();
    news(view);
    const control = more(view, dead);
    if (!control) break;
    const change = await tab.act(
      { do: 'click', on: { role: control.role, name: control.name, tag: control.tag } },
      { control },
    );
    if (!('missing' in change) && news(change.after)) i++;
    else dead.add(keyOf(control));
  }
  return found;
}
