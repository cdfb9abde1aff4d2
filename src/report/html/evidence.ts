import { clip, plural } from '../../lib/text.ts';
import type { RunEvent } from '../../model/evidence.ts';
import type { ReportInput } from '../outline.ts';
import { h, Markup, png } from './markup.ts';
import { marked, step } from './story.ts';
import { type Veil, veil } from './veil.ts';

/** What a page holds at most, so that it can be sent: of pictures the letters of base64, of stories the steps of one. */
const most = { steps: 14, pictures: 2_100_000, stories: 400 };

interface Picture {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly address: string;
  says: string;
}

/** Shows what is cited. The order of asking is the order of worth: what comes late may be named only. */
export class Exhibits {
  readonly veil: Veil;
  readonly #events: ReadonlyMap<string, RunEvent>;
  readonly #screens: readonly RunEvent[];
  readonly #blobs: NonNullable<ReportInput['blobs']>;
  readonly #pictures = new Map<string, Picture | undefined>();
  #held = 0;
  #stories = 0;

  constructor({ run, events, blobs }: ReportInput) {
    this.#events = new Map(events.map((event) => [event.id, event]));
    this.#screens = events.filter((event) => event.kind === 'screen');
    this.#blobs = blobs ?? (() => undefined);
    this.veil = veil(run, events);
  }

  /** Before and after side by side, then each cited step in its order. */
  story(ids: readonly string[]): Markup | undefined {
    if (ids.length === 0) return undefined;
    if (this.#stories++ >= most.stories)
      return h`<p class="soft">Evidence: ${ids.slice(0, 12).join(' ')}, in events.ndjson</p>`;
    const events = ids.flatMap((id) => this.#events.get(id) ?? []).sort((a, b) => a.at - b.at || order(a) - order(b));
    const lacking = ids.filter((id) => !this.#events.has(id));
    const pair = this.#pair(events);
    const shown = new Set(pair?.events.map((event) => event.id));
    const steps = events
      .slice(0, most.steps)
      .map((event) => step(event, this.veil, shown.has(event.id) ? undefined : this.#figures(event, '')));
    return h`${pair?.markup}${steps.length > 0 && h`<ol class="story">${steps}</ol>`}${events.length > most.steps && h`<p class="soft">and ${plural(events.length - most.steps, 'more step')}, in events.ndjson</p>`}${lacking.length > 0 && h`<p class="soft">${lacking.join(' ')}: not in the events of this run</p>`}`;
  }

  /** Two of the cited pictures; where but one is cited, beside it an earlier look at the same address that shows something of ours, and says so. */
  #pair(events: readonly RunEvent[]): { markup: Markup; events: readonly RunEvent[] } | undefined {
    const screens = events.filter((event) => event.kind === 'screen' && event.blobs?.length);
    const [first, last] = [screens[0], screens.at(-1)];
    if (!first || !last) return undefined;
    const cited = first !== last && first.blobs?.[0] !== last.blobs?.[0];
    const before = cited ? first : this.#earlier(last);
    if (!before) return undefined;
    const [left, right] = [
      this.#figures(before, cited ? 'Before' : 'Before, earlier in this run'),
      this.#figures(last, 'After'),
    ];
    return left && right ? { markup: h`<div class="pair">${left}${right}</div>`, events: [before, last] } : undefined;
  }

  #earlier(after: RunEvent): RunEvent | undefined {
    return this.#screens.findLast(
      (event) =>
        event.at < after.at &&
        event.who === after.who &&
        event.data?.['url'] === after.data?.['url'] &&
        event.blobs?.[0] !== after.blobs?.[0] &&
        !/does not|no longer|not see/.test(event.says) &&
        this.veil.marksIn(event.says).length > 0,
    );
  }

  /** The pictures of an event, each opening in full; named where the page is full. */
  #figures(event: RunEvent, label: string): Markup | undefined {
    const figures = (event.blobs ?? []).flatMap((name) => {
      if (!name.endsWith('.png')) return [];
      const picture = this.#picture(name, event.says);
      if (!picture) return [h`<p class="soft">picture: <code>blobs/${name}</code></p>`];
      // A page that is much taller than wide is shown from its top.
      const view = `0 0 ${picture.width} ${Math.min(picture.height, Math.round(picture.width * 0.625))}`;
      return [
        h`<figure class="shot"><button type="button" popovertarget="${picture.id}-whole" aria-label="Show in full: ${clip(event.says, 160)}"><svg viewBox="${view}" aria-hidden="true"><use href="#${picture.id}"/></svg></button><figcaption>${label && h`<b>${label}</b> `}${marked(clip(event.says, 200), this.veil)}</figcaption></figure>`,
      ];
    });
    return figures.length ? h`${figures}` : undefined;
  }

  #picture(name: string, says: string): Picture | undefined {
    if (!this.#pictures.has(name)) {
      const read = this.#held < most.pictures ? png(this.#blobs(name)) : undefined;
      const fits = read && this.#held + read.address.length <= most.pictures;
      if (fits) this.#held += read.address.length;
      this.#pictures.set(name, fits ? { ...read, id: `shot-${this.#pictures.size + 1}`, says } : undefined);
    }
    return this.#pictures.get(name);
  }

  /** The pictures themselves, each once however often it is cited. Stands at the end of the page. */
  album(): Markup | undefined {
    const pictures = [...this.#pictures.values()].filter((picture) => picture !== undefined);
    return pictures.length
      ? h`<svg class="album" width="0" height="0" aria-hidden="true"><defs>${pictures.map(({ id, width, height, address }) => h`<image id="${id}" width="${width}" height="${height}" href="${new Markup(address)}"/>`)}</defs></svg>
${pictures.map(({ id, width, height, says }) => h`<div class="whole" id="${id}-whole" popover><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${clip(says, 200)}"><use href="#${id}"/></svg><button type="button" popovertarget="${id}-whole" popovertargetaction="hide">Close</button></div>`)}`
      : undefined;
  }
}

/** Of two at the same millisecond the one that was noted first. */
const order = (event: RunEvent): number => Number(event.id.slice(1));
