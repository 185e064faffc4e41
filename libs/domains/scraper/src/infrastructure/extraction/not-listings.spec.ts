import { extract, facts, html, ld, nextData } from './spec-pages';

const banner = '<aside class="cmp-banner"><p>Wir und unsere Partner nutzen Cookies. Mit „Alle akzeptieren“ stimmen Sie personalisierter Werbung zu. Datenschutz.</p><button>Alle akzeptieren</button></aside>';
const frame = '<header><a href="/">Börse</a><nav><a href="/suche">Suchen</a><a href="/leasing">Leasing ab 99 € mtl.</a></nav></header>';

describe('a page that says little under a banner about cookies', () => {
  it('is an empty list when it says so', () => {
    const page = html('<title>Gebrauchtwagen kaufen</title>', `${frame}<main><h1>0 Angebote</h1><p>Keine Treffer für diese Suche.</p></main>${banner}`, 'de');
    expect(extract(page, { url: 'https://www.boerse.example/suche?seite=9' })).toMatchObject({ kind: 'search', listings: [], reasons: expect.arrayContaining(['no_results']) });
  });

  it('is none when it only shows its form', () => {
    const page = html('<title>1 Gebrauchtwagen</title>', `${frame}<main><h1>1 Angebote</h1><div>Anzeige: Jetzt leasen ab 149 € im Monat</div></main>${banner}`, 'de');
    expect(extract(page)).toMatchObject({ kind: 'none', listings: [] });
  });

  it('is none with its reason when the car is gone', () => {
    const page = html('<title>Not available</title>', `<header>cars</header><main><h1>This vehicle is no longer available</h1></main>${banner}<footer>We value your privacy. Cookies, consent, partners.</footer>`);
    expect(extract(page, { status: 200 })).toMatchObject({ kind: 'none', reasons: expect.arrayContaining(['gone:removed']) });
  });

  it('is a wall when there is nothing but the question', () => {
    expect(extract(html('<title>Ihre Privatsphäre</title>', `${frame}${banner}`, 'de'))).toMatchObject({ kind: 'consent', listings: [] });
  });
});

it('a page that says in its head that its car is gone is no list of the ones it shows instead', () => {
  const teaser = (id: number) => `<div><a href="/fahrzeug/skoda-octavia-${id}"><h3>Škoda Octavia 1.6 TDI</h3></a><p>61.016 km</p><p class="preis">24.490 €</p></div>`;
  const page = html('<title>Fahrzeug nicht gefunden</title>', `<h1>Diese Seite gibt es nicht</h1>${[371001, 371002, 371003].map(teaser).join('')}`, 'de');
  expect(extract(page, { url: 'https://www.haus.example/fahrzeug/bmw-1' })).toMatchObject({ kind: 'none', listings: [], reasons: ['gone:removed'] });
});

describe('what is sold with the same markup and is no car', () => {
  const product = (name: string, more: object = {}) => html(`<title>${name}</title>`, `<h1>${name}</h1>${ld({ '@type': 'Product', name, offers: { '@type': 'Offer', price: '89.95', priceCurrency: 'USD' }, ...more })}`);
  it.each([
    'Front Bumper Cover For 2012 Honda Civic Coupe',
    'Ford Mustang 2005-2009 Headlight Assembly Right',
    'Winterreifen 205/55 R16 für VW Golf',
    'Renault muffler 7422495990 for Renault truck',
    'Apple iPad Mini 2021 64 GB',
    'Single Family Home in Fremont',
    'Dell Optiplex 7020',
  ])('%s', (name) => expect(extract(product(name))).toMatchObject({ kind: 'none', listings: [] }));

  it('a car that has good parts is still a car', () => {
    const car = product('2012 Honda Civic EX with new tires and floor mats', { '@type': 'Car', mileageFromOdometer: { value: 90_000, unitCode: 'SMI' } });
    expect(extract(car)).toMatchObject({ kind: 'detail' });
  });

  it('a list keeps the cars and says that it left something out', () => {
    const ad = (id: number, title: string, price: number) => ({ id, title, price, url: `/d/oferta/${id}.html`, currency: 'EUR', city: 'Cluj' });
    const extraction = extract(html('<title>oferte</title>', nextData({ items: [ad(300_001, 'Suzuki Swace 1.8 Hybrid', 13_800), ad(300_002, 'Dacia Logan 2014', 4_200), ad(300_003, 'Winterreifen für Dacia Logan', 80)] })), { url: 'https://www.olx.example/auto' });
    expect(extraction.listings.map(({ externalId }) => externalId)).toEqual(['300001', '300002']);
    expect(extraction.reasons).toContain('others_left_out');
  });

  it('a review of a model', () => {
    const page = html('<title>2024 Honda Accord Review, Pricing and Specs</title>', `<h1>2024 Honda Accord Review, Pricing and Specs</h1><p class="price">Starting at $29,045</p><dl><dt>Engine</dt><dd>1.5L turbo</dd><dt>Transmission</dt><dd>CVT</dd><dt>Fuel type</dt><dd>Gasoline</dd><dt>Body style</dt><dd>Sedan</dd></dl>`);
    expect(extract(page, { url: 'https://www.cars.example/honda/accord' })).toMatchObject({ kind: 'none', listings: [] });
  });
});

