import { extract, html, ld, nextData } from './spec-pages';
import { type Extraction } from './types';

const url = 'https://www.cars.example/search?page=1';
const brief = (extraction: Extraction) => extraction.listings.map(({ externalId, url: own, fields }) => [externalId, own?.replace('https://www.cars.example', ''), fields.make?.value, fields.model?.value, fields.price?.value, fields.mileage?.value]);

const card = (id: number, title: string, price: string, mileage: string, more = '') =>
  `<article class="result"><a href="/vehicle/${id}?ref=list"><img src="/img/${id}.jpg" alt=""></a><h2><a href="/vehicle/${id}">${title}</a></h2><div class="price-box">${price}</div><ul><li>${mileage}</li><li>Automatic</li></ul><p>Austin, TX (12 mi away)</p>${more}</article>`;
const cards = [card(7001001, '2018 BMW 320i xDrive', '<span class="price">$19,990</span>', '45,123 mi'), card(7001002, '2019 Honda Civic EX', '<span class="price">$18,450</span>', '41,220 mi'), card(7001003, '2016 Ford Focus SE', '<span class="price">Call for price</span>', '88,000 mi')];

describe('a list of cars', () => {
  it('is read card by card, with each car’s own page and facts', () => {
    const extraction = extract(html('<title>Used cars for sale near Austin</title>', `<h1>1,234 cars</h1><main>${cards.join('')}</main><a rel="next" href="/search?page=2">Next</a>`), { url });
    expect(extraction.kind).toBe('search');
    expect(brief(extraction)).toEqual([
      ['7001001', '/vehicle/7001001?ref=list', 'BMW', expect.any(String), '19990', '45,123 mi'],
      ['7001002', '/vehicle/7001002?ref=list', 'Honda', 'Civic', '18450', '41,220 mi'],
      ['7001003', '/vehicle/7001003?ref=list', 'Ford', 'Focus', undefined, '88,000 mi'],
    ]);
    expect(extraction.listings.map(({ fields }) => [fields.year?.value, fields.city?.value, fields.region?.value, fields.gearbox?.value])).toEqual([['2018', 'Austin', 'TX', 'Automatic'], ['2019', 'Austin', 'TX', 'Automatic'], ['2016', 'Austin', 'TX', 'Automatic']]);
    expect(extraction.links).toMatchObject({ next: 'https://www.cars.example/search?page=2' });
    expect(extraction.links.details[0]).toBe('https://www.cars.example/vehicle/7001001?ref=list');
  });

  it('does not mix rates and old prices into a card, nor one card into the next', () => {
    const messy = [card(7001001, '2018 BMW 320i', '<del class="price">$21,500</del><span class="price">$19,990</span><span class="monthly-price">$350/mo</span>', '45,123 mi'), card(7001002, '2019 Honda Civic', '', '41,220 mi'), card(7001003, '2016 Ford Focus', '<b class="price">$9,990</b><b class="price">$8,990</b>', '88,000 mi')];
    expect(brief(extract(html('', messy.join('')), { url })).map((each) => each[4])).toEqual(['19990', undefined, undefined]);
  });

  it('takes a mark that leads to the small print for no digit, and what was asked before for no price', () => {
    const marked = [1, 2, 3].map((n) => card(7_001_000 + n, `201${n} BMW 320i`, `<div class="ListPrice_wrapper"><span class="CurrentPrice">€ ${n}4.850<sup>1</sup></span><div class="PreviousPrice"><span class="PreviousPrice_price">€ ${n}6.450,-</span></div></div>`, '45.123 km'));
    expect(brief(extract(html('', marked.join(''), 'de-DE'), { url })).map((each) => each[4])).toEqual(['14850', '24850', '34850']);
  });

  it('is read from cards that carry JSON, microdata or the head of a table', () => {
    const json = [1, 2, 3].map((n) => `<div class="card" data-vehicle-details='${JSON.stringify({ listingId: `70010${n}0`, make: 'BMW', model: `X${n}`, year: 2018, price: `${n}9990`, mileage: `${n}5000`, vin: null })}'><a href="/vehicle/70010${n}0/">BMW X${n}</a><span class="price">$${n}9,990</span></div>`).join('');
    expect(brief(extract(html('', json), { url }))).toEqual([1, 2, 3].map((n) => [`70010${n}0`, `/vehicle/70010${n}0/`, 'BMW', `X${n}`, `${n}9990`, `${n}5000`]));
    const micro = [1, 2].map((n) => `<li itemscope itemtype="https://schema.org/Car"><a itemprop="url" href="/vehicle/70010${n}0"><span itemprop="name">BMW X${n}</span></a><meta itemprop="brand" content="BMW"><meta itemprop="model" content="X${n}"><span itemprop="offers" itemscope><span itemprop="price" content="${n}9990">€</span></span></li>`).join('');
    expect(brief(extract(html('', `<ul>${micro}</ul>`), { url }))).toEqual([1, 2].map((n) => [`70010${n}0`, `/vehicle/70010${n}0`, 'BMW', `X${n}`, `${n}9990`, undefined]));
    const table = `<table><thead><tr><th>Vehicle</th><th>Odometer</th><th>Price</th></tr></thead><tbody>${[1, 2].map((n) => `<tr><td><a href="/vehicle/70010${n}0">2018 BMW X${n}</a></td><td>${n}5,000 mi</td><td>$${n}9,990</td></tr>`).join('')}</tbody></table>`;
    expect(brief(extract(html('', table), { url })).map((each) => [each[0], each[4], each[5]])).toEqual([1, 2].map((n) => [`70010${n}0`, `${n}9990`, `${n}5,000 mi`]));
  });

  it('of an auction names bids, not prices', () => {
    const rows = [1, 2].map((n) => `<tr><td><a href="/VehicleDetail/70010${n}0~US">2018 BMW X${n}</a></td><td>${n}5,000 mi (Actual)</td><td><a href="/VehicleDetail/70010${n}0~US">Bid $1,${n}00</a> <a href="/VehicleDetail/70010${n}0~US">Buy Now $9,${n}00</a></td></tr>`).join('');
    const extraction = extract(html('', `<table>${rows}</table>`), { url });
    expect(extraction.listings.map(({ fields }) => [fields.price?.value, fields.current_bid?.value, fields.buy_now_price?.value])).toEqual([[undefined, '1100', '9100'], [undefined, '1200', '9200']]);
  });

  const item = (n: number) => ({ '@type': 'Car', name: `BMW X${n}`, brand: 'BMW', model: `X${n}`, url: `/vehicle/700100${n}`, mileageFromOdometer: `${n}5000`, offers: { price: n * 10_000, priceCurrency: 'USD' } });
  it.each([
    ['an ItemList', ld({ '@type': 'ItemList', itemListElement: [1, 2, 3].map((n) => ({ '@type': 'ListItem', position: n, item: item(n) })) })],
    ['an array of cars', ld([1, 2, 3].map(item))],
    ['a page of results', ld({ '@type': 'SearchResultsPage', mainEntity: { '@type': 'ItemList', itemListElement: [1, 2, 3].map(item) } })],
    ['a state', nextData({ results: { listings: [1, 2, 3].map((n) => ({ id: `700100${n}`, make: 'BMW', model: `X${n}`, url: `/vehicle/700100${n}`, mileage: `${n}5000`, price: n * 10_000 })) }, filters: { makes: [{ make: 'BMW', count: 3 }] } })],
  ])('is read from %s', (_, head) => {
    const extraction = extract(html('<title>Used BMW for sale</title>', `<h1>Used BMW</h1>${head}`), { url });
    expect(extraction.kind).toBe('search');
    expect(brief(extraction)).toEqual([1, 2, 3].map((n) => [`700100${n}`, `/vehicle/700100${n}`, 'BMW', `X${n}`, `${n}0000`, `${n}5000`]));
  });

  it('fills what its cards show and its data leaves out, car by car', () => {
    const list = ld({ '@type': 'ItemList', itemListElement: [1, 2].map((n) => ({ '@type': 'ListItem', url: `/vehicle/700100${n}`, item: { ...item(n), mileageFromOdometer: undefined } })) });
    const shown = [1, 2].map((n) => `<div><a href="/vehicle/700100${n}">BMW X${n}</a><span>${n}5,000 mi</span></div>`).join('');
    expect(brief(extract(html('', list + shown), { url })).map((each) => each[5])).toEqual(['15,000 mi', '25,000 mi']);
  });
});

