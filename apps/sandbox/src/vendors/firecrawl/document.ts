import { load, type CheerioAPI } from 'cheerio';
import type { Fetched } from './fetch-page';
import { markdownOf } from './markdown';

const aside = 'header, footer, nav, aside, .ad, .cookie, #cookie, [role="navigation"], [role="dialog"]';

const meta = ($: CheerioAPI, name: string): string | undefined => $(`meta[name="${name}"], meta[property="${name}"]`).first().attr('content');

/** A scraped page as the API hands it out: only the formats that were asked for, and what is known about it. */
export function documentOf(fetched: Fetched, formats: readonly string[], onlyMain: boolean): Record<string, unknown> {
  const $ = load(fetched.text);
  const title = $('title').first().text().trim();
  const links = [...new Set($('a[href]').toArray().flatMap((one) => absolute($(one).attr('href') ?? '', fetched.url)))];
  const metadata = {
    ...known({ title: title === '' ? undefined : title, description: meta($, 'description'), language: $('html').attr('lang'), robots: meta($, 'robots'), ogTitle: meta($, 'og:title'), ogLocale: meta($, 'og:locale') }),
    sourceURL: fetched.url,
    url: fetched.url,
    statusCode: fetched.status,
    contentType: fetched.type,
    proxyUsed: 'basic',
    cacheState: 'miss',
    creditsUsed: 1,
  };
  const document: Record<string, unknown> = { metadata };
  if (formats.includes('rawHtml')) document['rawHtml'] = fetched.text;
  if (formats.includes('links')) document['links'] = links;
  if (formats.includes('html') || formats.includes('markdown')) {
    $('script, style, noscript, template, iframe').remove();
    // What stands in the main part belongs to it, whatever its name.
    if (onlyMain) $(aside).filter((_, one) => $(one).closest('main').length === 0).remove();
    if (formats.includes('html')) document['html'] = $.html();
    if (formats.includes('markdown')) document['markdown'] = markdownOf($, fetched.url);
  }
  return document;
}

const known = (fields: Readonly<Record<string, string | undefined>>): Record<string, string> => Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

export const absolute = (href: string, base: string): string[] => (URL.canParse(href, base) ? [new URL(href, base).href] : []);
