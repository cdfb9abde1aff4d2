/** What was cited, told as a small story: who did what, what went over the wire and came back, what the log and the disk said. */
import { clip, plural } from '../../lib/text.ts';
import type { RunEvent } from '../../model/evidence.ts';
import { duration } from '../outline.ts';
import { h, type Markup } from './markup.ts';
import type { Veil } from './veil.ts';

const most = { writes: 4, lines: 12, files: 12, body: 700, said: 6 };

/** Whom the one letter in the journal stands for. */
const people: Readonly<Record<string, string>> = {
  A: 'A, a user',
  B: 'B, another user',
  new: 'a new account',
  nobody: 'nobody, without a login',
  relay: 'between browser and server',
  wire: 'a request without a browser',
  disk: "the app's files",
  app: 'the app itself',
  survey: 'the survey',
  plummet: 'Plummet',
};

/** One step: when, who, what, and below it what there is to see of it. `picture` is drawn by the caller. */
export function step(event: RunEvent, veil: Veil, picture: Markup | undefined): Markup {
  return h`<li class="step"><span class="when">${duration(event.at)}</span><div>${!event.says.startsWith(`${event.who} `) && h`<span class="who">${people[event.who] ?? event.who}</span> `}${marked(clip(event.kind === 'act' ? veil.act(event.says) : event.says, 400), veil)} <span class="id">${event.id}</span>${seen(event, veil)}${picture}</div></li>`;
}

/** The text with what was planted in it made visible. */
export function marked(text: string, veil: Veil): Markup {
  const [mark] = veil.marksIn(text);
  if (!mark) return h`${text}`;
  const found = text.toLowerCase().indexOf(mark);
  return h`${text.slice(0, found)}<mark>${text.slice(found, found + mark.length)}</mark>${marked(text.slice(found + mark.length), veil)}`;
}

function seen(event: RunEvent, veil: Veil): Markup | undefined {
  const data = event.data ?? {};
  switch (event.kind) {
    case 'act':
    case 'load':
      return h`${typed(data, veil)}${appeared(data, veil)}${wires(writesOf(data), veil)}`;
    case 'exchange':
      return Array.isArray(data['writes'])
        ? writesOf(data).length
          ? wires(writesOf(data), veil)
          : h`<div class="wire none"><div>nothing was sent</div><div>nothing was answered</div></div>`
        : answered(event.says, data, veil);
    case 'log':
      return texts(data['lines']).length
        ? h`<pre class="log">${texts(data['lines'])
            .slice(0, most.lines)
            .map((line) => `${veil.line(clip(line, 200))}\n`)}</pre>`
        : undefined;
    default:
      return stored(data);
  }
}

/** What a step typed, where it was ours. */
function typed(data: Data, veil: Veil): Markup | undefined {
  const step = object(data['step']);
  const value = text(step['value']);
  if (!value || /password/i.test(value)) return undefined;
  const uses = object(data['uses']);
  const words = value.replace(/\{(\w+)\}/g, (_, name: string) => text(uses[name]) || `{${name}}`);
  return veil.marksIn(words).length ? h`<p class="said">it typed ${marked(clip(words, 80), veil)}</p>` : undefined;
}

function appeared(data: Data, veil: Veil): Markup | undefined {
  const { shown, hidden } = veil.ours(texts(data['appeared']));
  if (shown.length === 0) return undefined;
  return h`<p class="said">the page then showed ${shown.slice(0, most.said).map((words, index) => h`${index > 0 && ', '}“${marked(clip(words, 80), veil)}”`)}${hidden > 0 && h` <span class="soft">and ${plural(hidden, 'other text')}, not ours</span>`}</p>`;
}

interface Write {
  readonly method: string;
  readonly url: string;
  readonly status?: number;
  readonly body: string;
  readonly answer: string;
  /** The answer was kept in its shape only. */
  readonly veiled: boolean;
}

const writesOf = (data: Data): Write[] =>
  (Array.isArray(data['writes']) ? data['writes'] : []).map(object).map((write) => ({
    method: text(write['method']) || 'GET',
    url: text(write['url']),
    ...(typeof write['status'] === 'number' ? { status: write['status'] } : {}),
    body: text(write['body']),
    answer: text(write['answer']),
    veiled: data['veiled'] === true,
  }));

const wires = (writes: readonly Write[], veil: Veil): Markup =>
  h`${writes.slice(0, most.writes).map((write) => wire(write, veil))}${writes.length > most.writes && h`<p class="soft">and ${writes.length - most.writes} more, in events.ndjson</p>`}`;

/** A request and its answer, side by side. */
const wire = ({ method, url, status, body, answer, veiled }: Write, veil: Veil): Markup =>
  h`<div class="wire"><div><b>${method}</b> ${clip(path(url), 160)}${body && h`<pre>${marked(clip(veil.body(body), most.body), veil)}</pre>`}</div><div>${status === undefined ? 'no status was noted' : h`<b class="${status >= 400 ? 'red' : status >= 200 ? 'green' : 'soft'}">${status || 'no answer'}</b>`}${answer && h`<pre>${marked(clip(veiled ? answer : veil.body(answer), most.body), veil)}</pre>`}</div></div>`;

/** "GET http://… answered 200", with what was sent and what came. */
function answered(says: string, data: Data, veil: Veil): Markup | undefined {
  const answer = text(data['answer']);
  const veiled = data['veiled'] === true;
  const item = object(data['item']);
  const [, method = '', url = '', status] = /^([A-Z]+) (\S+?):? (?:answered (\d+)|no answer)/.exec(says) ?? [];
  const first = method
    ? wire({ method, url, status: Number(status ?? 0), body: text(data['body']), answer, veiled }, veil)
    : answer &&
      h`<div class="wire one"><div><pre>${marked(clip(veiled ? answer : veil.body(answer), most.body), veil)}</pre></div></div>`;
  const second = text(item['url']) && {
    method: 'GET',
    url: text(item['url']),
    ...(typeof item['status'] === 'number' ? { status: item['status'] } : {}),
    body: '',
    answer: '',
    veiled: false,
  };
  return h`${first}${second && wire(second, veil)}`;
}

/** Files of the app that changed. */
function stored(data: Data): Markup | undefined {
  const files = texts(data['changed']);
  return files.length
    ? h`<ul class="files">${files.slice(0, most.files).map((file) => h`<li><code>${clip(file, 160)}</code></li>`)}</ul>`
    : undefined;
}

type Data = Readonly<Record<string, unknown>>;
const object = (value: unknown): Data => (typeof value === 'object' && value !== null ? (value as Data) : {});
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
/** Without the origin, which is the same all along. */
const path = (url: string): string => url.replace(/^https?:\/\/[^/]+(?=\/)/, '');
