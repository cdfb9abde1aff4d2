import { list, plural } from '../../lib/text.ts';
import type { ReportInput } from '../outline.ts';
import { type Level, type Profile, profile } from '../profile.ts';
import { h, type Markup } from './markup.ts';

/** Units of the drawing: the plateau ends at `edge`, the plumb line hangs at `line`, the sections stand on `ground`; a hundred percent is `sky`. */
const at = { left: 138, right: 1056, sky: 40, ground: 290, edge: 86, line: 110, slope: 13 };
const tenth = (units: number): number => Math.round(units * 10) / 10;
const y = (percent: number): number => tenth(at.ground - ((at.ground - at.sky) * percent) / 100);

/** The run as a landscape: the line that looks done, the ground that was shown, the drop between, and haze over what nobody could tell. */
export function cliff({ run }: ReportInput): Markup {
  const land = profile(run);
  return h`<figure class="cliff">
<svg viewBox="0 0 1056 342" role="img" aria-label="${inWords(land, run.score.ready)}">
${shades}
${drawing(land, run.score.ready, run.score.readyAtBest)}
</svg>
<figcaption>${legend(land)}</figcaption>
${table(land)}
</figure>`;
}

const shades = h`<defs>
<linearGradient id="earth" x1="0" y1="${at.sky}" x2="0" y2="${at.ground}" gradientUnits="userSpaceOnUse"><stop class="earth-top" offset="0"/><stop class="earth-deep" offset="1"/></linearGradient>
<linearGradient id="mist" x1="0" y1="${at.sky}" x2="0" y2="${at.ground}" gradientUnits="userSpaceOnUse"><stop class="mist" offset="0" stop-opacity=".3"/><stop class="mist" offset="1" stop-opacity=".8"/></linearGradient>
<linearGradient id="fog" x1="0" y1="${at.sky}" x2="0" y2="${at.ground}" gradientUnits="userSpaceOnUse"><stop class="mist" offset="0" stop-opacity="0"/><stop class="mist" offset=".5" stop-opacity=".16"/><stop class="mist" offset="1" stop-opacity=".46"/></linearGradient>
<pattern id="gap" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="gap-line" d="M0 0V7"/></pattern>
<pattern id="strata" width="240" height="26" patternUnits="userSpaceOnUse"><path class="strata" d="M0 8C40 4 80 12 120 8S200 4 240 8M0 21C50 25 90 17 140 21S210 24 240 21"/></pattern>
<filter id="soften" x="-10%" y="-30%" width="120%" height="160%"><feGaussianBlur stdDeviation="9"/></filter>
</defs>`;

/** Left to right: the plateau of what looks done, the plumb line, the sections. */
function drawing({ looks, levels }: Profile, ready: number | undefined, best: number | undefined): Markup {
  const width = (at.right - at.left) / levels.length;
  const x = (index: number): number => tenth(at.left + width * index);
  const top = looks?.shown ?? 100;
  const measured = levels.map((level, index) => ({ ...level, index })).filter((level) => level.shown !== undefined);
  const terrain = outline(
    levels.map((level) => level.shown ?? 0),
    x,
  );
  return h`${banks(levels).map(([from, to]) => fog(x(from), x(to) - x(from)))}
<path class="top" d="M${at.edge} ${y(top)}H${at.right}"/>
<text class="soft" x="${at.right}" y="${y(top) - 9}" text-anchor="end">${looks ? 'as it looks' : 'all that a sound app shows'}</text>
${measured.map(({ best: high = 0, index }) => high < top && h`<path class="drop" d="M${x(index)} ${y(top)}H${x(index + 1)}V${y(high)}H${x(index)}Z"/><path class="gap" d="M${x(index)} ${y(top)}H${x(index + 1)}V${y(high)}H${x(index)}Z"/>`)}
${measured.map(({ shown = 0, best: high = 0, index }) => high > shown && h`<rect class="haze" x="${x(index)}" y="${y(high)}" width="${width}" height="${y(0) - y(high)}"/><path class="haze-edge" d="M${x(index)} ${y(high)}H${x(index + 1)}"/>`)}
<path class="earth" d="${terrain}"/><path fill="url(#strata)" d="${terrain}"/><path class="edge" d="${terrain.replace(/Z$/, '')}"/>
${plateau(looks?.shown)}
<path class="base" d="M0 ${at.ground}H${at.right}"/>
${plumb(top, ready, best)}
${levels.map((level, index) => label(level, x(index) + width / 2))}`;
}

/** Sections side by side that nobody asked about: from the first to the one after the last. */
function banks(levels: readonly Level[]): [number, number][] {
  const found: [number, number][] = [];
  for (const [index, { shown, unasked }] of levels.entries()) {
    if (shown !== undefined || unasked === 0) continue;
    const last = found.at(-1);
    if (last?.[1] === index) last[1] = index + 1;
    else found.push([index, index + 1]);
  }
  return found;
}

