/** Where in a source a broken claim likely sits: by the requests and controls that the run saw, and by what usually breaks such a claim. Pure. */
import type { SourceFile } from '../chart.ts';
import type { Clues, Suspect } from '../suspects.ts';
import { routesIn } from './routes.ts';
import { symptomsOf } from './symptoms.ts';

interface Hit {
  readonly line: number;
  readonly kind: 'route' | 'control' | 'field' | 'symptom';
  readonly weight: number;
  readonly why: string;
}

/** `apart`: so many lines further begins another place. */
const most = { suspects: 5, ofFile: 2, text: 140, apart: 14, hits: 400 };
const least = 0.3;

/** The likeliest first, each with its reasons; none where nothing speaks for any. */
export function suspectsOf(files: readonly SourceFile[], clues: Clues): Suspect[] {
  return files
    .flatMap((file) =>
      placesIn(file, clues)
        .sort((a, b) => b.likely - a.likely)
        .slice(0, most.ofFile),
    )
    .filter(({ likely }) => likely >= least)
    .sort((a, b) => b.likely - a.likely || (a.file < b.file ? -1 : 1))
    .slice(0, most.suspects);
}

function placesIn(file: SourceFile, clues: Clues): Suspect[] {
  const lines = file.text
    .split(/\r?\n/)
    .map((line) => (/^\s*(\/\/|#(?!\[|include)|\*|\/\*|<!--)/.test(line) ? '' : line));
  const hits = [
    ...routesIn(file, lines, clues.requests).map(
      ({ line, whole, method }): Hit => ({
        line,
        kind: 'route',
        weight: (whole ? 0.55 : 0.25) * (clues.silent ? 0.7 : 1) + (method ? 0.25 : 0),
        why: `speaks of the request ${method ?? ''}`.trim().concat(` ${whole ?? 'by a part of its path'}`),
      }),
    ),
    ...lines.flatMap((line, at) => (line.trim() ? hitsOn(line, at + 1, clues) : [])),
  ];
  return clusters(hits.sort((a, b) => a.line - b.line).slice(0, most.hits)).map((near) =>
    placeOf(file.path, lines, near),
  );
}

function hitsOn(line: string, number: number, { controls, fields, silent, claims }: Clues): Hit[] {
  const low = line.toLowerCase();
  const commits = controls.at(-1);
  const named = controls.filter((name) => name.length > 2 && quoted(low, name));
  return [
    ...named.map(
      (name): Hit => ({
        line: number,
        kind: 'control',
        weight: name === commits ? (silent ? 0.6 : 0.45) : 0.2,
        why: `names the control “${name}”`,
      }),
    ),
    ...fields
      .filter((name) => name.length > 1 && quoted(low, name.toLowerCase()))
      .slice(0, 1)
      .map((name): Hit => ({ line: number, kind: 'field', weight: 0.12, why: `names the field “${name}”` })),
    ...symptomsOf(claims, silent)
      .filter(({ pattern }) => pattern.test(line))
      .map(({ weight, says }): Hit => ({ line: number, kind: 'symptom', weight, why: says })),
  ];
}

/** As a text of its own: between quotes, tags or braces, and not as a part of a longer word. */
const quoted = (line: string, name: string): boolean => {
  for (let at = line.indexOf(name); at >= 0; at = line.indexOf(name, at + 1)) {
    const [before, after] = [line[at - 1] ?? '>', line[at + name.length] ?? '<'];
    if (
      /["'`>}\s]/.test(before) &&
      /["'`<{\s]/.test(after) &&
      (/["'`>}]/.test(before) || /["'`<{]/.test(after) || line.trim() === name)
    )
      return true;
  }
  return false;
};

function clusters(hits: readonly Hit[]): Hit[][] {
  const found: Hit[][] = [];
  for (const hit of hits) {
    const near = found.at(-1);
    if (near && hit.line - (near[0]?.line ?? 0) <= most.apart) near.push(hit);
    else found.push([hit]);
  }
  return found;
}

/** Each kind of reason counts once, by its strongest: a file full of one word is no more suspect for it. */
function placeOf(file: string, lines: readonly string[], near: readonly Hit[]): Suspect {
  const strongest = [...Map.groupBy(near, ({ kind }) => kind).values()].flatMap((same) =>
    same.reduce((best, hit) => (hit.weight > best.weight ? hit : best)),
  );
  const reasons = strongest.sort((a, b) => b.weight - a.weight);
  const line = reasons[0]?.line ?? 1;
  return {
    file,
    line,
    text: (lines[line - 1] ?? '').trim().slice(0, most.text),
    why: reasons.map((hit) => (hit.line === line ? hit.why : `${hit.why} (line ${hit.line})`)),
    likely: 1 - reasons.reduce((rest, { weight }) => rest * (1 - weight), 1),
  };
}
