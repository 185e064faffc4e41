import { aCar, extract, facts, html, ld, nextData } from './spec-pages';
import { type Extraction } from './types';

/** Pages on which some number looks like the price and is none: a wrong price does more harm than a missing one. */
const told = '<dl><dt>Mileage</dt><dd>45,123 mi</dd><dt>Fuel type</dt><dd>Gasoline</dd><dt>Transmission</dt><dd>Automatic</dd><dt>Year</dt><dd>2018</dd></dl>';
const page = (inner: string, lang = 'en-US') => html('<title>2018 BMW 320i</title>', `<h1>2018 BMW 320i</h1>${inner}${told}`, lang);
const offered = (offers: object, lang?: string) => page(ld(aCar({ offers })), lang);
const stated = (more: object) => html('<title>2018 BMW 320i</title>', `<h1>2018 BMW 320i</h1>${nextData({ listing: { id: 778812345, make: 'BMW', model: '320i', year: 2018, mileage: 45_123, fuelType: 'Gasoline', ...more } })}`);
const shown = (text: string, lang?: string) => page(`<div class="price">${text}</div>`, lang);

const priceOf = (extraction: Extraction): string => {
  const { price, currency } = facts(extraction);
  return price === undefined ? 'none' : [price, currency].join(' ');
};

describe('the price of a car', () => {
  it.each([
    ['a rate beside the price', offered([{ price: '299', priceCurrency: 'USD', priceSpecification: { '@type': 'UnitPriceSpecification', price: '299', unitText: 'MONTH' } }, { price: '19990', priceCurrency: 'USD' }]), '19990 USD'],
    ['only a lease', offered({ price: 299, priceCurrency: 'USD', category: 'Lease' }), 'none'],
    ['net and gross', offered({ priceCurrency: 'EUR', priceSpecification: [{ price: 10_504, priceCurrency: 'EUR', valueAddedTaxIncluded: false }, { price: 12_500, priceCurrency: 'EUR', valueAddedTaxIncluded: true }] }, 'de-DE'), '12500 EUR'],
    ['a list price that equals no other', offered({ priceCurrency: 'USD', price: 19_990, priceSpecification: [{ '@type': 'UnitPriceSpecification', priceType: 'https://schema.org/ListPrice', price: 22_990 }] }), '19990 USD'],
    ['nothing but nines', offered({ price: 9_999_999, priceCurrency: 'USD' }), 'none'],
    ['the keys in their order', offered({ price: 1_234_567, priceCurrency: 'EUR' }), 'none'],
    ['nines where a million is small money', offered({ price: 999_999, priceCurrency: 'CZK' }), '999999 CZK'],
    ['thousands that a machine took for decimals', page(ld(JSON.stringify(aCar({ offers: { price: 0, priceCurrency: 'EUR' } })).replace('"price":0', '"price":12.500'))), 'none'],
    ['a price of one', offered({ price: 1, priceCurrency: 'USD' }), 'none'],
    ['a price on the internet that is below the list', stated({ listPrice: 21_990, internetPrice: 19_990, currency: 'USD' }), '19990 USD'],
    ['cents by their name', stated({ price: { amountInCents: 1_999_000, currency: 'USD' } }), '19990 USD'],
    ['the smallest money, and how many digits it has', stated({ price: { value: 1_999_000, minorUnits: 2, currency: 'EUR' } }), '19990 EUR'],
    ['an amount, and the same rounded for people', stated({ price: { grossAmount: 17_690.54, gross: '17.691 €', grossCurrency: 'EUR' } }), '17691 EUR'],
    ['cents beside whole money', stated({ price: { amount: 19_990, cents: 1_999_000, currency: 'USD' } }), '19990 USD'],
  ])('%s', (_, body, says) => expect(priceOf(extract(body))).toBe(says));

  it('is what people are shown where a machine counts in cents and does not say so', () =>
    expect(priceOf(extract(stated({ price: { amount: 1_999_000, currency: 'USD' } }).replace('</h1>', '</h1><div class="price">$19,990</div>')))).toBe('19990 USD'));

  it('is not that of the car beside it', () => {
    const other = '<h2>Have you seen these?</h2><div><a href="/vehicle/778899001">2017 Audi A4</a><span class="price">$17,500</span><p>Mileage: 12,000 mi</p></div>';
    expect(priceOf(extract(page(other)))).toBe('none');
    expect(priceOf(extract(page(`<span class="price">$19,990</span>${other}`)))).toBe('19990 USD');
  });

  it('is its own where a link to its own page, or to a service for it, stands beside it', () => {
    const links = '<div class="buy"><span class="price">$19,990</span><a href="/vehicle/778812345/print">Print</a><a href="/finance/vehicle/4711000">Finance it</a></div>';
    expect(priceOf(extract(page(links)))).toBe('19990 USD');
  });
});

