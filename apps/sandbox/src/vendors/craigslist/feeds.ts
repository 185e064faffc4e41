import type { MarketListing } from '@autobroker/market';
import { symbolOf } from '../../shared/format';
import { html, raw } from '../../shared/markup';
import { firstPicture } from '../../shared/pictures';

interface Feed {
  readonly items: readonly MarketListing[];
  readonly base: string;
  readonly self: string;
  readonly newest: Date;
}

/** `2015 Honda Civic LX - $12500 (austin)`: entities twice, as there. */
const titleOf = (listing: MarketListing): string => `${listing.title}${listing.price === null ? '' : ` - ${symbolOf(listing.currency).replace('$', '&#x0024;').replace('€', '&#x20AC;')}${listing.price}`} (${listing.location.city.toLowerCase()})`;

const teaser = (listing: MarketListing): string => (listing.description.length > 240 ? `${listing.description.slice(0, 240)} ...` : listing.description);

const cdata = (text: string) => raw(`<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`);

/** RSS 1.0: what the site has always had. */
export const rdfFeed = ({ items, base, self, newest }: Feed): string =>
  html`<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:enc="http://purl.oclc.org/net/rss_2.0/enc#" xmlns:ev="http://purl.org/rss/1.0/modules/event/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:syn="http://purl.org/rss/1.0/modules/syndication/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="${self}"><title>craigslist | cars &amp; trucks</title><link>${base}/search/cta</link><description/><dc:language>en-us</dc:language><dc:rights>copyright 2026 craigslist</dc:rights><dc:date>${newest.toISOString()}</dc:date>
<items><rdf:Seq>${items.map((listing) => html`<rdf:li rdf:resource="${base}${listing.path}" />`)}</rdf:Seq></items></channel>
${items.map((listing) => {
  const image = firstPicture(listing, base);
  return html`<item rdf:about="${base}${listing.path}"><title>${cdata(titleOf(listing))}</title><link>${base}${listing.path}</link><description>${cdata(teaser(listing))}</description><dc:date>${listing.listedAt.toISOString()}</dc:date><dc:language>en-us</dc:language>${image === null ? null : html`<enc:enclosure resource="${image}" type="image/jpeg"/>`}<dc:source>${base}${listing.path}</dc:source><dc:title>${cdata(titleOf(listing))}</dc:title><dc:type>text</dc:type><dcterms:issued>${listing.listedAt.toISOString()}</dcterms:issued></item>
`;
})}</rdf:RDF>
`.toString();

export const rssFeed = ({ items, base, self, newest }: Feed): string =>
  html`<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>craigslist | cars &amp; trucks</title><link>${base}/search/cta</link><description>cars &amp; trucks</description><lastBuildDate>${newest.toUTCString()}</lastBuildDate><atom:link href="${self}" rel="self" type="application/rss+xml"/>
${items.map((listing) => {
  const image = firstPicture(listing, base);
  return html`<item><title>${cdata(titleOf(listing))}</title><link>${base}${listing.path}</link><guid isPermaLink="true">${base}${listing.path}</guid><pubDate>${listing.listedAt.toUTCString()}</pubDate><description>${cdata(teaser(listing))}</description>${image === null ? null : html`<enclosure url="${image}" length="0" type="image/jpeg"/>`}</item>
`;
})}</channel></rss>
`.toString();

export const atomFeed = ({ items, base, self, newest }: Feed): string =>
  html`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>craigslist | cars &amp; trucks</title><link rel="self" href="${self}"/><link rel="alternate" type="text/html" href="${base}/search/cta"/><id>${self}</id><updated>${newest.toISOString()}</updated>
${items.map(
  (listing) => html`<entry><title type="html">${titleOf(listing)}</title><link rel="alternate" type="text/html" href="${base}${listing.path}"/><id>${base}${listing.path}</id><published>${listing.listedAt.toISOString()}</published><updated>${listing.updatedAt.toISOString()}</updated><summary>${teaser(listing)}</summary></entry>
`,
)}</feed>
`.toString();
