/** Texts of others as code: what they say stays a text, whatever stands in it. */

/** What an editor would hide or turn around. */
const unseen = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
const escaped = (text: string): string =>
  text.replace(unseen, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** A string literal of JavaScript. */
export const quote = (text: string): string => escaped(JSON.stringify(text));

/** Placeholders of recipes, and what they are called in code. */
const names: Readonly<Record<string, string>> = {
  mark: 'mark',
  new: 'changed',
  alt: 'alt',
  email: 'email',
  username: 'username',
  password: 'password',
  name: 'name',
};

/** Code of a value with placeholders; those that are not known stay text. */
export function template(text: string): string {
  const parts = text.split(/(\{\w+\})/).filter(Boolean);
  const nameOf = (part: string): string | undefined => (/^\{\w+\}$/.test(part) ? names[part.slice(1, -1)] : undefined);
  const [first = ''] = parts;
  if (parts.length === 1) return nameOf(first) ?? quote(first);
  if (!parts.some(nameOf)) return quote(text);
  const code = parts.map((part) => {
    const name = nameOf(part);
    return name
      ? `\${${name}}`
      : quote(part)
          .slice(1, -1)
          .replaceAll('\\"', '"')
          .replace(/[`]|\$(?=\{)/g, '\\$&');
  });
  return `\`${code.join('')}\``;
}
