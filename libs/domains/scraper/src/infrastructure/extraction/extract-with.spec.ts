import { extractWith } from './extract-with';
import { aCar, html, ld, nextData } from './spec-pages';
import { type FieldMap } from './types';

const url = 'https://www.cars.example/cars?page=1';

describe('a source’s map of a state', () => {
  const map: FieldMap = {
    hints: { locale: 'en-US', currency: 'USD', mileageUnit: 'mi' },
    list: {
      items: { path: 'props.pageProps.state.inventory.*' },
      externalId: [{ path: 'id' }],
      urlTemplate: '/vehicle/{id}',
      fields: { make: [{ path: 'make.name' }], model: [{ path: 'model.name' }], year: [{ path: 'year' }], price: [{ path: 'pricing.sale' }], mileage: [{ path: 'miles.value' }], images: [{ path: 'pictures[*].src' }], trim: [{ path: 'nothing' }, { path: 'title', match: /\b(EX|LX)\b/u }] },
      next: [{ path: 'props.pageProps.next' }],
    },
  };
  const item = (id: number, sale: number | null) => ({ id, title: '2019 Honda Civic EX', year: 2019, make: { name: 'Honda' }, model: { name: 'Civic' }, pricing: { sale, msrp: 31_000, guess: 17_000 }, miles: { value: '41,220' }, pictures: [{ src: `/img/${id}.jpg` }] });
  const page = html('', nextData({ state: { inventory: { 7_001_001: item(7_001_001, 18_450), 7_001_002: item(7_001_002, null) } }, next: '/cars?page=2' }));

  it('finds its items, their ids, addresses and fields, and the next page', () => {
    const extraction = extractWith(map, { url, body: page });
    expect(extraction.kind).toBe('search');
    expect(extraction.listings.map((listing) => [listing.externalId, listing.url, listing.fields.make?.value, listing.fields.trim?.value, listing.fields.price?.value, listing.fields.mileage?.value])).toEqual([
      ['7001001', 'https://www.cars.example/vehicle/7001001', 'Honda', 'EX', '18450', '41,220'],
      ['7001002', 'https://www.cars.example/vehicle/7001002', 'Honda', 'EX', undefined, '41,220'],
    ]);
    expect(extraction.listings[0]?.fields.images?.value).toEqual(['https://www.cars.example/img/7001001.jpg']);
    expect(extraction.links.next).toBe('https://www.cars.example/cars?page=2');
  });

  it('says so when nothing is where it was, and falls back on what can be seen', () => {
    const moved = page.replaceAll('"inventory"', '"stock"');
    const extraction = extractWith(map, { url, body: moved });
    expect(extraction.reasons).toContain('map:no_items');
    expect(extraction.listings).toHaveLength(2);
    expect(extractWith({ ...map, generic: false }, { url, body: moved }).listings).toEqual([]);
  });
});

