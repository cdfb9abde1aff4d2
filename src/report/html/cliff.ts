import { list, plural } from '../../lib/text.ts';
import type { ReportInput } from '../outline.ts';
import { type Level, type Profile, profile } from '../profile.ts';
import { landscapes } from './landscape.ts';
import { h, type Markup } from './markup.ts';

/** The run as a landscape: the line that looks done, the ground that was shown, the drop between, and haze over what nobody could tell. */
export function cliff({ run }: ReportInput): Markup {
  const land = profile(run);
  return h`<figure class="cliff">
${landscapes(land, { ready: run.score.ready, best: run.score.readyAtBest }, inWords(land, run.score.ready))}
<figcaption>${legend(land)}</figcaption>
${table(land)}
</figure>`;
}

function legend({ looks, levels }: Profile): Markup {
  const fog = levels.some((level) => level.shown === undefined && level.unasked > 0);
  return h`${key('earth', 'shown to hold')}${key('haze', fog ? 'could not be told, or not asked' : 'could not be told')}${key('gap', 'broken: the drop')}<span>${!looks && 'How done it looks was not measured in this run. '}Heights are points of severity. The weight of the plumb line hangs at the number; the line across it is the best that it could be.</span>`;
}

const key = (fill: 'earth' | 'haze' | 'gap', words: string): Markup =>
  h`<span class="key"><svg viewBox="0 0 20 12" aria-hidden="true"><rect class="${fill}" width="20" height="12"/></svg>${words}</span>`;

/** The same in numbers: what stands in place of the drawing on a phone and for who cannot see it. */
function table({ levels }: Profile): Markup {
  const rows = levels.map(
    ({ id, title, claims, points, apart, unasked, shown }) =>
      h`<tr><th scope="row">${id}<span>${title}</span>${shown !== undefined && bar(points)}</th>${shown === undefined ? h`<td colspan="3" class="soft">not asked</td>` : h`<td class="n green">${claims.pass}</td><td class="n red">${claims.fail}</td><td class="n amber">${claims.unknown}</td>`}<td class="n soft">${apart}</td><td class="n soft">${unasked}</td></tr>`,
  );
  return h`<details class="levels"><summary>The same in numbers</summary><div class="scroll" tabindex="0" role="region" aria-label="Claims of the floor by section"><table><thead><tr><th scope="col">Section</th><th scope="col" class="n">hold</th><th scope="col" class="n">broken</th><th scope="col" class="n">not told</th><th scope="col" class="n">do not apply</th><th scope="col" class="n">not asked</th></tr></thead><tbody>${rows}</tbody></table></div></details>`;
}

function bar({ pass, fail, unknown }: Level['points']): Markup {
  const all = pass + fail + unknown;
  const part = (points: number): number => Math.round((1000 * points) / all) / 10;
  return h`<svg class="bar-of" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect class="s" width="${part(pass)}" height="1"/><rect class="u" x="${part(pass)}" width="${part(unknown)}" height="1"/><rect class="b" x="${part(pass + unknown)}" width="${part(fail)}" height="1"/></svg>`;
}

function inWords({ looks, levels }: Profile, ready: number | undefined): string {
  const asked = levels.flatMap(({ id, shown, best = 0 }) =>
    shown === undefined ? [] : [`${id} ${shown}${best > shown ? ` to ${best}` : ''}`],
  );
  const fog = levels.filter(({ shown }) => shown === undefined).map(({ id }) => id);
  return [
    looks ? `Looks done: ${looks.shown} of 100.` : 'How done it looks was not measured.',
    ready === undefined ? 'Nothing that counts was asked.' : `Is ready: ${ready} of 100.`,
    asked.length > 0 && `By section, of 100: ${list(asked)}.`,
    fog.length > 0 && `${plural(fog.length, 'section')} not asked: ${list(fog)}.`,
  ]
    .filter(Boolean)
    .join(' ');
}
