import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { decodeBody } from './decode';
import { extractPage } from './extract-page';
import { extractFile } from './extract-file';
import { parseTree } from './html/tree';
import { textOf } from './html/dom';
import { parseJson } from './json/lenient';
import { aCar, html, ld, nextData } from './spec-pages';
import { parseFeed } from './feeds/feed';
import { parseSitemap } from './feeds/sitemap';

const detail = html('<title>2018 BMW 320i xDrive</title><meta property="product:price:amount" content="19990">', `<h1>2018 BMW 320i xDrive</h1>${ld(aCar())}${nextData({ listing: { make: 'BMW', model: '320i', year: 2018, price: 19_990, mileage: 45_123 } })}<span class="price">$19,990</span><table><tr><th>Mileage<td>45,123 mi<tr><th>Fuel type<td>Gasoline</table>`);
const list = html('', [1, 2, 3].map((n) => `<article><a href="/vehicle/700100${n}">201${n} BMW X${n}</a><b class="price">$${n}9,990</b><i>${n}5,000 mi</i></article>`).join(''));
const good = new Set(['19990', '29990', '39990']);
const pricesOf = (body: Buffer | string) => extractPage({ url: 'https://www.cars.example/vehicle/7', body }).listings.map(({ fields }) => fields.price?.value).filter((price) => typeof price === 'string');