describe('a source’s map of a page', () => {
  const map: FieldMap = {
    list: { items: { css: 'li.car', json: 'data-car' }, url: [{ css: 'a.more', attr: 'href' }], externalId: [{ path: 'id' }, { css: ':self', attr: 'data-id' }], fields: { title: [{ css: 'h3' }], price: [{ css: '.sum' }], make: [{ path: 'make' }], fuel: [{ label: 'Antrieb (Kraft)' }] } },
    detail: { externalId: [{ url: /\/auto\/(\d+)/u }], fields: { price: [{ css: '.sum b' }], mileage: [{ label: ['Gefahrene Strecke', 'Kilometer'] }], color: [{ itemprop: 'color' }], features: [{ css: '.plus li', all: true }], country: [{ text: 'DE' }] } },
    hints: { locale: 'de-DE', currency: 'EUR', mileageUnit: 'km', country: 'DE' },
  };

  it('reads cards by selectors, their JSON and their labels', () => {
    const card = (id: number) => `<li class="car" data-car='{"id":${id},"make":"VW"}'><h3>VW Golf</h3><span class="sum">15.990 €</span><p><b>Antrieb (Kraft)</b> <i>Benzin</i></p><a class="more" href="/auto/${id}">mehr</a></li>`;
    const extraction = extractWith(map, { url, body: html('', `<ul>${card(1)}${card(2)}</ul>`, 'de'), hints: { kind: 'search' } });
    expect(extraction.listings.map((listing) => [listing.externalId, listing.url, listing.fields.make?.value, listing.fields.price?.value, listing.fields.currency?.value, listing.fields.fuel?.value])).toEqual([
      ['1', 'https://www.cars.example/auto/1', 'VW', '15990', 'EUR', 'Benzin'],
      ['2', 'https://www.cars.example/auto/2', 'VW', '15990', 'EUR', 'Benzin'],
    ]);
  });

  it('reads a car’s page, and lets the page say the rest', () => {
    const body = html('', `<h1>2018 BMW 320i</h1>${ld(aCar())}<p class="sum"><b>19.500 €</b></p><dl><dt>Gefahrene Strecke</dt><dd>72.000 km</dd></dl><i itemprop="color">Schwarz</i><ul class="plus"><li>Navi</li><li>AHK</li></ul>`, 'de');
    const extraction = extractWith(map, { url: 'https://www.cars.example/auto/4711', body, hints: { kind: 'detail' } });
    expect(extraction.listings[0]).toMatchObject({
      externalId: '4711',
      fields: { price: { value: '19500', from: 'selector' }, mileage: { value: '72.000 km' }, color: { value: 'Schwarz', from: 'microdata' }, features: { value: ['Navi', 'AHK'] }, country: { value: 'DE', from: 'derived' }, make: { value: 'BMW', from: 'json_ld' } },
    });
  });

  it('is not tried on a wall or on a refusal', () => {
    const wall = html('<title>Just a moment...</title><script>window._cf_chl_opt={}</script>', '<p class="sum"><b>19.500 €</b></p>');
    expect(extractWith(map, { url, body: wall, hints: { kind: 'detail' } })).toMatchObject({ kind: 'block', listings: [] });
    expect(extractWith(map, { url, body: html('', '<p class="sum"><b>19.500 €</b></p>'), status: 404, hints: { kind: 'detail' } })).toMatchObject({ kind: 'none', listings: [] });
  });

  it('does not make a price of what its way leads to when that is none', () => {
    const body = html('', `<h1>2018 BMW 320i</h1>${ld(aCar())}<p class="sum"><b>auf Anfrage</b></p>`, 'de');
    expect(extractWith(map, { url: 'https://www.cars.example/auto/4711', body, hints: { kind: 'detail' } }).listings[0]?.fields.price).toBeUndefined();
  });
});

it('an API’s answer is read by the same map as a page', () => {
  const map: FieldMap = { list: { items: { path: 'tiles[*].data' }, externalId: [{ path: 'id' }], fields: { make: [{ path: 'makeName' }], price: [{ path: 'price' }] } }, detail: { item: 'listing', externalId: [{ path: 'id' }], fields: { make: [{ path: 'makeName' }], price: [{ path: 'price' }] } }, hints: { currency: 'USD' } };
  const list = { tiles: [{ type: 'AD' }, { type: 'LISTING', data: { id: 11, makeName: 'Ford', price: 5_495 } }] };
  expect(extractWith(map, { url, body: JSON.stringify(list), hints: { kind: 'search' } }).listings).toMatchObject([{ externalId: '11', fields: { make: { value: 'Ford', from: 'api' }, price: { value: '5495' }, currency: { value: 'USD' } } }]);
  expect(extractWith(map, { url, body: JSON.stringify({ listing: list.tiles[1]?.data }), hints: { kind: 'detail' } })).toMatchObject({ kind: 'detail', listings: [{ externalId: '11', fields: { make: { value: 'Ford' } } }] });
});
