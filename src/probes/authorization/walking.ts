/**
 * Before B is accused of having read what A wrote: does B's own app show it elsewhere, or anybody's? Nobody walks the app from its entry, and B
 * follows the links of B's own pages; what stands there was not come by.
 */
import type { Context, Session } from '../../model/context.ts';
import { holds, type Mark } from '../../model/mark.ts';
import { linksIn, mostPages, nobodyWalks, plain } from '../_shared/nobody.ts';
import type { Walked } from './observation.ts';

/**
 * Where the mark is shown on the way, to nobody or to B (undefined: it was not looked at as B), or was handed to a page of nobody's. `gets`: is
 * nobody, who has walked, told it by asking?
 */
export async function walks(
  context: Context,
  b: Session | undefined,
  mark: Mark,
  goals: readonly string[],
  gets: (nobody: Session) => Promise<boolean> = async () => false,
): Promise<{ walked?: Walked; asking: boolean }> {
  const walk = await nobodyWalks(context, mark, goals);
  try {
    await walk.further(mostPages);
    const { shown, handed } = walk;
    if (shown) return { walked: { who: 'nobody', ...shown }, asking: false };
    if (handed) {
      const says = `nobody, on a walk, was answered by ${handed.url} what A wrote`;
      const evidence = context.journal.note({ kind: 'note', who: 'nobody', says });
      return { walked: { who: 'nobody', url: handed.url, evidence }, asking: false };
    }
    const walked = b && (await shownTo(context, b, mark));
    return { ...(walked ? { walked } : {}), asking: await gets(walk.session) };
  } finally {
    await walk.session.close();
  }
}

/** Where B's own pages show the mark, by the links that they show, those of the navigation first and one of each kind. */
async function shownTo({ facts }: Context, { window }: Session, mark: Mark): Promise<Walked | undefined> {
  const tab = window.first;
  const waiting = new Map<string, { url: string; rank: number }>([[plain(facts.entry), { url: facts.entry, rank: 0 }]]);
  const seen = new Set<string>();
  for (let pages = 0; pages < mostPages; pages++) {
    const [next] = [...waiting].filter(([key]) => !seen.has(key)).sort(([, one], [, other]) => one.rank - other.rank);
    if (!next) return undefined;
    const [key, { url }] = next;
    seen.add(key);
    if (holds(url, mark)) continue;
    await tab.goto(url);
    seen.add(plain(tab.url));
    if ((await tab.find([mark])).shown.includes(mark))
      return { who: 'B', url: tab.url, evidence: await tab.screen(`B, on a walk, is shown ${mark} at ${tab.url}`) };
    for (const link of linksIn(await tab.view(), facts, []))
      if (!waiting.has(plain(link.url))) waiting.set(plain(link.url), link);
  }
  return undefined;
}
