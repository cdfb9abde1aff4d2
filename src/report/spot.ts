/** Where a finding is, for formats that know files alone. */
export type Spot =
  /** A path in the app, from its root. */
  | { readonly kind: 'app'; readonly path: string }
  /** A file of its source, relative to its folder. */
  | { readonly kind: 'file'; readonly path: string; readonly line: number };

const file =
  /^(?!.*(?::\/\/|\.\.\/))(?:\.\/)?((?:[\w@.-]+\/)*[\w@-][\w@.-]*\.[a-z]\w*|(?:[\w@.-]+\/)*Dockerfile):(\d+)$/i;

/**
 * Read off a finding's `where`: an address, with its method or words beside it, `file:line`, or words alone, which stand for the app as a whole. Ids of
 * records are left out of a path, and so are query and fragment: the same finding is to be at the same path tomorrow.
 */
export function spotOf(where: string, app: string): Spot {
  const [, path, line] = file.exec(where) ?? [];
  if (path && !where.startsWith(hostOf(app))) return { kind: 'file', path: encodeURI(path), line: Number(line) };
  const [address = ''] = where.replace(/^[A-Z]{3,7} /, '').split(/[\s,]/);
  const url = /^(https?:\/\/|\/)/.test(address) ? URL.parse(address, app) : null;
  return {
    kind: 'app',
    path: url ? url.pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\d+/gi, ':id').replace(/^\/\/+/, '/') : '/',
  };
}

const hostOf = (app: string): string => URL.parse(app)?.host || '\n';
