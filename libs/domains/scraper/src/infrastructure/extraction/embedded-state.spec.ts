import { extract, facts, html, nextData } from './spec-pages';

const golf = { make: 'VW', model: 'Golf', mileageInKm: '48.200 km', transmission: 'Schaltgetriebe', fuel: 'Benzin' };
const vin = 'WVWZZZAUZJW123456';

describe('a page that carries its car in a script', () => {
  it('names it in a map of the inventory, with similar ones beside it', () => {
    const listing = (id: number, title: string, salePrice: number) => ({ id, title, year: 2019, make: { code: 'HONDA', name: 'Honda' }, model: { code: 'CIVIC', name: title.split(' ')[2] }, trim: { name: 'EX' }, mileage: { label: 'mi', value: '41,220' }, pricingDetail: { salePrice, msrp: 31_000, estimatedMonthlyPayment: 311 }, color: { exteriorColor: 'Red', interiorColor: 'Black' } });
    const page = html('<title>2019 Honda Civic EX for Sale in Austin, TX</title>', nextData({ __eggsState: { inventory: { 700100200: listing(700100200, '2019 Honda Civic EX', 18_450), 700100300: listing(700100300, '2019 Honda Accord EX', 23_900) } } }));
    expect(facts(extract(page, { url: 'https://www.autotrader.com/cars-for-sale/vehicle/700100200' }))).toMatchObject({ make: 'Honda', model: 'Civic', year: '2019', mileage: '41,220', mileage_unit: 'mi', price: '18450', currency: 'USD', color: 'Red', interior_color: 'Black' });
  });

  it('repeats it for its statistics, with codes instead of words', () => {
    const page = html('<title>VW Golf</title>', `<h1>VW Golf</h1>${nextData({
      listingDetails: {
        id: '37d4ccc4-6999-48ef-a92a-2c37232f177d',
        vehicle: { ...golf, makeId: 74, rawData: { classification: { model: { raw: 2084, formatted: 'Golf' } }, fuels: { primary: { type: { raw: 2, formatted: 'Super 95' } } } } },
        prices: { public: { price: '€ 15.990', priceRaw: 15_990, netPrice: '€ 13.437', netPriceRaw: 13_437 }, dealer: { priceRaw: 15_990 } },
        price: { priceFormatted: '€ 15.990', suggestedRetailPrice: '€ 28.490' },
        leasing: { monthlyRate: 189 },
        location: { countryCode: 'DE', zip: '80331', city: 'München' },
        trackingParams: { classified_price: 15_000, make: 'volkswagen' },
      },
      recommendations: [{ id: 'x', vehicle: { make: 'Opel', model: 'Astra', mileageInKm: '10 km' }, price: { priceFormatted: '€ 9.990' } }],
    })}`, 'de-DE');
    expect(facts(extract(page, { url: 'https://www.autoscout24.de/angebote/vw-golf-37d4ccc4-6999-48ef-a92a-2c37232f177d' }))).toMatchObject({ make: 'VW', model: 'Golf', mileage: '48.200 km', price: '15990', currency: 'EUR', fuel: 'Benzin', city: 'München', postal_code: '80331', country: 'DE' });
  });

  const car = { vin, make: 'VW', model: 'Golf', year: 2018, odometer: { value: 48_200, unit: 'KM' }, price: { amount: 15_990, currency: 'EUR' } };
  const text = JSON.stringify({ page: { listing: car } });
  it.each([
    ['a variable', `window.__INITIAL_STATE__ = ${text};`],
    ['a variable in JavaScript', `var state = ${text.replace(/"(\w+)":/gu, '$1:').replaceAll('"', "'")}, other = 1; start(state);`],
    ['a text that is parsed', `window.__STATE__ = JSON.parse(${JSON.stringify(text)});`],
    ['a text that is escaped for an address', `window.__STATE__ = JSON.parse(decodeURIComponent("${encodeURIComponent(text)}"));`],
    ['a call with its arguments put in', `window.__NUXT__=(function(a,b){return {data:[{listing:{vin:a,make:"VW",model:b,year:2018,odometer:{value:48200,unit:"KM"},price:{amount:15990,currency:"EUR"}}}]}}("${vin}","Golf"));`],
    ['flight data in pieces', `self.__next_f.push([1,${JSON.stringify(`5:["$","div",null,${text.slice(0, 40)}`)}]);self.__next_f.push([1,${JSON.stringify(`${text.slice(40)}]\n`)}])`],
    ['a statement after others', `(function(){var a={};a.b=1;})();\nwindow.a = function(){ return {x: 1} };\nwindow.PRELOADED = ${text}`],
  ])('gives it as %s', (_, script) => {
    const extraction = extract(html('<title>VW Golf</title>', `<h1>VW Golf</h1><script>${script}</script>`, 'de'));
    expect(facts(extraction)).toMatchObject({ make: 'VW', model: 'Golf', year: '2018', mileage: '48200', mileage_unit: 'km', price: '15990', currency: 'EUR', vin });
    expect(extraction.listings[0]?.fields.price?.from).toBe('embedded_state');
  });

  it('gives it in an attribute, in a normalised cache and in a flat list of indices', () => {
    const attribute = `<div data-listing='${JSON.stringify(car)}'></div>`;
    const apollo = `<script>window.__APOLLO_STATE__=${JSON.stringify({ 'Listing:1': { ...car, price: { __ref: 'Price:1' } }, 'Price:1': { amount: 15_990, currency: 'EUR' } })}</script>`;
    const devalue = `<script id="__NUXT_DATA__" type="application/json">${JSON.stringify([['Reactive', 1], { listing: 2 }, { vin: 3, make: 4, model: 5, year: 6, price: 7, currency: 8, mileage: 9 }, vin, 'VW', 'Golf', 2018, 15_990, 'EUR', 48_200])}</script>`;
    for (const body of [attribute, apollo, devalue]) {
      expect(facts(extract(html('<title>VW Golf</title>', `<h1>VW Golf</h1>${body}`, 'de')))).toMatchObject({ make: 'VW', model: 'Golf', price: '15990', currency: 'EUR', vin });
    }
  });
});

