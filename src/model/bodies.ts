/** Texts of an app without the words of others: bodies keep their members and shape, and what holds a mark of ours. Cut anywhere, they never show more. */
import { clip } from '../lib/text.ts';
import { dateForms, fold, type Mark, numberForms } from './mark.ts';

/** Which of the marks that were planted stand in a text. */
export type MarksIn = (text: string) => readonly Mark[];

/** A text that is longer is likely more than a word to whoever acted. */
export const longest = 60;
/** Of a longer text with a mark: so much of what follows it. */
const beside = 15;

/** A line that an app says: as it is, without addresses of people and long numbers that are not ours. */
export const line = (text: string, marksIn: MarksIn): string =>
  text
    .replace(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, (found) => (marksIn(found).length ? found : '‹an address›'))
    .replace(/\d{7,}/g, (digits) => `‹${digits.length} digits›`);

/** Of a text with these marks in it all that a short one says, and of a long one the first mark with what stands close to it. */
export function around(text: string, marks: readonly Mark[]): string {
  if (text.length <= longest) return text;
  const places = marks.flatMap((mark) => placeOf(text, mark) ?? []).sort((one, other) => one.at - other.at);
  const [first] = places;
  return first
    ? clip(text.slice(first.at), first.length + beside)
    : `‹a text of ${text.length} characters, with ${marks[0]} in it›`;
}

/** Where the mark stands, whole or its first six letters, and how long it is. Undefined where it is written in a way that hides it. */
function placeOf(text: string, mark: Mark): { at: number; length: number } | undefined {
  const { length } = mark;
  if (/^\d{4}\.\d{2}$|^\d{5}$|^\d{4}-\d{2}-\d{2}$/.test(mark)) {
    const forms = mark.includes('-') ? dateForms(mark) : numberForms(mark);
    const found = forms.find((form) => text.includes(form));
    return found === undefined ? undefined : { at: text.indexOf(found), length: found.length };
  }
  const signs = [...fold(mark)].map((sign) => sign.replace(/\W/g, '\\$&'));
  for (const some of [signs, signs.slice(0, 6)]) {
    const found = new RegExp(some.join('[\\s_\\-./+]*'), 'i').exec(text);
    if (found) return { at: found.index, length: Math.max(found[0].length, length) };
  }
  return undefined;
}

const letters = (text: string): string => `‹${text.length} ${text.length === 1 ? 'letter' : 'letters'}›`;
/** Members in which an app speaks to its caller, and not of its users. */
const speaks = /^(error|errors|code|status|ok|success|message|msg|detail|reason|type|method|allowed)$/i;
/** A name of a member, and no name of somebody. */
const member = /^[A-Za-z_$][\w$-]{0,40}$/;

/** A body: members and shape as they are, words only where they are ours, or where the app speaks to its caller. */
export function masked(text: string, marksIn: MarksIn): string {
  const ours = (part: string): string | undefined => {
    const marks = marksIn(part);
    return marks.length ? around(part, marks) : undefined;
  };
  if (/^\s*</.test(text) || /<\/\w+>/.test(text)) return ofPage(text, ours);
  if (/^[\w.[\]%-]+=[^\s]*$/.test(text)) return ofForm(text, ours);
  if (text.includes('"') || /^\s*[[{\d]/.test(text)) return ofData(text, ours, marksIn);
  return ours(text) ?? (text.trim() && `‹a text of ${text.length} characters›`);
}

/** What of a text may be shown since it is ours; undefined where nothing is. */
type Ours = (text: string) => string | undefined;

const ofForm = (text: string, ours: Ours): string =>
  text
    .split('&')
    .map((pair) => {
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      return value === '' ? pair : `${name}=${ours(value) ?? letters(value)}`;
    })
    .join('&');

/**
 * JSON and pieces of it. Where it starts within a text, a quote ends that; what is out of step is masked too. An app speaks to its caller in the
 * first object and in what that names alike (`error.message`): in a list, in a member of another name and in a second object such words are records.
 */
function ofData(text: string, ours: Ours, marksIn: MarksIn): string {
  const starts = /^\s*["{[\]},:\d]/.test(text);
  const parts = (starts ? text : `"${text}`).match(/"(?:[^"\\]|\\.)*(?:"|$)|[^"]+/gs) ?? [];
  let name = '';
  /** Names of the objects that are open, the outermost without one. */
  const open: string[] = [];
  let told = /^\s*\{/.test(text);
  const pass = (between: string): void => {
    for (const [sign] of between.matchAll(/[{}[]/g)) {
      if (sign === '{') open.push(name);
      else if (sign === '[') told = false;
      else open.pop();
      if (!open.length) told = false;
    }
  };
  const shown = parts.map((part, index) => {
    if (!part.startsWith('"')) {
      pass(part);
      return outside(part, ours);
    }
    const ended = part.length > 1 && part.endsWith('"');
    const said = part.slice(1, ended ? -1 : undefined);
    if (/^\s*:/.test(parts[index + 1] ?? '')) {
      name = said;
      return member.test(said) ? part : `"${ours(said) ?? letters(said)}"`;
    }
    const close = ended ? '"' : '';
    if (said === '') return part;
    const speaking = told && said.length <= 120 && [...open.slice(1), name].every((one) => speaks.test(one));
    return `"${ours(said) ?? (speaking ? line(said, marksIn) : letters(said))}${close}`;
  });
  const whole = shown.join('');
  return starts ? whole : whole.slice(1);
}

/** Between texts: signs, short numbers, and the three words that JSON has. */
const outside = (part: string, ours: Ours): string =>
  part.replace(/[\p{L}_][\p{L}\p{N}_]*|\d{5,}/gu, (word) =>
    /^(true|false|null)$/.test(word) || (/^\d/.test(word) && ours(word))
      ? word
      : /^\d/.test(word)
        ? `‹${word.length} digits›`
        : letters(word),
  );

/** Of a page the elements around what is ours. */
function ofPage(text: string, ours: Ours): string {
  const parts = text.replace(/<(script|style)\b[\s\S]*?(<\/\1>|$)/gi, '<$1>').split(/(<[^>]*>?)/);
  const seen = parts.flatMap((part, index) => {
    const shown = index % 2 === 0 && ours(part.trim());
    return shown ? [`${tag(parts[index - 1])}${shown}${tag(parts[index + 1])}`] : [];
  });
  const size = `a page of ${text.length} characters`;
  return seen.length ? `‹${size}; of it›\n${seen.slice(0, 6).join('\n')}` : `‹${size}, with nothing that was planted›`;
}

const tag = (text = ''): string => /^<\/?[\w-]+/.exec(text)?.[0].concat('>') ?? '';
