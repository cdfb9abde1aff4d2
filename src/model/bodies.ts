/** Bodies without the words of others: their members and shape stay, and the texts that `ours` says are ours. Cut anywhere, they never show more. */

interface Keep {
  ours(text: string): boolean;
  /** A text that an app says to its caller, made fit to be shown. */
  line(text: string): string;
  /** A mark with what stands close to it. */
  around(text: string): string;
}

const letters = (text: string): string => `‹${text.length} ${text.length === 1 ? 'letter' : 'letters'}›`;
/** Members in which an app speaks to its caller, and not of its users. */
const speaks = /^(error|errors|code|status|ok|success|message|msg|detail|reason|type|method|allowed)$/i;
/** A name of a member, and no name of somebody. */
const member = /^[A-Za-z_$][\w$-]{0,40}$/;

export function masked(text: string, keep: Keep): string {
  if (/^\s*</.test(text) || /<\/\w+>/.test(text)) return ofPage(text, keep);
  if (/^[\w.[\]%-]+=[^\s]*$/.test(text)) return ofForm(text, keep);
  if (text.includes('"') || /^\s*[[{\d]/.test(text)) return ofData(text, keep);
  return keep.ours(text) ? keep.around(text) : text.trim() && `‹a text of ${text.length} characters›`;
}

const ofForm = (text: string, keep: Keep): string =>
  text
    .split('&')
    .map((pair) => {
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      return keep.ours(value) || value === '' ? pair : `${name}=${letters(value)}`;
    })
    .join('&');

/** JSON and pieces of it. Where it starts within a text, a quote ends that; what is out of step is masked too. */
function ofData(text: string, keep: Keep): string {
  const starts = /^\s*["{[\]},:\d]/.test(text);
  const parts = (starts ? text : `"${text}`).match(/"(?:[^"\\]|\\.)*(?:"|$)|[^"]+/gs) ?? [];
  let name = '';
  const shown = parts.map((part, index) => {
    if (!part.startsWith('"')) return outside(part);
    const ended = part.length > 1 && part.endsWith('"');
    const said = part.slice(1, ended ? -1 : undefined);
    if (/^\s*:/.test(parts[index + 1] ?? '')) {
      name = said;
      return member.test(said) || keep.ours(said) ? part : `"${letters(said)}"`;
    }
    const close = ended ? '"' : '';
    if (said === '') return part;
    if (keep.ours(said)) return `"${keep.around(said)}${close}`;
    return speaks.test(name) && said.length <= 120 ? `"${keep.line(said)}${close}` : `"${letters(said)}${close}`;
  });
  const whole = shown.join('');
  return starts ? whole : whole.slice(1);
}

/** Between texts: signs, short numbers, and the three words that JSON has. */
const outside = (part: string): string =>
  part.replace(/[\p{L}_][\p{L}\p{N}_]*|\d{5,}/gu, (word) =>
    /^(true|false|null)$/.test(word) ? word : /^\d/.test(word) ? `‹${word.length} digits›` : letters(word),
  );

/** Of a page the elements around what is ours. */
function ofPage(text: string, keep: Keep): string {
  const parts = text.replace(/<(script|style)\b[\s\S]*?(<\/\1>|$)/gi, '<$1>').split(/(<[^>]*>?)/);
  const seen = parts.flatMap((part, index) =>
    index % 2 === 0 && keep.ours(part)
      ? [`${tag(parts[index - 1])}${keep.around(part.trim())}${tag(parts[index + 1])}`]
      : [],
  );
  const size = `a page of ${text.length} characters`;
  return seen.length ? `‹${size}; of it›\n${seen.slice(0, 6).join('\n')}` : `‹${size}, with nothing that was planted›`;
}

const tag = (text = ''): string => /^<\/?[\w-]+/.exec(text)?.[0].concat('>') ?? '';