/** Without an edge, since nobody knows how far it goes. */
const fog = (x: number, width: number): Markup =>
  h`<rect class="fog-bank" filter="url(#soften)" x="${tenth(x - 3)}" y="${at.sky + 24}" width="${tenth(width + 6)}" height="${at.ground - at.sky - 26}"/><ellipse class="fog-wisp" filter="url(#soften)" cx="${tenth(x + width / 2)}" cy="${at.ground - 30}" rx="${tenth(width * 0.5)}" ry="22"/><ellipse class="fog-wisp" filter="url(#soften)" cx="${tenth(x + width * 0.34)}" cy="${at.ground - 92}" rx="${tenth(width * 0.3)}" ry="16"/>`;

/** How far a face has come out at which share of its fall. */
const face = [
  [0, 0],
  [0.1, 0.22],
  [0.34, 0.3],
  [0.36, 0.58],
  [0.62, 0.68],
  [0.7, 0.9],
  [1, 1],
] as const;

/** Flat over each section at exactly its height; the face of a step lies in the lower of the two. */
function outline(heights: readonly number[], x: (index: number) => number): string {
  const points = heights.flatMap((height, index) => {
    const [edge, next] = [x(index + 1), heights[index + 1]];
    if (next === undefined || next === height) return [[edge, y(height)]];
    const [high, low, way] = next < height ? [y(height), y(next), 1] : [y(next), y(height), -1];
    const down = face.map(([out, fall]) => [edge + way * out * at.slope, high + fall * (low - high)]);
    return way > 0 ? down : down.reverse();
  });
  const corner = ([left, height]: readonly number[]): string => `${tenth(left ?? 0)} ${tenth(height ?? 0)}`;
  return `M${at.left} ${at.ground}L${[[at.left, y(heights[0] ?? 0)], ...points].map(corner).join('L')}L${at.right} ${at.ground}Z`;
}

/** Solid ground where looks were measured; fog where they were not. */
function plateau(looks: number | undefined): Markup {
  if (looks === undefined)
    return h`${fog(0, at.edge)}<text class="soft" x="0" y="${at.ground + 22}">looks done</text><text class="soft" x="0" y="${at.ground + 42}">not measured</text>`;
  const height = y(looks);
  const face = `M0 ${height}H${at.edge - 8}C${at.edge + 6} ${height + 4} ${at.edge - 10} ${height + 34} ${at.edge - 2} ${(height + at.ground) / 2}S${at.edge - 12} ${at.ground - 20} ${at.edge + 4} ${at.ground}`;
  return h`<path class="earth" d="${face}H0Z"/><path fill="url(#strata)" d="${face}H0Z"/><path class="edge" d="${face}"/><text class="level" x="0" y="${height - 9}">${looks}</text><text x="0" y="${at.ground + 22}">looks done</text>`;
}

/** The line with its weight hangs from the top down to the number. */
function plumb(top: number, ready: number | undefined, best: number | undefined): Markup {
  const x = at.line;
  if (ready === undefined) return h`<path class="line open" d="M${x} ${y(top)}V${at.ground}"/>`;
  const end = y(ready);
  return h`<circle class="bob" cx="${x}" cy="${y(top)}" r="3"/><path class="line" d="M${x} ${y(top)}V${end - 18}"/>
${best !== undefined && best > ready && h`<path class="line" d="M${x - 5} ${y(best)}h10"/>`}
<path class="bob" d="M${x - 7} ${end - 20}h14l-2.5 9l-4.5 11l-4.5 -11z"/>
<text x="${x}" y="${at.ground + 22}" text-anchor="middle">ready</text><text class="strong" x="${x}" y="${at.ground + 42}" text-anchor="middle">${ready}${best !== undefined && best > ready && h`<tspan class="soft">–${best}</tspan>`}</text>`;
}

function label({ id, shown, best, claims, unasked }: Level, x: number): Markup {
  const name = (below: Markup, fogged: boolean): Markup =>
    h`<g class="${fogged ? 'name fogged' : 'name'}"><text x="${x}" y="${at.ground + 22}" text-anchor="middle">${id}</text>${below}</g>`;
  const second = (words: Markup): Markup =>
    h`<text x="${x}" y="${at.ground + 42}" text-anchor="middle">${words}</text>`;
  if (shown === undefined) return name(second(h`${unasked > 0 ? 'not asked' : 'does not apply'}`), true);
  const inside = shown >= 92;
  return name(
    h`${second(signs(claims))}<text class="${inside ? 'level in' : 'level'}" x="${x}" y="${inside ? y(shown) + 22 : y(shown) - 9}" text-anchor="middle">${shown}${best !== undefined && best > shown && h`<tspan class="soft">–${best}</tspan>`}</text>`,
    false,
  );
}

const signs = (claims: Level['claims']): Markup =>
  h`${claims.pass > 0 && h`<tspan class="green">${claims.pass} ✓ </tspan>`}${claims.fail > 0 && h`<tspan class="red">${claims.fail} ✗ </tspan>`}${claims.unknown > 0 && h`<tspan class="amber">${claims.unknown} ?</tspan>`}`;

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