describe('an auction', () => {
  const auction = (inner: string) => page(`${ld(aCar({ offers: { price: '5100.00', priceCurrency: 'USD' } }))}${inner}`);
  it.each([
    ['<div><div class="price">US $5,100.00</div><div>12 bids</div></div><a>Place bid</a>'],
    ['<dl><dt>Current bid:</dt><dd>US $5,100.00</dd></dl>'],
    ['<span>Bid to USD $5,100 on 1/2/26</span>'],
  ])('%s: what machines are told is a bid', (inner) => {
    const found = facts(extract(auction(inner)));
    expect([found.price, found.current_bid, found.currency]).toEqual([undefined, expect.stringMatching(/5,?100/u), 'USD']);
  });

  it('that can be ended by paying has a price', () => expect(priceOf(extract(auction('<dl><dt>Current bid:</dt><dd>US $3,000.00</dd></dl><div>Buy It Now US $5,100.00</div>')))).toBe('5100 USD'));

  it('on a list says its bid', () => {
    const cards = [1, 2, 3].map((n) => `<li><a href="/itm/25611234567${n}"><h3>201${n} BMW 320i</h3></a><span class="s-item__price">$${n},100.00</span><span>1${n} bids</span><p>45,123 miles</p></li>`).join('');
    const { listings } = extract(html('<title>Used cars for sale</title>', `<h1>Used cars for sale</h1><ul>${cards}</ul>`), { url: 'https://www.cars.example/sch/i.html' });
    expect(listings.map(({ fields }) => [fields.price?.value, fields.current_bid?.value])).toEqual([1, 2, 3].map((n) => [undefined, `${n}100`]));
  });
});

describe('amounts of a card that are parted from their words', () => {
  const list = (inner: (n: number) => string) => extract(html('<title>Used cars for sale</title>', `<h1>Used cars for sale</h1>${[1, 2, 3].map((n) => `<article><a href="/vehicle/77000${n}0"><h2>201${n} BMW 320i</h2></a>${inner(n)}<p>45,000 miles</p></article>`).join('')}`, 'en-GB'), { url: 'https://www.cars.example/search' });
  it.each<[string, (n: number) => string, string | undefined]>([
    ['a rate', (n) => `<p>£${n}99</p><p>per month</p>`, undefined],
    ['a price of before', (n) => `<p>Was</p><p>£${n}2,995</p><p>£${n}1,995</p>`, '1995'],
    ['a price and a rate with its label', (n) => `<p>£${n}1,995</p><p>Per month</p><p>£199</p>`, undefined],
    ['praise', (n) => `<p>£${n}1,995</p><p>Great price</p>`, '1995'],
  ])('%s', (_, inner, ending) => expect(list(inner).listings.map(({ fields }) => fields.price?.value)).toEqual([1, 2, 3].map((n) => (ending === undefined ? undefined : `${n}${ending}`))));
});

describe('the currency of a price', () => {
  it.each([
    ['$250,000 MXN', 'es-MX', '250000 MXN'],
    ['$19,990 CAD', 'en-US', '19990 CAD'],
    ['$250,000', 'es-MX', '250000 MXN'],
    ['$ 85.000.000', 'es-CO', '85000000 COP'],
    ['$19,990', 'en-CA', '19990 CAD'],
    ['$19,990', 'en-US', '19990 USD'],
  ])('%s on a page in %s is %s', (text, lang, says) => expect(priceOf(extract(shown(text, lang)))).toBe(says));

  it('is not Spain’s where the page is in the Spanish of another country', () => expect(priceOf(extract(offered({ price: 250_000 }, 'es-PE')))).toBe('250000 '));
});

describe('a list of results', () => {
  it('is one although its own description calls itself a car', () => {
    const about = ld({ '@type': 'Car', name: 'Koop BMW i4 occasions', brand: 'BMW', model: 'i4', description: 'Vind jouw BMW i4' });
    const listings = [1, 2, 3, 4].map((n) => ({ id: `7788990${n}`, make: 'BMW', model: 'i4', url: `/aanbod/7788990${n}`, mileage: `${n}1.000 km`, price: n * 10_000 }));
    const filters = '<dl><dt>Carrosserie</dt><dd>Hatchback</dd><dt>Kleur</dt><dd>Blauw Groen</dd><dt>Bouwjaar</dt><dd>BMW i4 2024 BMW i4 2025</dd><dt>Brandstof</dt><dd>Elektrisch</dd></dl>';
    const extraction = extract(html('<title>Koop BMW i4</title>', `<h1>BMW i4 kopen</h1>${about}${nextData({ listings })}${filters}`, 'nl'), { url: 'https://www.cars.example/lst/bmw/i4' });
    expect([extraction.kind, extraction.listings.map(({ fields }) => fields.price?.value)]).toEqual(['search', ['10000', '20000', '30000', '40000']]);
  });
});

describe('a car whose data names it and says no more', () => {
  const others = [1, 2, 3, 4].map((n) => `<div><a href="/vehicle/77889900${n}"><h3>201${n} Audi A4</h3></a><span class="price">$1${n},500</span><p>${n}2,000 mi</p></div>`).join('');
  const own = (inner: string) => html('<title>2018 BMW 320i</title>', `<h1>2018 BMW 320i</h1>${ld({ '@type': 'Car', name: '2018 BMW 320i', brand: 'BMW', model: '320i' })}${inner}<h2>More of them</h2>${others}`);
  it('is the page’s own, with the price that it shows, although others stand below it', () => {
    const found = extract(own('<div class="price">$19,990</div><p>45,123 mi</p>'), { url: null });
    expect([found.kind, priceOf(found)]).toEqual(['detail', '19990 USD']);
    const bare = extract(own('<p>Automatic</p>'), { url: 'https://www.cars.example/vehicle/778812345' });
    // Nothing says what it costs, and none of the others' prices is taken for it.
    expect([bare.kind, bare.listings]).toEqual(['none', []]);
  });
});

describe('JSON-LD whose texts hold quotes that nobody escaped', () => {
  it.each([['he said "nice" car'], ['17", 18" or 19" wheels'], ['"as new", "one owner", never smoked in'], ['a "classic"']])('%s', (text) => {
    const written = JSON.stringify(aCar({ description: 'HERE' })).replace('HERE', text);
    expect(facts(extract(page(ld(written))))).toMatchObject({ price: '19990', currency: 'USD', vin: 'WBA8E5G57GNT12345', description: text });
  });
});
