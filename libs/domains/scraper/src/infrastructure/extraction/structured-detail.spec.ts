import { aCar, extract, facts, html, ld } from './spec-pages';

const page = (...blocks: readonly unknown[]) => html('<title>2018 BMW 320i</title>', `<h1>2018 BMW 320i xDrive</h1>${blocks.map(ld).join('')}`);

describe('a car described in JSON-LD', () => {
  it('is read with all that it says, each field with where it came from', () => {
    const extraction = extract(page(aCar()));
    expect(extraction.kind).toBe('detail');
    expect(facts(extraction)).toMatchObject({ make: 'BMW', model: '320i', year: '2018', mileage: '45123', mileage_unit: 'mi', price: '19990', currency: 'USD', color: 'Black Sapphire', vin: 'WBA8E5G57GNT12345', status: 'instock' });
    expect(extraction.listings[0]?.fields.price).toMatchObject({ from: 'json_ld' });
    expect(extraction.listings[0]?.externalId).toBe('778812345');
  });

  const car = JSON.stringify(aCar());
  it.each([
    ['comments', `/* the car */ ${car.replace('"model"', '// its model\n"model"')}`],
    ['trailing commas', car.replaceAll('}', ',}')],
    ['line breaks and control characters within texts', car.replace('Black Sapphire', 'Black\n\tSapphire\u0001')],
    ['an escaping for HTML', car.replaceAll('"', '&quot;')],
    ['a comment of HTML around it', `<!--\n${car}\n//-->`],
    ['a CDATA section around it', `//<![CDATA[\n${car}\n//]]>`],
    ['an end that is missing', car.slice(0, -2)],
    ['quotes of JavaScript', car.replaceAll('"', "'")],
    ['a byte order mark and a semicolon', `\uFEFF${car};`],
    ['an array around it', `[${car}]`],
    ['a graph around it', JSON.stringify({ '@context': 'https://schema.org', '@graph': [{ '@type': 'WebSite', name: 'x' }, aCar()] })],
    ['a page around it', JSON.stringify({ '@type': 'WebPage', mainEntity: aCar() })],
    ['an offer around it', JSON.stringify({ '@type': 'Offer', price: 19990, priceCurrency: 'USD', itemOffered: aCar({ offers: undefined }) })],
    ['another thing behind it in one script', `${car}\n{"@type":"Organization","name":"Dealer"}`],
    ['full names of types', car.replace('"Car"', '["http://schema.org/Car","http://schema.org/Product"]')],
  ])('survives %s', (_, text) => {
    expect(facts(extract(page(text)))).toMatchObject({ make: 'BMW', model: '320i', price: '19990', vin: 'WBA8E5G57GNT12345' });
  });

  it('is not taken for another that it is similar to', () => {
    const extraction = extract(page(aCar({ isSimilarTo: [aCar({ name: '2016 Audi A4', brand: 'Audi', model: 'A4', vehicleIdentificationNumber: undefined, offers: { price: 14990, priceCurrency: 'USD' } })] })));
    expect(facts(extraction)).toMatchObject({ make: 'BMW', price: '19990' });
  });
});

describe('the price of a car in JSON-LD', () => {
  const priceOf = (offers: unknown) => facts(extract(page(aCar({ offers })))).price;

  it.each([
    ['a number', { price: 19990.5, priceCurrency: 'USD' }, '19990.50'],
    ['a text with thousands', { price: '19,990', priceCurrency: 'USD' }, '19990'],
    ['a text with a currency', { price: '$19,990.00', priceCurrency: 'USD' }, '19990'],
    ['three decimals, which are thousands', { price: '19.990', priceCurrency: 'EUR' }, '19990'],
    ['a specification', { priceSpecification: { '@type': 'UnitPriceSpecification', price: 19990, priceCurrency: 'USD' } }, '19990'],
    ['an aggregate of one', { '@type': 'AggregateOffer', lowPrice: 19990, highPrice: 19990, priceCurrency: 'USD' }, '19990'],
    ['an offer among rates and list prices', [{ price: 19990, priceCurrency: 'USD' }, { priceSpecification: { price: 320, unitText: 'MONTH' } }, { priceSpecification: { price: 24990, priceType: 'https://schema.org/ListPrice' } }], '19990'],
  ])('is read from %s', (_, offers, expected) => expect(priceOf(offers)).toBe(expected));

  it.each([
    ['a span', { '@type': 'AggregateOffer', lowPrice: 17990, highPrice: 21990, priceCurrency: 'USD' }],
    ['nothing', { price: 0, priceCurrency: 'USD' }],
    ['one', { price: 1, priceCurrency: 'EUR' }],
    ['words', { price: 'Call for price', priceCurrency: 'USD' }],
    ['a lease', { price: 299, priceCurrency: 'USD', businessFunction: 'http://purl.org/goodrelations/v1#LeaseOut' }],
    ['a monthly rate', { priceSpecification: { price: 299, priceCurrency: 'USD', unitText: 'MONTH' } }],
    ['two that differ', [{ price: 19990, priceCurrency: 'USD' }, { price: 18990, priceCurrency: 'USD' }]],
  ])('is not found in %s', (_, offers) => expect(priceOf(offers)).toBeUndefined());

  it('is none when two layers with an equal claim name different ones', () => {
    const extraction = extract(html('', `<h1>2018 BMW 320i</h1>${ld(aCar())}<div itemscope itemtype="https://schema.org/Car"><meta itemprop="vehicleIdentificationNumber" content="WBA8E5G57GNT12345"><meta itemprop="name" content="2018 BMW 320i"><div itemprop="offers" itemscope><meta itemprop="price" content="18990"></div></div>`));
    expect(facts(extraction).price).toBeUndefined();
    expect(extraction.reasons).toContain('price:conflict');
  });

  it('is surer when the page shows it, too, and less sure when the page shows another', () => {
    const shown = (amount: string) => extract(html('', `<h1>2018 BMW 320i</h1>${ld(aCar())}<p class="vehicle-price">$${amount}</p>`)).listings[0]?.fields.price;
    expect(shown('19,990')?.confidence).toBeGreaterThan(0.95);
    expect(shown('23,500')).toMatchObject({ value: '19990' });
    expect(shown('23,500')?.confidence).toBeLessThan(0.85);
  });
});

