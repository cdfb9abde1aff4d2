import type { Level, Profile } from '../profile.ts';
import { h, type Markup } from './markup.ts';

/** How much room there is: the plateau ends at `edge`, the plumb line hangs at `line`, the sections stand from `left` to `right`. */
interface Frame {
  readonly left: number;
  readonly right: number;
  readonly edge: number;
  readonly line: number;
  /** Room that the face of a step takes. */
  readonly slope: number;
  /** Below the ground. */
  readonly below: number;
  /** Names stand upright, and only the number that was shown is told. */
  readonly upright: boolean;
}

const wide: Frame = { left: 160, right: 1150, edge: 96, line: 132, slope: 13, below: 52, upright: false };
const narrow: Frame = { left: 62, right: 362, edge: 22, line: 42, slope: 6, below: 106, upright: true };
/** The same in both: a hundred percent is `sky`, nothing is `ground`. */
const [sky, ground] = [40, 290];

export interface Numbers {
  readonly ready: number | undefined;
  readonly best: number | undefined;
}

/** The drawing twice, for a desk and for a phone: the style sheet shows one. Both are of the same shades. */
export function landscapes(land: Profile, numbers: Numbers, words: string): Markup {
  return h`<svg class="album" width="0" height="0" aria-hidden="true">${shades}</svg>${svg('wide', wide, land, numbers, words)}${svg('narrow', narrow, land, numbers, words)}`;
}

const svg = (name: string, frame: Frame, land: Profile, numbers: Numbers, words: string): Markup =>
  h`<svg class="land ${name}" viewBox="0 0 ${frame.right} ${ground + frame.below}" role="img" aria-label="${words}">${drawing(frame, land, numbers)}</svg>`;

const tenth = (units: number): number => Math.round(units * 10) / 10;
const y = (percent: number): number => tenth(ground - ((ground - sky) * percent) / 100);

const shades = h`<defs>
<linearGradient id="earth" x1="0" y1="${sky}" x2="0" y2="${ground}" gradientUnits="userSpaceOnUse"><stop class="earth-top" offset="0"/><stop class="earth-deep" offset="1"/></linearGradient>
<linearGradient id="mist" x1="0" y1="${sky}" x2="0" y2="${ground}" gradientUnits="userSpaceOnUse"><stop class="mist" offset="0" stop-opacity=".3"/><stop class="mist" offset="1" stop-opacity=".8"/></linearGradient>
<linearGradient id="fog" x1="0" y1="${sky}" x2="0" y2="${ground}" gradientUnits="userSpaceOnUse"><stop class="mist" offset="0" stop-opacity="0"/><stop class="mist" offset=".5" stop-opacity=".16"/><stop class="mist" offset="1" stop-opacity=".46"/></linearGradient>
<pattern id="gap" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="gap-line" d="M0 0V7"/></pattern>
<pattern id="strata" width="240" height="26" patternUnits="userSpaceOnUse"><path class="strata" d="M0 8C40 4 80 12 120 8S200 4 240 8M0 21C50 25 90 17 140 21S210 24 240 21"/></pattern>
<filter id="soften" x="-10%" y="-30%" width="120%" height="160%"><feGaussianBlur stdDeviation="9"/></filter>
</defs>`;