describe('a page that arrived broken', () => {
  it('every beginning of a page gives the right price or none', () => {
    for (const page of [detail, list]) {
      for (let end = 0; end <= page.length; end += 3) for (const price of pricesOf(page.slice(0, end))) expect(good).toContain(price);
    }
  });

  it('pieces that were lost, doubled or put elsewhere make no exception', () => {
    const edit = fc.record({ at: fc.nat(detail.length), length: fc.nat(80), put: fc.oneof(fc.constantFrom('<', '>', '"', '</div>', '<table>', '<!--', '{', ']', '\0', '&#x0;', '<script>', '</script>'), fc.string({ unit: 'binary', maxLength: 8 })) });
    fc.assert(
      fc.property(fc.constantFrom(detail, list), fc.array(edit, { minLength: 1, maxLength: 6 }), (page, edits) => {
        const broken = edits.reduce((text, { at, length, put }) => text.slice(0, at) + put + text.slice(at + length), page);
        expect(extractPage({ url: null, body: broken }).reasons.filter((reason) => reason.startsWith('failed'))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('bytes of any kind make no exception, as a page, a feed or a sitemap', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom('', '<html>', '{"a":', '<?xml version="1.0"?><rss>', 'make;model;price\n', '\x1f\x8b'), (bytes, start) => {
        const body = Buffer.concat([Buffer.from(start, 'latin1'), bytes]);
        expect(extractPage({ url: 'not an address', body }).reasons.join()).not.toContain('failed');
        expect(parseFeed({ body }).reasons.join()).not.toContain('failed');
        expect(parseSitemap(body).kind).toBeDefined();
      }),
      { numRuns: 400 },
    );
  });
});

describe('a page that wants to cost something', () => {
  const many = (piece: string, times: number) => piece.repeat(times);
  it.each([
    ['100,000 boxes in each other', many('<div>', 100_000) + 'x' + many('</div>', 100_000), 'nested_too_deep'],
    ['paragraphs and formats without end', many('<p><b>', 100_000), 'too_many_nodes'],
    ['close tags of nothing', many('<div>', 1_000) + many('</span>', 300_000), 'nested_too_deep'],
    ['attributes without end', `<div ${Array.from({ length: 50_000 }, (_, at) => `a${at}="x"`).join(' ')}>`, 'too_many_attributes'],
    ['a text of 30 MB', Buffer.alloc(30_000_000, '<p>price $1</p>'), 'body_truncated'],
    ['items that refer to each other', many('<div itemscope id="a" itemref="b" itemtype="https://schema.org/Car"></div><div id="b" itemscope itemref="a" itemprop="x"></div>', 300), null],
    ['resources in each other', many('<div typeof="Car" property="a">', 5_000), 'nested_too_deep'],
    ['assignments in each other', `<script>${many('x = {', 50_000)}</script>`, null],
    ['pushes that never end', `<script>${many('self.__next_f.push([1,"a', 20_000)}</script>`, null],
    ['JSON 10,000 deep', many('{"a":', 10_000) + '1' + many('}', 10_000), null],
    ['JSON 10,000 deep, broken', many('[{', 10_000), null],
    ['a graph in a circle', ld({ '@graph': Array.from({ length: 500 }, (_, at) => ({ '@id': `#${at}`, '@type': 'Car', isRelatedTo: [{ '@id': `#${(at + 1) % 500}` }, { '@id': `#${(at + 7) % 500}` }] })) }), null],
    ['entities without end', many('&amp', 500_000), null],
    ['half a tag', many('<a href="', 200_000), null],
    ['a bomb', gzipSync(Buffer.alloc(100_000_000)), null],
  ])('%s', (_, body, reason) => {
    const extraction = extractPage({ url: 'https://www.cars.example/', body });
    expect(extraction.listings).toEqual([]);
    expect(extraction.reasons.join()).not.toContain('failed');
    if (reason !== null) expect(extraction.reasons).toContain(reason);
  });

  it('names of prototypes are nobody’s', () => {
    const body = '{"__proto__":{"price":1,"polluted":true},"constructor":{"prototype":{"polluted":true}},"make":"BMW","model":"320i","price":19990,"mileage":45123,"vin":"WBA8E5G57GNT12345"}';
    expect(extractPage({ body }).listings[0]?.fields.price?.value).toBe('19990');
    expect(extractPage({ body: body.slice(0, -1) }).kind).toBe('detail');
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

describe('bytes become text', () => {
  const text = '<meta charset="CHARSET"><h1>Škoda für 15.990 €</h1>';
  it.each([
    ['UTF-8 that says nothing', Buffer.from('<h1>Größe €</h1>'), undefined, '<h1>Größe €</h1>'],
    ['windows-1252 that says nothing', Buffer.from('<h1>Gr\xf6\xdfe \x80</h1>', 'latin1'), undefined, '<h1>Größe €</h1>'],
    ['windows-1252 that says UTF-8', Buffer.from('<meta charset="utf-8">Gr\xf6\xdfe', 'latin1'), undefined, '<meta charset="utf-8">Größe'],
    ['UTF-8 that says ISO-8859-1', Buffer.from('<meta charset="iso-8859-1">Größe'), undefined, '<meta charset="iso-8859-1">Größe'],
    ['ISO-8859-2 that says so in a header', Buffer.from('\xa9koda', 'latin1'), 'text/html; charset=iso-8859-2', 'Škoda'],
    ['UTF-16 with a mark', Buffer.from(`\uFEFF${text}`, 'utf16le'), undefined, text],
    ['UTF-16 without one', Buffer.from(text.replace(/[^\x00-\x7f]/gu, 'x'), 'utf16le'), undefined, text.replace(/[^\x00-\x7f]/gu, 'x')],
    ['NUL bytes', Buffer.from('used\0 cars'), undefined, 'used cars'],
    ['a stream that was cut', gzipSync('x'.repeat(50_000)).subarray(0, 60), undefined, expect.stringMatching(/^x*$/u)],
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n0000', 'latin1'), undefined, ''],
  ])('%s', (_, body, contentType, expected) => expect(decodeBody(body, contentType).text).toEqual(expected));
});

describe('trees out of tag soup', () => {
  const shown = (markup: string) => textOf(parseTree(markup).document);
  it('keeps what is shown, and keeps words of different boxes apart', () => {
    expect(shown('<p>one<p>two<ul><li>three<li>four</ul><script>no</script><style>no</style><b>fi</b>ve<br>six')).toBe('one two three four five six');
    expect(shown('<td>a<td>b</div></td>c')).toBe('a b c');
  });
  it('any markup becomes a tree', () => {
    const tag = fc.constantFrom('<div>', '</div>', '<p>', '<table>', '<tr>', '<td>', '</table>', '<b>', '</b>', '<svg/>', '<br>', 'x', '<li>', '</ul>', '<!-- -->', '<script>', '</script>', '<a b=c d>');
    fc.assert(fc.property(fc.array(tag, { maxLength: 60 }), (tags) => expect(typeof shown(tags.join(''))).toBe('string')));
  });
});

it('what JSON can be is read as JSON reads it, and nothing makes an exception', () => {
  fc.assert(fc.property(fc.json(), (text) => expect(parseJson(text)).toEqual(JSON.parse(text))));
  fc.assert(fc.property(fc.json(), fc.nat(), (text, at) => expect(() => parseJson(text.slice(0, at % (text.length + 1)))).not.toThrow()));
});

it('a line is printed for anything', () => {
  expect(extractFile('a', '', null)).toMatchObject({ file: 'a', kind: 'none', listings: [], reasons: ['empty'] });
  expect(extractFile('b', detail, null)).toMatchObject({ kind: 'detail', listings: [{ make: 'BMW', model: '320i', year: 2018, mileage: 45_123, mileage_unit: 'mi', price: '19990', currency: 'USD', vin: 'WBA8E5G57GNT12345', fuel: 'Gasoline' }], provenance: [{ price: { from: 'json_ld' } }] });
  expect(extractFile('c', html('<title>Before you continue to Google</title>', '<p>cookies</p><button>Accept all</button>'), null).kind).toBe('block');
});
