import { asSentence, clip, plural } from '../../lib/text.ts';
import { type CauseOf, causesOf } from '../causes.ts';
import { filmsToWatch } from '../film.ts';
import { cited, type EntryOf, entriesOf, hours, type ReportInput, saysOf } from '../outline.ts';
import { anchor, claim, fixOf } from './claim.ts';
import { copyable } from './copy.ts';
import type { Exhibits } from './evidence.ts';
import { h, type Markup } from './markup.ts';
import { references } from './references.ts';
import { marked } from './story.ts';

/** So many stand open when the page is opened. */
const atOnce = 3;
/** Places of one claim that stand there at once; the others unfold. */
const most = { places: 5 };

/** What is broken, by severity, and by root cause within it. */
export function broken(input: ReportInput, exhibits: Exhibits): Markup | undefined {
  const { run } = input;
  const causes = causesOf(run);
  if (causes.length === 0) return undefined;
  const shelf = new Shelf(input, exhibits);
  const bands = [...Map.groupBy(causes, (cause) => cause.severity)].map(
    ([severity, group]) =>
      h`<div class="band" data-group><h3><span class="severity ${severity}">${severity}</span> ${plural(group.length, 'cause')}, ${plural(
        group.reduce((sum, cause) => sum + cause.entries.length, 0),
        'claim',
      )}</h3>${group.map((cause) => shelf.cause(cause))}</div>`,
  );
  return h`<section id="broken" data-group><h2>What is broken</h2><p class="lead">Each was confirmed from scratch before it was reported, or is its own proof, as a loss at a kill is. What would make it wrong is said beside it. When something is mended, <code>plummet verify</code> asks again what was broken.</p>${bands}</section>`;
}

/** Lays the claims out, and remembers what stands already. */
class Shelf {
  readonly #input: ReportInput;
  readonly #exhibits: Exhibits;
  readonly #here: ReadonlySet<string>;
  readonly #scripts = new Map<string, string>();
  #open = 0;

  constructor(input: ReportInput, exhibits: Exhibits) {
    this.#input = input;
    this.#exhibits = exhibits;
    this.#here = new Set(entriesOf(input.run, 'fail').map((entry) => entry.result.claim));
  }

  cause({ root, entries, hours: cost }: CauseOf): Markup {
    const alone = entries.length === 1;
    const head =
      !alone &&
      h`<div class="root"><h4>One cause, ${plural(entries.length, 'broken claim')}</h4><p><code>${root}</code> is at the bottom of it. To mend it there: ${estimate(cost)}.</p></div>`;
    return h`<div class="${alone ? 'cause' : 'cause many'}" data-group>${head}${entries.map((entry) => this.#one(entry, root, alone, cost))}</div>`;
  }

  #one(entry: EntryOf<'fail'>, root: string, alone: boolean, cost: number | undefined): Markup {
    const { result, severity, references: cites } = entry;
    const [first, ...more] = result.findings;
    const follows = result.claim !== root;
    const open = !follows && severity === 'critical' && this.#open++ < atOnce;
    const aside = h`${more.length > 0 && h`<span>${plural(more.length + 1, 'place')}</span>`}${follows && h`<span>follows from its cause</span>`}`;
    const fix = fixOf(result.claim);
    const body = h`<p class="why">${marked(asSentence(result.because), this.#exhibits.veil)}</p>
<p class="where"><span>Where</span> ${clip(first.where, 300)}</p>
${this.#exhibits.story(cited({ ...result, findings: [first] }))}
<dl>${this.#films(result.claim)}<dt>Wrong if</dt><dd>${asSentence(result.wrongIf)}</dd>
${first.root && h`<dt>Root</dt><dd>${this.#here.has(first.root) ? h`<a href="#${anchor(first.root)}">${saysOf(first.root)}</a>` : saysOf(first.root)}</dd>`}
${fix && h`<dt>To fix</dt><dd>${fix}</dd>`}
${entry.hours !== undefined && h`<dt>Hours</dt><dd>${follows && this.#here.has(root) ? 'counted at its root' : estimate(alone ? cost : entry.hours)}</dd>`}
<dt>See</dt><dd class="references">${cites.length > 0 && h`${references(cites)}; `}<code>plummet explain ${result.claim}</code></dd></dl>
${this.#script(result.claim, first.reproduce, 'Reproduce it')}
${more.length > 0 && h`<div class="places"><p class="also">Also here</p>${more.slice(0, most.places).map((finding) => this.#place(result.claim, finding))}${more.length > most.places && h`<details><summary>${plural(more.length - most.places, 'more place')}</summary>${more.slice(most.places).map((finding) => this.#place(result.claim, finding))}</details>`}</div>`}
<p class="take"><button type="button" class="issue" hidden>Copy as text for an issue</button> <a href="#${anchor(result.claim)}">Link to this</a></p>`;
    return claim(entry, 'broken', { level: alone ? 4 : 5, open, aside }, body);
  }

  #place(claimed: string, finding: EntryOf<'fail'>['result']['findings'][number]): Markup {
    return h`<div class="place" data-place><p><b>${clip(finding.where, 300)}</b> ${asSentence(finding.because)} <span class="id">${finding.evidence.slice(0, 6).join(' ')}</span></p>${this.#script(claimed, finding.reproduce, 'Reproduce it here')}</div>`;
  }

  /** Named, and not a link: a browser cannot open it. */
  #films(claimed: string): Markup | undefined {
    const commands = filmsToWatch(this.#input, claimed);
    return commands.length
      ? h`<dt>Watch it</dt><dd>${commands.map((command, at) => h`${at > 0 && h`<br>`}<code>${command}</code>`)}, in the folder of this page; not to be handed on</dd>`
      : undefined;
  }

  /** Each script once: scripts are long, and one often shows several claims. */
  #script(claimed: string, text: string, words: string): Markup | undefined {
    if (!text.trim()) return undefined;
    const known = this.#scripts.get(text);
    if (known !== undefined)
      return known === claimed
        ? undefined
        : h`<p class="same">${words}: the same script as for <a href="#${anchor(known)}">${saysOf(known)}</a></p>`;
    this.#scripts.set(text, claimed);
    return h`<details class="script"><summary>${words}</summary>${copyable(`script-${this.#scripts.size}`, text, 'Script to reproduce')}</details>`;
  }
}

const estimate = (cost: number | undefined): string =>
  cost === undefined ? 'no estimate' : `${hours(cost * 0.5)} to ${hours(cost * 2.5)} hours, an estimate`;
