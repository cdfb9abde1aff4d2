import { clip } from '../../lib/text.ts';
import type { RunEvent } from '../../model/evidence.ts';
import { duration, type ReportInput } from '../outline.ts';
import { h, Markup, png } from './markup.ts';

const most = { shots: 6, trace: 40 };

interface Picture {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly address: string;
}

/** Shows what is cited. */
export class Exhibits {
  readonly #events: ReadonlyMap<string, RunEvent>;
  readonly #blobs: NonNullable<ReportInput['blobs']>;
  readonly #pictures = new Map<string, Picture | undefined>();

  constructor(input: ReportInput) {
    this.#events = new Map(input.events.map((event) => [event.id, event]));
    this.#blobs = input.blobs ?? (() => undefined);
  }

  /** The screenshots among the cited, side by side. */
  shots(ids: readonly string[]): Markup | undefined {
    const figures = ids.flatMap((id) => {
      const event = this.#events.get(id);
      return (event?.blobs ?? []).flatMap((name) => {
        const picture = this.#picture(name);
        const says = clip(event?.says ?? '', 200);
        // A page that is much taller than wide is shown from its top.
        return picture
          ? [
              h`<figure><svg tabindex="0" role="img" aria-label="${says}" viewBox="0 0 ${picture.width} ${Math.min(picture.height, picture.width * 1.5)}"><use href="#${picture.id}"/></svg><figcaption>${id} ${says}</figcaption></figure>`,
            ]
          : [];
      });
    });
    return figures.length ? h`<div class="shots">${figures.slice(0, most.shots)}</div>` : undefined;
  }

  #picture(name: string): Picture | undefined {
    if (!name.endsWith('.png')) return undefined;
    if (!this.#pictures.has(name)) {
      const read = png(this.#blobs(name));
      this.#pictures.set(name, read && { ...read, id: `shot-${this.#pictures.size + 1}` });
    }
    return this.#pictures.get(name);
  }

  /** The pictures themselves, each once however often it is cited. Stands at the end of the page. */
  album(): Markup | undefined {
    const pictures = [...this.#pictures.values()].filter((picture) => picture !== undefined);
    return pictures.length
      ? h`<svg class="album" width="0" height="0" aria-hidden="true"><defs>${pictures.map(({ id, width, height, address }) => h`<image id="${id}" width="${width}" height="${height}" href="${new Markup(address)}"/>`)}</defs></svg>`
      : undefined;
  }

  /** The cited events, one line each. */
  trace(ids: readonly string[]): Markup | undefined {
    if (ids.length === 0) return undefined;
    const lines = ids.slice(0, most.trace).map((id) => {
      const event = this.#events.get(id);
      return h`<li><span>${id}</span><span>${event ? duration(event.at) : ''}</span><div>${event ? h`${clip(event.says, 400)} <span>${event.who}${event.blobs?.map((name) => h`, <code>blobs/${name}</code>`)}</span>` : 'not in the events of this run'}</div></li>`;
    });
    return h`<ul class="trace">${lines}</ul>${ids.length > most.trace && h`<p class="soft">and ${ids.length - most.trace} more, in events.ndjson</p>`}`;
  }
}