it('results of which there is one are a list', () => {
  const page = html('<title>Ford Contour for Sale in Washington, DC</title><link rel="canonical" href="https://www.cars.example/all/ford/contour/washington-dc">', `<h1>Ford Contour for Sale in Washington, DC</h1>${ld({ '@type': 'Car', name: 'Used 2000 Ford Contour SE', brand: 'Ford', model: 'Contour', vehicleModelDate: '2000', mileageFromOdometer: { value: '54,396', unitCode: 'SMI' }, offers: { '@type': 'Offer', price: 2995, priceCurrency: 'USD', url: 'https://www.cars.example/vehicledetails?listingId=564900113' } })}`);
  const extraction = extract(page, { url: null });
  expect(extraction.kind).toBe('search');
  expect(extraction.listings.map(({ url }) => url)).toEqual(['https://www.cars.example/vehicledetails?listingId=564900113']);
});

describe('money by its neighbours', () => {
  const priced = (body: string) => html('<title>2016 Ford Fiesta</title>', `<h1>2016 Ford Fiesta Zetec</h1>${body}<dl><dt>Mileage</dt><dd>64,210 miles</dd><dt>Fuel type</dt><dd>Petrol</dd><dt>Gearbox</dt><dd>Manual</dd><dt>Doors</dt><dd>5</dd></dl>`, 'en-GB');
  const at = { url: 'https://www.autos.example.co.uk/p/1480000001' };

  it.each([
    ['a wrapper', '<div class="e-price-container e-inner-wrapper"><span class="price font-bold">£5,495</span></div>'],
    ['a button to save the car', '<div><span class="price">£5,495</span><button>Save</button><span>Finance available</span></div>'],
    ['a badge about delivery', '<div><span class="price">£5,495</span><span>Free delivery</span></div>'],
    ['the price of before', '<div><span class="price">£5,495</span><span class="old-price">£6,295</span></div>'],
    ['an amount in another money', '<div><span class="x-price-primary">£5,495</span><span class="x-price-approx">US $6,950.00</span></div>'],
  ])('is the price beside %s', (_, body) => expect(facts(extract(priced(body), at)).price).toBe('5495'));

  it.each([
    ['a rate', '<div class="finance-price"><span class="price">£112.40</span> per month</div>'],
    ['a deposit', '<div><span>Deposit</span><span class="price">£500</span></div>'],
    ['what it was', '<div class="was"><span class="price">£6,295</span></div>'],
    ['the fees', '<div><span>Admin fee</span><span class="price">£199</span></div>'],
  ])('is none when there is only %s', (_, body) => expect(facts(extract(priced(body), at)).price).toBeUndefined());
});

it('words that only a style sheet parts are words', () => {
  const page = html('<title>x</title>', '<h1><span>BMW</span><span>320d</span><span>xDrive Touring</span></h1><p class="price"><span>€</span><span>18.990</span></p><dl><dt>Kilometerstand</dt><dd>85.000 km</dd><dt>Erstzulassung</dt><dd>03/2017</dd><dt>Getriebe</dt><dd>Automatik</dd><dt>Kraftstoff</dt><dd>Diesel</dd></dl>', 'de');
  expect(facts(extract(page, { url: null }))).toMatchObject({ make: 'BMW', title: 'BMW 320d xDrive Touring', price: '18990' });
  expect(facts(extract(html('<title>x</title>', '<h1>Audi A4 2.0 TDI 1<b>8</b>0 PS e-tr<i>o</i>n</h1><dl><dt>Mileage</dt><dd>9,000 mi</dd><dt>Fuel</dt><dd>Diesel</dd><dt>Gearbox</dt><dd>Manual</dd><dt>Doors</dt><dd>5</dd></dl>'))).title).toBe('Audi A4 2.0 TDI 180 PS e-tron');
});

describe('an answer in JSON that names no car', () => {
  it.each([
    [{ errors: [{ errorId: 11_001, domain: 'API_BROWSE', message: 'The specified item Id was not found.' }] }, 'gone:removed'],
    [{ error: 'LISTING_NOT_FOUND' }, 'gone:removed'],
    [{ message: 'Dieses Fahrzeug wurde verkauft' }, 'gone:removed'],
    [{ error: 'Resource not found' }, 'no_listing'],
    [{ data: { results: [] } }, 'no_listing'],
  ])('%j', (document, reason) => expect(extract(JSON.stringify(document), { contentType: 'application/json' })).toMatchObject({ kind: 'none', listings: [], reasons: [reason] }));
});