describe('a car described in microdata', () => {
  const body = `<h1>VW Golf 1.5 TSI</h1><div itemscope itemtype="http://schema.org/Car" itemref="more">
    <span itemprop="name">VW Golf 1.5 TSI</span><span itemprop="brand" itemscope itemtype="http://schema.org/Brand"><span itemprop="name">VW</span></span>
    <span itemprop="model">Golf</span><time itemprop="dateVehicleFirstRegistered" datetime="2019-05">05/2019</time>
    <span itemprop="mileageFromOdometer" itemscope><span itemprop="value">48.200</span><meta itemprop="unitCode" content="KMT"></span>
    <div itemprop="offers" itemscope itemtype="http://schema.org/Offer"><meta itemprop="priceCurrency" content="EUR"><span itemprop="price" content="15990">15.990 €</span></div>
    <p itemprop="isSimilarTo" itemscope itemtype="http://schema.org/Car"><span itemprop="name">Opel Astra</span></p></div>
    <p id="more"><span itemprop="fuelType">Benzin</span></p>`;
  it('is read, also what stands elsewhere and is referred to', () => {
    expect(facts(extract(html('', body, 'de')))).toMatchObject({ make: 'VW', model: 'Golf', mileage: '48.200', mileage_unit: 'km', price: '15990', currency: 'EUR', fuel: 'Benzin', first_registration: '2019-05' });
  });
  it('ends although an item refers to itself', () => {
    expect(extract(html('', '<div id="a" itemscope itemref="a b" itemtype="https://schema.org/Car"></div><div id="b" itemscope itemprop="x" itemref="a"></div>')).kind).toBe('none');
  });
});

it('a car described in RDFa is read, with a vocabulary or with prefixes', () => {
  const body = (p: string) => `<h1>Opel Astra</h1><div vocab="https://schema.org/" prefix="s: https://schema.org/" typeof="${p}Car"><span property="${p}name">Opel Astra 1.4 Turbo</span><span property="${p}brand">Opel</span><span property="${p}model">Astra</span>
    <div property="${p}mileageFromOdometer" typeof="${p}QuantitativeValue"><span property="${p}value">61000</span><meta property="${p}unitCode" content="KMT"></div>
    <div property="${p}offers" typeof="${p}Offer"><span property="${p}price" content="9990.00">9.990 €</span><meta property="${p}priceCurrency" content="EUR"></div></div>`;
  for (const prefix of ['', 's:']) {
    expect(facts(extract(html('', body(prefix), 'de')))).toMatchObject({ make: 'Opel', model: 'Astra', mileage: '61000', mileage_unit: 'km', price: '9990', currency: 'EUR' });
  }
});

it('what is no vehicle is no listing', () => {
  expect(extract(html('<title>Espresso machine</title>', `<h1>Espresso machine</h1>${ld({ '@type': 'Product', name: 'Espresso machine', offers: { price: 199, priceCurrency: 'EUR' } })}`)).kind).toBe('none');
  expect(extract(html('<title>About us</title>', `<h1>About us</h1>${ld({ '@type': 'Organization', name: 'Dealer' })}<p>We sell cars from $1,000.</p>`)).kind).toBe('none');
});

it('a car that is only called by its name, in an offer of its owner, has its make from there', () => {
  const offer = { '@type': 'Person', makesOffer: { '@type': 'Offer', priceSpecification: { '@type': 'UnitPriceSpecification', priceCurrency: 'USD', price: '18000' }, itemOffered: { '@type': 'Car', name: '2009 Volkswagen Golf V GTI', color: 'Black' } } };
  expect(facts(extract(html('', ld(offer))))).toMatchObject({ make: 'Volkswagen', model: 'Golf', year: '2009', price: '18000', currency: 'USD', color: 'Black' });
});
