import type { FetchedPage } from '../../application/source-plugin';

/**
 * The words of a page without its scripts and comments: scripts hold every message that a page could show. One pass from
 * beginning to end, since a stranger's page may open a thousand scripts and close none.
 */
export function withoutScripts(html: string): string {
  const opening = /<script\b|<!--/giu;
  let text = '';
  let from = 0;
  for (let found = opening.exec(html); found !== null; found = opening.exec(html)) {
    text += `${html.slice(from, found.index)} `;
    const closing = found[0] === '<!--' ? /-->/gu : /<\/script/giu;
    closing.lastIndex = opening.lastIndex;
    // What is never closed is all that is left of the page.
    if (closing.exec(html) === null) return text;
    from = closing.lastIndex;
    opening.lastIndex = from;
  }
  return text + html.slice(from);
}

/** Only what is on the page counts. */
export const says = (page: FetchedPage, words: RegExp): boolean => words.test(withoutScripts(page.body.toString('utf8')));

/** JSON that says zero, or a page that says so in words. */
export function looksEmpty(page: FetchedPage): boolean {
  const text = page.body.subarray(0, 200_000).toString('utf8');
  const words = text.replaceAll(/<[^<>]*>/gu, ' ').replaceAll(/\s+/gu, ' ');
  return (
    /"(?:total|totalElements|count|numberOfResults|totalResults|totalListings)"\s*:\s*0\b/u.test(text) ||
    /(?<![\d,.])0 (?:results|matches|vehicles|listings|Angebote|Fahrzeuge)\b|no (?:results|matches|vehicles) (?:were )?found|keine (?:Angebote|Fahrzeuge|Treffer)|(?<![\d,.])0 ads for/iu.test(words) ||
    /"(?:tiles|listings|itemSummaries|content|edges|inventory|items|results)"\s*:\s*(?:\[\s*\]|\{\s*\})/u.test(text)
  );
}