/** Left to right: the plateau of what looks done, the plumb line, the sections. */
function drawing(at: Frame, { looks, levels }: Profile, { ready, best }: Numbers): Markup {
  const width = (at.right - at.left) / levels.length;
  const x = (index: number): number => tenth(at.left + width * index);
  const top = looks?.shown ?? 100;
  const measured = levels.map((level, index) => ({ ...level, index })).filter((level) => level.shown !== undefined);
  const terrain = outline(
    levels.map((level) => level.shown ?? 0),
    x,
    at,
  );
  return h`${banks(levels).map(([from, to]) => fog(x(from), x(to) - x(from)))}
<path class="top" d="M${at.edge} ${y(top)}H${at.right}"/>
<text class="soft" x="${at.right}" y="${y(top) - 9}" text-anchor="end">${looks ? 'as it looks' : 'all that a sound app shows'}</text>
${measured.map(({ best: high = 0, index }) => high < top && h`<path class="drop" d="M${x(index)} ${y(top)}H${x(index + 1)}V${y(high)}H${x(index)}Z"/><path class="gap" d="M${x(index)} ${y(top)}H${x(index + 1)}V${y(high)}H${x(index)}Z"/>`)}
${measured.map(({ shown = 0, best: high = 0, index }) => high > shown && h`<rect class="haze" x="${x(index)}" y="${y(high)}" width="${width}" height="${y(0) - y(high)}"/><path class="haze-edge" d="M${x(index)} ${y(high)}H${x(index + 1)}"/>`)}
<path class="earth" d="${terrain}"/><path fill="url(#strata)" d="${terrain}"/><path class="edge" d="${terrain.replace(/Z$/, '')}"/>
${plateau(looks?.shown, at)}
<path class="base" d="M0 ${ground}H${at.right}"/>
${plumb(top, ready, best, at)}
${levels.map((level, index) => label(level, tenth(x(index) + width / 2), at))}`;
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
  h`<rect class="fog-bank" filter="url(#soften)" x="${tenth(x - 3)}" y="${sky + 24}" width="${tenth(width + 6)}" height="${ground - sky - 26}"/><ellipse class="fog-wisp" filter="url(#soften)" cx="${tenth(x + width / 2)}" cy="${ground - 30}" rx="${tenth(width * 0.5)}" ry="22"/><ellipse class="fog-wisp" filter="url(#soften)" cx="${tenth(x + width * 0.34)}" cy="${ground - 92}" rx="${tenth(width * 0.3)}" ry="16"/>`;

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
function outline(heights: readonly number[], x: (index: number) => number, at: Frame): string {
  const points = heights.flatMap((height, index) => {
    const [edge, next] = [x(index + 1), heights[index + 1]];
    if (next === undefined || next === height) return [[edge, y(height)]];
    const [high, low, way] = next < height ? [y(height), y(next), 1] : [y(next), y(height), -1];
    const down = face.map(([out, fall]) => [edge + way * out * at.slope, high + fall * (low - high)]);
    return way > 0 ? down : down.reverse();
  });
  const corner = ([left, height]: readonly number[]): string => `${tenth(left ?? 0)} ${tenth(height ?? 0)}`;
  return `M${at.left} ${ground}L${[[at.left, y(heights[0] ?? 0)], ...points].map(corner).join('L')}L${at.right} ${ground}Z`;
}

/** Solid ground where looks were measured; fog where they were not. */
function plateau(looks: number | undefined, at: Frame): Markup {
  const name = under(0, 'looks done', looks === undefined ? h`not measured` : undefined, at, looks === undefined);
  if (looks === undefined) return h`${fog(0, at.edge)}${name}`;
  const height = y(looks);
  const side = `M0 ${height}H${at.edge - 8}C${at.edge + 6} ${height + 4} ${at.edge - 10} ${height + 34} ${at.edge - 2} ${(height + ground) / 2}S${at.edge - 12} ${ground - 20} ${at.edge + 4} ${ground}`;
  return h`<path class="earth" d="${side}H0Z"/><path fill="url(#strata)" d="${side}H0Z"/><path class="edge" d="${side}"/><text class="level" x="0" y="${height - 9}">${looks}</text>${name}`;
}

/** The line with its weight hangs from the top down to the number. */
function plumb(top: number, ready: number | undefined, best: number | undefined, at: Frame): Markup {
  const x = at.line;
  if (ready === undefined) return h`<path class="line open" d="M${x} ${y(top)}V${ground}"/>`;
  const end = y(ready);
  const more = best !== undefined && best > ready;
  return h`<circle class="bob" cx="${x}" cy="${y(top)}" r="3"/><path class="line" d="M${x} ${y(top)}V${Math.max(end - 18, y(top))}"/>
${more && h`<path class="line" d="M${x - 5} ${y(best)}h10"/>`}
<path class="bob" d="M${x - 7} ${end - 20}h14l-2.5 9l-4.5 11l-4.5 -11z"/>
${under(x, 'is ready', h`<tspan class="strong">${ready}</tspan>${more && h`<tspan class="soft">–${best}</tspan>`}`, at)}`;
}

function label({ id, shown, best, claims, unasked }: Level, x: number, at: Frame): Markup {
  if (shown === undefined) return under(x, id, h`${unasked > 0 ? 'not asked' : 'does not apply'}`, at, true);
  const inside = shown >= 92;
  const range = !at.upright && best !== undefined && best > shown && h`<tspan class="soft">–${best}</tspan>`;
  return h`${under(x, id, signs(claims), at)}<text class="${inside ? 'level in' : 'level'}" x="${x}" y="${inside ? y(shown) + (at.upright ? 16 : 22) : y(shown) - 9}" text-anchor="middle">${shown}${range}</text>`;
}

/** A name below the ground, and a second line where there is room for it. */
function under(x: number, name: string, second: Markup | undefined, at: Frame, soft = false): Markup {
  const tone = soft ? 'soft' : 'name';
  if (at.upright)
    return h`<text class="${tone}" transform="translate(${x === 0 ? at.edge / 2 + 4 : x + 4} ${ground + 10}) rotate(-90)" text-anchor="end">${name}</text>`;
  const anchor = x === 0 ? 'start' : 'middle';
  return h`<text class="${tone}" x="${x}" y="${ground + 22}" text-anchor="${anchor}">${name}</text>${second && h`<text class="${tone}" x="${x}" y="${ground + 42}" text-anchor="${anchor}">${second}</text>`}`;
}

const signs = (claims: Level['claims']): Markup =>
  h`${claims.pass > 0 && h`<tspan class="green">${claims.pass} ✓ </tspan>`}${claims.fail > 0 && h`<tspan class="red">${claims.fail} ✗ </tspan>`}${claims.unknown > 0 && h`<tspan class="amber">${claims.unknown} ?</tspan>`}`;