describe('an answer of an API', () => {
  const url = 'https://api.cars.example/v1/answer.json';
  const ask = (value: unknown) => extract(JSON.stringify(value), { url, contentType: 'application/json' });

  it('is a lot of an auction: what is bid is no price', () => {
    const lot = { lotNumberStr: '55512345', ln: 55_512_345, mkn: 'TOYOTA', lmg: 'CAMRY', lm: 'CAMRY', lcy: 2017, fv: '4T1BF1FK6HU123456', orr: 83_447, ord: 'ACTUAL', la: 14_873, dd: 'FRONT END', sdd: 'SIDE', tgd: 'SALVAGE', hk: 'YES', bnp: 9_400, cuc: 'USD', clr: 'SILVER', ft: 'GAS', locCity: 'Houston', locState: 'TX', dynamicLotDetails: { currentBid: 1_250 } };
    const extraction = ask({ returnCode: 1, data: { lotDetails: lot } });
    expect(extraction.kind).toBe('detail');
    const found = facts(extraction);
    expect(found).toMatchObject({ make: 'TOYOTA', model: 'CAMRY', year: '2017', mileage: '83447', mileage_unit: 'mi', current_bid: '1250', buy_now_price: '9400', estimated_value: '14873', damage: 'FRONT END', secondary_damage: 'SIDE', title_status: 'SALVAGE', keys: 'YES', lot_number: '55512345', city: 'Houston', region: 'TX' });
    expect(found.price).toBeUndefined();
  });

  it('is a list with aspects by name', () => {
    const item = (id: string, value: string) => ({ itemId: `v1|${id}|0`, title: '2015 Ford Focus Titanium', itemWebUrl: `https://www.ebay.example/itm/${id}`, price: { value, currency: 'GBP' }, localizedAspects: [{ type: 'STRING', name: 'Manufacturer', value: 'Ford' }, { name: 'Model', value: 'Focus' }, { name: 'Mileage', value: '61,000' }, { name: 'Fuel', value: 'Petrol' }] });
    const extraction = ask({ total: 2, itemSummaries: [item('1100001', '5495.00'), item('1100002', '5995.00')], next: `${url}?offset=2` });
    expect(extraction.kind).toBe('search');
    expect(extraction.listings.map(({ fields }) => [fields.make?.value, fields.model?.value, fields.mileage?.value, fields.price?.value, fields.currency?.value])).toEqual([['Ford', 'Focus', '61,000', '5495', 'GBP'], ['Ford', 'Focus', '61,000', '5995', 'GBP']]);
    expect(extraction.links.next).toBe(`${url}?offset=2`);
  });

  it('is a connection of a graph', () => {
    const node = (id: string, amount: string) => ({ node: { listing: { id, marketplace_listing_title: '2012 Honda Civic EX', listing_price: { amount, currency: 'USD', formatted_amount: `$${amount}` }, location: { reverse_geocode: { city: 'Austin', state: 'TX' } }, custom_sub_titles_with_rendering_flags: [{ subtitle: '98K miles' }], is_sold: false } } });
    const extraction = ask({ data: { marketplace_search: { feed_units: { edges: [node('9001', '6500'), node('9002', '7200')], page_info: { end_cursor: 'abc' } } } } });
    expect(extraction.kind).toBe('search');
    expect(extraction.listings.map(({ externalId, fields }) => [externalId, fields.make?.value, fields.year?.value, fields.price?.value, fields.city?.value])).toEqual([['9001', 'Honda', '2012', '6500', 'Austin'], ['9002', 'Honda', '2012', '7200', 'Austin']]);
  });

  it('has several amounts of which one is the price', () => {
    expect(facts(ask({ listing: { id: 7_001_234, makeName: 'Ford', modelName: 'Focus', carYear: 2015, mileage: 61_000, price: 5_495, expectedPrice: 6_100, priceDropAmount: 300, monthlyPayment: 109, msrp: 21_000, averageMarketPrice: 5_800, previousPrice: 5_795, tradeInPrice: 4_000 } })).price).toBe('5495');
    expect(facts(ask({ listing: { id: 7_001_234, makeName: 'Ford', modelName: 'Focus', carYear: 2015, mileage: 61_000, price: 5_495, salePrice: 4_995 } })).price).toBeUndefined();
    expect(facts(ask({ listing: { id: 7_001_234, makeName: 'Ford', modelName: 'Focus', carYear: 2015, mileage: 61_000, vin, price: { monthly: 99, deposit: 500 } } })).price).toBeUndefined();
  });

  it.each([
    ['a refusal', { error: { code: 403, message: 'Access denied: automated traffic' } }, 'block'],
    ['a challenge', { appId: 'PX1', jsClientSrc: '/x.js', blockScript: '/captcha.js' }, 'block'],
    ['filters', { facets: [{ make: 'BMW', model: '3 Series', count: 12, price: 100, mileage: 5 }] }, 'none'],
    ['somebody else’s data', { users: [{ id: 1, name: 'x' }] }, 'none'],
  ])('is %s', (_, value, kind) => expect(ask(value).kind).toBe(kind));
});