describe('one car or many', () => {
  const main = ld({ '@type': 'Car', name: '2018 BMW 320i', brand: 'BMW', model: '320i', vehicleModelDate: '2018', mileageFromOdometer: '45123', offers: { price: 19_990, priceCurrency: 'USD' } });
  it('a car’s page with similar cars is one car', () => {
    const page = html('<title>2018 BMW 320i</title>', `<h1>2018 BMW 320i</h1>${main}<section class="similar-cars">${cards.join('')}</section>`);
    expect(extract(page)).toMatchObject({ kind: 'detail', listings: [{ fields: { price: { value: '19990' } } }] });
    const unmarked = html('<title>2018 BMW 320i</title>', `<h1>2018 BMW 320i</h1>${main}<h2>You may like</h2>${cards.join('')}`);
    expect(extract(unmarked)).toMatchObject({ kind: 'detail', listings: [{ fields: { price: { value: '19990' } } }] });
  });

  it('a list with a model’s span of prices is a list', () => {
    const model = ld({ '@type': 'Product', name: 'BMW 3 Series', brand: 'BMW', offers: { '@type': 'AggregateOffer', lowPrice: 8_990, highPrice: 59_990, priceCurrency: 'USD', offerCount: 1_234 } });
    expect(extract(html('<title>Used BMW 3 Series for sale</title>', `<h1>Used BMW 3 Series for sale</h1>${model}${cards.join('')}`), { url }).kind).toBe('search');
  });

  it('what the caller fetched decides where the page does not', () => {
    const page = html('<title>Cars</title>', cards.join(''));
    expect(extract(page, { url, hints: { kind: 'search' } }).listings).toHaveLength(3);
    expect(extract(html('<title>Cars</title>', '<p>Nothing found.</p>'), { url, hints: { kind: 'search' } })).toMatchObject({ listings: [] });
  });
});
