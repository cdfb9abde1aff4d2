import { catalogue, sections, severityPoints } from '../model/catalogue.ts';
import type { Result, Run } from '../model/run.ts';

/** What was found of some claims, in points of their severity and as a count. */
export interface Layers {
  readonly points: Readonly<Record<Told, number>>;
  readonly claims: Readonly<Record<Told, number>>;
  /** Percent of the points that was shown, and as if all that is open were sound; undefined where nothing was asked that applies. */
  readonly shown?: number;
  readonly best?: number;
}

export interface Level extends Layers {
  readonly id: string;
  readonly title: string;
  /** Claims that did not apply. */
  readonly apart: number;
  /** Claims of the floor that this run did not ask. */
  readonly unasked: number;
}

export interface Profile {
  /** The upper line, where it was measured. */
  readonly looks?: Layers & { readonly shown: number };
  /** The section that measures looks is not among them. */
  readonly levels: readonly Level[];
}

type Told = 'pass' | 'fail' | 'unknown';

/** The run as a landscape: what looks done, and section by section what is ready. Claims of the floor alone, as in the number. */
export function profile(run: Run): Profile {
  const status = new Map(run.results.map((result) => [result.claim, result.status]));
  for (const claim of run.asked) if (!status.has(claim)) status.set(claim, 'unknown');
  const looks = layers('surface', 'surface', status);
  return {
    ...(looks.shown === undefined ? {} : { looks: { ...looks, shown: looks.shown } }),
    levels: sections
      .filter(({ id }) => id !== 'surface')
      .map(({ id, title }) => {
        const floor = catalogue.filter((info) => info.section === id && info.tier === 'floor');
        return {
          id,
          title,
          ...layers(id, 'floor', status),
          apart: floor.filter((info) => status.get(info.id) === 'not-applicable').length,
          unasked: floor.filter((info) => !status.has(info.id)).length,
        };
      }),
  };
}

function layers(section: string, tier: string, status: ReadonlyMap<string, Result['status']>): Layers {
  const points = { pass: 0, fail: 0, unknown: 0 };
  const claims = { pass: 0, fail: 0, unknown: 0 };
  for (const info of catalogue) {
    const told = status.get(info.id);
    if (info.section !== section || info.tier !== tier || !told || told === 'not-applicable') continue;
    points[told] += severityPoints[info.severity];
    claims[told]++;
  }
  const all = points.pass + points.fail + points.unknown;
  return all === 0
    ? { points, claims }
    : {
        points,
        claims,
        shown: Math.floor((100 * points.pass) / all),
        best: Math.floor((100 * (points.pass + points.unknown)) / all),
      };
}
