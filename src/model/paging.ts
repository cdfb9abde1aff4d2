import type { Control, Tab, View } from './browser.ts';
import type { Mark } from './mark.ts';

const onward =
  /^(next( page)?|load more|show more|more|older|see all|show all|view all|›|»|→|>|>>|weiter|nachste|mehr( laden| anzeigen)?|siguiente|mas|ver mas|cargar mas|suivant|suite|plus|voir plus|proxim[ao]|mais|carregar mais|ver mais)\s*[›»→>]*$/i;

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/\s+/g, ' ')
    .trim();

/** The control that leads to more of the list, if there is one: by its words, rel or the page number after the current. */
function more(view: View, tried: ReadonlySet<string>): Control | undefined {
  return (
    view.controls.find(
      (c) =>
        !c.editable &&
        !c.disabled &&
        !c.hidden &&
        (c.role === 'button' || c.role === 'link') &&
        onward.test(plain(c.name)) &&
        c.row < 0 &&
        !tried.has(`${c.css}@${view.url}@${view.text.length}`),
    ) ??
    view.controls.find(
      (c) =>
        !c.editable &&
        !c.disabled &&
        !c.hidden &&
        (c.role === 'button' || c.role === 'link') &&
        onward.test(plain(c.name)) &&
        !tried.has(`${c.css}@${view.url}@${view.text.length}`),
    )
  );
}

/** Which of the marks can be reached from this page by scrolling, “load more” and page after page. Ends when all are found or nothing new comes. */
export async function pageThrough(tab: Tab, marks: readonly Mark[], pages = 30): Promise<Set<Mark>> {
  const found = new Set<Mark>();
  const tried = new Set<string>();
  const collect = async (): Promise<boolean> => {
    const now = await tab.find(marks.filter((m) => !found.has(m)));
    for (const mark of [...now.shown, ...now.inField]) found.add(mark);
    return found.size === marks.length;
  };
  for (let i = 0; i < pages; i++) {
    await tab.scrollThrough(collect);
    if (await collect()) break;
    const view = await tab.view();
    const control = more(view, tried);
    if (!control) break;
    tried.add(`${control.css}@${view.url}@${view.text.length}`);
    const change = await tab.act(
      { do: 'click', on: { role: control.role, name: control.name, tag: control.tag } },
      { control },
    );
    if ('missing' in change || (!change.navigated && change.after.text === change.before.text)) break;
  }
  return found;
}
