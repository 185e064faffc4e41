import { gzipSync } from 'node:zlib';
import { parseFeed } from './feed';
import { parseSitemap } from './sitemap';
import { type Feed } from '../types';

const brief = (feed: Feed) => feed.listings.map(({ externalId, fields }) => [externalId, fields.make?.value, fields.model?.value, fields.year?.value, fields.price?.value, fields.currency?.value, fields.mileage?.value]);

describe('news of cars', () => {
  const item = (link: string) => `<title><![CDATA[2012 Honda Civic EX - &#x0024;7500 (austin)]]></title><link>${link}</link><description><![CDATA[Clean title. <b>Odometer:</b> 92,000 mi]]></description>`;
  const link = 'https://austin.craigslist.example/cto/d/austin-2012-honda-civic/7734934957.html';
  it.each([
    ['RSS 2.0', `<?xml version="1.0"?><rss version="2.0"><channel><title>cars</title><item>${item(link)}<pubDate>Fri, 20 Nov 2026 12:00:00 GMT</pubDate></item></channel></rss>`],
    ['RSS 1.0', `<?xml version="1.0"?><rdf:RDF xmlns:rdf="x" xmlns="y"><channel rdf:about="a"><title>cars</title></channel><item rdf:about="${link}">${item(link)}<dc:date>2026-11-20T12:00:00Z</dc:date></item></rdf:RDF>`],
    ['Atom', `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><updated>x</updated><link rel="next" href="/feed?page=2"/><entry><title>2012 Honda Civic EX - $7500 (austin)</title><link rel="alternate" href="${link}"/><id>tag:x</id><summary type="html">Odometer: 92,000 mi</summary><published>2026-11-20T12:00:00Z</published></entry></feed>`],
  ])('come as %s', (_, text) => {
    const feed = parseFeed({ body: text, url: 'https://austin.craigslist.example/search/cta', hints: { currency: 'USD' } });
    expect(brief(feed)).toEqual([['7734934957', 'Honda', 'Civic', '2012', '7500', 'USD', '92,000 mi']]);
    expect(feed.listings[0]).toMatchObject({ url: link, fields: { listed_at: { from: 'feed' }, city: { value: 'austin' } } });
    expect(feed.next).toBe(feed.kind === 'atom' ? 'https://austin.craigslist.example/feed?page=2' : undefined);
  });
});

describe('a dealer’s stock', () => {
  const rows = 'Fahrzeugnummer;Marke;Modell;Baujahr;Kilometerstand;Preis (brutto);Preis alt;Rate mtl.;Währung;Farbe;Beschreibung\nA1;VW;Golf;2018;48.200;15.990,00;17.990,00;199,00;EUR;Weiß;"Sehr gut; ""Scheckheft""\nzweite Zeile"\nA2;Opel;Astra;2016;88.000;auf Anfrage;;;EUR;Grün;x\n';
  it.each([
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${rows}`)],
    ['ISO-8859-1', Buffer.from(rows, 'latin1')],
    ['UTF-16', Buffer.from(`\uFEFF${rows}`, 'utf16le')],
    ['gzip', gzipSync(rows)],
  ])('comes as CSV in %s', (_, body) => {
    const feed = parseFeed({ body, contentType: 'text/csv', hints: { locale: 'de-DE' } });
    expect(feed.kind).toBe('csv');
    expect(brief(feed)).toEqual([['A1', 'VW', 'Golf', '2018', '15990', 'EUR', '48.200'], ['A2', 'Opel', 'Astra', '2016', undefined, undefined, '88.000']]);
    expect(feed.listings[0]?.fields).toMatchObject({ color: { value: 'Weiß', from: 'feed' }, description: { value: 'Sehr gut; "Scheckheft" zweite Zeile' } });
  });

  it('comes with commas and English numbers', () => {
    const feed = parseFeed({ body: 'id,make,model,year,price,currency,mileage_miles\n1001,Ford,Focus,2015,"5,495.00",GBP,"61,000"\n', contentType: 'text/csv', hints: { locale: 'en-GB' } });
    expect(brief(feed)).toEqual([['1001', 'Ford', 'Focus', '2015', '5495', 'GBP', '61,000 mi']]);
  });

  it('comes as XML under names that nobody agreed on', () => {
    const car = (n: number) => `<Fahrzeug interneNr="A${n}"><Marke>BMW</Marke><Modell>X${n}</Modell><Erstzulassung>05/2018</Erstzulassung><Kilometerstand einheit="km">${n}5000</Kilometerstand><Preis waehrung="EUR">${n}9990</Preis><Bilder><Bild>https://d.example/${n}.jpg</Bild></Bilder></Fahrzeug>`;
    const feed = parseFeed({ body: `<?xml version="1.0" encoding="UTF-8"?><Bestand>${car(1)}${car(2)}</Bestand>` });
    expect(feed.kind).toBe('xml');
    expect(brief(feed).map((each) => [each[1], each[2], each[4], each[5], each[6]])).toEqual([['BMW', 'X1', '19990', 'EUR', '15000'], ['BMW', 'X2', '29990', 'EUR', '25000']]);
  });

  it.each([['nothing', ''], ['a page', '<html><body>404</body></html>'], ['half a document', '<?xml version="1.0"?><a><b'], ['numbers', '1;2;3\n4;5;6']])('is not found in %s', (_, body) => {
    expect(parseFeed({ body }).listings).toEqual([]);
  });
});

describe('a sitemap', () => {
  const set = '<?xml version="1.0"?><urlset xmlns="x" xmlns:image="y"><url><loc>https://d.example/a?x=1&amp;y=2</loc><lastmod>2026-11-20</lastmod><image:image><image:loc>https://d.example/a.jpg</image:loc></image:image></url><url><loc> https://d.example/b </loc></url><url><loc>javascript:x</loc></url></urlset>';
  it.each([['plain', Buffer.from(set)], ['packed', gzipSync(set)], ['as text', set]])('is read %s', (_, body) => {
    expect(parseSitemap(body)).toMatchObject({ kind: 'urlset', entries: [{ url: 'https://d.example/a?x=1&y=2', lastModified: '2026-11-20T00:00:00.000Z' }, { url: 'https://d.example/b', lastModified: null }] });
  });
  it('may be an index, a list of lines, broken, or none', () => {
    expect(parseSitemap('<sitemapindex><sitemap><loc>https://d.example/1.xml.gz</loc></sitemap></sitemapindex>')).toMatchObject({ kind: 'index', entries: [{ url: 'https://d.example/1.xml.gz' }] });
    expect(parseSitemap('https://d.example/a\nhttps://d.example/b\n').entries).toHaveLength(2);
    expect(parseSitemap(set.slice(0, 150)).entries).toHaveLength(1);
    expect(parseSitemap('<html></html>')).toMatchObject({ kind: 'none', entries: [] });
  });
});
