/**
 * Whether a path fits a rule's pattern: from its beginning, `*` for anything, a last `$` for the end.
 * Both come from strangers: two cursors and one place to go back to, so the time is at most path × pattern, with nothing to blow up.
 */
export const patternMatches = (path: string, pattern: string): boolean => {
  const anchored = pattern.endsWith('$');
  const last = anchored ? pattern.length - 1 : pattern.length;
  let at = 0;
  let want = 0;
  let star = -1;
  let retry = 0;
  for (;;) {
    if (want === last) {
      if (!anchored || at === path.length) return true;
      // The end was asked for and is not here: a star before may still reach it.
      if (star === -1 || retry >= path.length) return false;
    } else if (pattern[want] === '*') {
      star = want;
      retry = at;
      want += 1;
      continue;
    } else if (at < path.length && path[at] === pattern[want]) {
      at += 1;
      want += 1;
      continue;
    } else if (star === -1 || retry >= path.length) return false;
    retry += 1;
    at = retry;
    want = star + 1;
  }
};

const hexOf = (code: number) => `%${code.toString(16).toUpperCase().padStart(2, '0')}`;

/** One spelling for a pattern (as bytes): octets beyond ASCII escaped, hex digits in capitals. What is escaped stays so. */
export const normalisePattern = (bytes: string): string =>
  bytes.replace(/%[0-9a-f]{2}|[\x80-\xff]/giu, (found) => (found.length === 3 ? found.toUpperCase() : hexOf(found.charCodeAt(0))));

/** Path, parameters and query of an address, as it was written; `/` when it has none. Never fails: addresses here are often broken. */
export const pathOf = (url: string): string => {
  const start = url.startsWith('//') ? 2 : 0;
  const firstOf = (from: number) => {
    const found = url.slice(from).search(/[/?;]/u);
    return found === -1 ? -1 : from + found;
  };
  const scheme = url.indexOf('://', start);
  const early = firstOf(start);
  const authority = scheme === -1 || (early !== -1 && early < scheme) ? start : scheme + 3;
  const path = firstOf(authority);
  const hash = url.indexOf('#', start);
  if (path === -1 || (hash !== -1 && hash < path)) return '/';
  const found = url.slice(path, hash === -1 ? undefined : hash);
  return found.startsWith('/') ? found : `/${found}`;
};
