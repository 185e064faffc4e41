import { decodeBody } from '../decode';
import { absolute } from '../html/dom';
import { limits } from '../limits';
import { plain } from '../reading';
import { type Sitemap, type SitemapEntry } from '../types';

/** More than the protocol allows in one file. */
const most = 60_000;

const element = /<(?:([\w-]+):)?(loc|lastmod)\b[^>]{0,200}>\s*(?:<!\[CDATA\[)?\s*([^<\]]{0,4000})/giu;

const fromText = (text: string): readonly SitemapEntry[] =>
  text
    .split(/[\r\n]+/u)
    .slice(0, most)
    .map((line) => (/^\s*https?:\/\/\S+\s*$/iu.test(line) ? absolute(line, null) : null))
    .filter((url) => url !== null)
    .map((url) => ({ url, lastModified: null }));

/** A sitemap or an index of them, packed or not; read by its elements, so that one broken entry costs one entry. */
export const parseSitemap = (body: Buffer | string): Sitemap => {
  const { text, reasons } = decodeBody(body, null, limits.feedBytes);
  const entries: { url: string; lastModified: string | null }[] = [];
  const seen = new Set<string>();
  let current: { url: string; lastModified: string | null } | undefined;
  for (const [, prefix, name, written] of text.matchAll(element)) {
    // Pictures and videos have addresses of their own.
    if (prefix !== undefined && /^(?:image|video|news|xhtml)$/iu.test(prefix)) continue;
    const value = plain(written ?? '');
    if (name?.toLowerCase() === 'lastmod') {
      if (current !== undefined && current.lastModified === null && !Number.isNaN(Date.parse(value))) current.lastModified = new Date(value).toISOString();
      continue;
    }
    const url = absolute(value, null);
    current = undefined;
    if (url === null || seen.has(url)) continue;
    if (entries.length >= most) return { kind: 'urlset', entries, reasons: [...reasons, 'too_many_entries'] };
    seen.add(url);
    current = { url, lastModified: null };
    entries.push(current);
  }
  if (entries.length > 0) return { kind: /<(?:[\w-]+:)?sitemapindex\b/iu.test(text) ? 'index' : 'urlset', entries, reasons };
  const lines = fromText(text);
  if (lines.length > 0) return { kind: 'urlset', entries: lines, reasons };
  return { kind: /<(?:[\w-]+:)?urlset\b/iu.test(text) ? 'urlset' : /<(?:[\w-]+:)?sitemapindex\b/iu.test(text) ? 'index' : 'none', entries: [], reasons };
};
