/** What CSS itself knows. Playwright's own (:has-text, :visible, :near, …) look beyond the page's structure. */
const pseudos = new Set(
  `active any-link checked default defined disabled empty enabled first-child first-of-type focus focus-visible focus-within has hover
   in-range indeterminate invalid is lang last-child last-of-type link not nth-child nth-last-child nth-last-of-type nth-of-type only-child
   only-of-type optional out-of-range placeholder-shown read-only read-write required root scope valid where`.split(
    /\s+/,
  ),
);

/**
 * Is the selector one of CSS and no more? Not where it names an engine (text=…, xpath=…, //…), leads from one selector into another (>>), or
 * holds a pseudo-class that is not of CSS; and not where it cannot be told by its looks (comments, quotes without an end).
 */
export function isPlainCss(selector: string): boolean {
  if (/>>|\/\*|\p{Cc}|^\s*([^\s\w.#[*:-]|[\w+:*-]+\s*=)/u.test(selector)) return false;
  const bare = selector.replace(/\\./gu, '_').replace(/"[^"]*"|'[^']*'/g, '_');
  if (/["'\\]/.test(bare)) return false;
  return [...bare.matchAll(/:+([\w-]*)/g)].every(([, name = '']) => pseudos.has(name));
}
