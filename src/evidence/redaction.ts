/** Takes secrets out of everything that is written: those named, and what looks like one (tokens, cookies, authorization). */
export function redactor(): { hide(secret: string): void; text(text: string): string; value(value: unknown): unknown } {
  const secrets = new Set<string>();
  const short = (secret: string): string => `‹${secret.slice(0, 3)}… ${secret.length} characters›`;
  const text = (input: string): string => {
    let out = input;
    for (const secret of secrets) {
      out = out.replaceAll(secret, short(secret));
      // As an address has it, and as a form sends it.
      for (const encoded of [encodeURIComponent(secret), new URLSearchParams({ s: secret }).toString().slice(2)])
        if (encoded !== secret) out = out.replaceAll(encoded, short(secret));
    }
    return out
      .replace(/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, short)
      .replace(/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, (_, kind: string) => `${kind} ‹redacted›`)
      .replace(/\b(sk|rk|ghp|gho|xox[bap]|sb_secret)[_-][\w-]{12,}/g, short)
      .replace(/("[\w-]{0,60}token"\s*:\s*")[^"]{8,}/gi, '$1‹redacted›')
      .replace(/((?:set-)?cookie["']?\s*[:=]\s*["']?)[^"'\n]{8,}/gi, '$1‹redacted›');
  };
  const sensitive =
    /^(password|pass|token|access_?token|refresh_?token|secret|api_?key|authorization|cookie|set-cookie|csrf\w*|session\w*)$/i;
  const value = (input: unknown, key = ''): unknown => {
    if (typeof input === 'string') return sensitive.test(key) && input.length > 3 ? short(input) : text(input);
    if (Array.isArray(input)) return input.map((item) => value(item));
    if (input && typeof input === 'object')
      return Object.fromEntries(Object.entries(input).map(([k, v]) => [k, value(v, k)]));
    return input;
  };
  return {
    hide: (secret) => {
      if (secret.length >= 4) secrets.add(secret);
    },
    text,
    value: (input) => value(input),
  };
}
