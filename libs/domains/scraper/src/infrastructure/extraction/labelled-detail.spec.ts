import { extract, facts, html } from './spec-pages';

const rows = (pairs: readonly (readonly [string, string])[], write: (label: string, value: string) => string) => pairs.map(([label, value]) => write(label, value)).join('\n');
const german = [['Marke', 'Volkswagen'], ['Modell', 'Golf'], ['Erstzulassung', '05/2018'], ['Kilometerstand', '48.200 km'], ['Kraftstoffart', 'Benzin'], ['Getriebe', 'Schaltgetriebe'], ['Außenfarbe', 'Blau Metallic'], ['Kaufpreis', '15.990 €']] as const;
const expected = { make: 'Volkswagen', model: 'Golf', first_registration: '05/2018', mileage: '48.200 km', fuel: 'Benzin', gearbox: 'Schaltgetriebe', color: 'Blau Metallic', price: '15990', currency: 'EUR' };

describe('facts with labels', () => {
  it.each([
    ['a definition list', (label: string, value: string) => `<dt>${label}</dt><dd>${value}</dd>`, 'dl'],
    ['a definition list in boxes', (label: string, value: string) => `<div><dt><span>${label}:</span></dt><dd><b>${value}</b></dd></div>`, 'dl'],
    ['a table', (label: string, value: string) => `<tr><th>${label}</th><td>${value}</td></tr>`, 'table'],
    ['a table without end tags', (label: string, value: string) => `<tr><td>${label}:<td>${value}`, 'table'],
    ['items of a list', (label: string, value: string) => `<li><span class="l">${label}</span><span class="v">${value}</span></li>`, 'ul'],
    ['items with a bold label', (label: string, value: string) => `<li><b>${label}:</b> ${value}</li>`, 'ul'],
    ['lines of text', (label: string, value: string) => `<p>${label}: ${value}</p>`, 'div'],
    ['boxes in boxes', (label: string, value: string) => `<div class="row"><div><div class="k">${label}</div></div><div class="v"><svg></svg>${value}</div></div>`, 'div'],
  ])('are read from %s', (_, write, around) => {
    expect(facts(extract(html('<title>Volkswagen Golf</title>', `<h1>Volkswagen Golf</h1><${around}>${rows(german, write)}</${around}>`, 'de')))).toMatchObject(expected);
  });

  it.each([
    ['en-GB', 'Ford Focus', [['Make', 'Ford'], ['Mileage', '61,000 miles'], ['Fuel type', 'Petrol'], ['Gearbox', 'Manual'], ['Body type', 'Hatchback']], { mileage: '61,000 miles', fuel: 'Petrol', gearbox: 'Manual', body: 'Hatchback' }],
    ['fr', 'Renault Clio', [['Marque', 'Renault'], ['Kilométrage', '52 300 km'], ['Carburant', 'Essence'], ['Boîte de vitesses', 'Manuelle'], ['Année', '2017']], { mileage: '52 300 km', fuel: 'Essence', gearbox: 'Manuelle', year: '2017' }],
    ['it', 'Fiat 500', [['Marca', 'Fiat'], ['Chilometraggio', '33.000 km'], ['Alimentazione', 'Benzina'], ['Cambio', 'Manuale']], { mileage: '33.000 km', fuel: 'Benzina', gearbox: 'Manuale' }],
    ['es', 'Seat Ibiza', [['Marca', 'Seat'], ['Kilómetros', '89.000 km'], ['Combustible', 'Gasolina'], ['Año', '2016']], { mileage: '89.000 km', fuel: 'Gasolina', year: '2016' }],
    ['nl', 'Opel Astra', [['Merk', 'Opel'], ['Tellerstand', '61.000 km'], ['Brandstof', 'Benzine'], ['Bouwjaar', '2015']], { mileage: '61.000 km', fuel: 'Benzine', year: '2015' }],
    ['pl', 'Skoda Octavia', [['Marka pojazdu', 'Skoda'], ['Przebieg', '120 000 km'], ['Rodzaj paliwa', 'Diesel'], ['Rok produkcji', '2014']], { mileage: '120 000 km', fuel: 'Diesel', year: '2014' }],
  ] as const)('are read in %s', (lang, title, pairs, found) => {
    expect(facts(extract(html(`<title>${title}</title>`, `<h1>${title}</h1><dl>${rows(pairs, (label, value) => `<dt>${label}</dt><dd>${value}</dd>`)}</dl>`, lang)))).toMatchObject(found);
  });

  it('of similar cars and of calculators are not the car’s', () => {
    const page = html('<title>2018 BMW 320i</title>', `<h1>2018 BMW 320i</h1><dl><dt>Mileage</dt><dd>45,123 mi</dd><dt>Fuel type</dt><dd>Gasoline</dd><dt>Transmission</dt><dd>Automatic</dd><dt>Exterior color</dt><dd>Black</dd></dl>
      <section class="similar-vehicles"><dl><dt>Price</dt><dd>$9,990</dd><dt>Mileage</dt><dd>99,000 mi</dd></dl></section><div id="loan-calculator"><dl><dt>Price</dt><dd>$21,000</dd></dl></div>`);
    const found = facts(extract(page));
    expect(found).toMatchObject({ mileage: '45,123 mi', fuel: 'Gasoline' });
    expect(found.price).toBeUndefined();
  });
});

describe('a price that is only shown', () => {
  const shown = (markup: string) => facts(extract(html('<title>2018 BMW 320i</title>', `<h1>2018 BMW 320i</h1>${markup}<dl><dt>Mileage</dt><dd>45,123 mi</dd><dt>Fuel type</dt><dd>Gasoline</dd><dt>Transmission</dt><dd>Automatic</dd><dt>Exterior color</dt><dd>Black</dd></dl>`))).price;

  it.each([
    '<span class="price">$19,990</span>',
    '<div class="vehicle-price"><span class="price-now">$19,990</span> <del class="price-old">$21,500</del></div>',
    '<span data-testid="price">$19,990</span><span class="price-monthly">$350/mo</span>',
    '<div><span class="price">$19,990</span></div><aside><span class="price">$9,990</span></aside>',
    '<div><span>MSRP</span><span class="price">$31,000</span></div><div><span>Our price</span><span class="price">$19,990</span></div>',
    '<div class="sidebar"><b id="price">$19,990</b></div><ul class="related-cars"><li><b class="price">$12,000</b></li></ul>',
  ])('is found in %s', (markup) => expect(shown(markup)).toBe('19990'));

  it.each([
    '<span class="price">$350/mo</span>',
    '<span class="price">Call for price</span>',
    '<span class="price">$19,990</span><span class="price">$18,500</span>',
    '<span class="price-was">$21,500</span>',
    '<span class="down-payment-price">$2,000</span>',
    '<span class="price">from $17,990</span>',
    '<p>We once sold such a car for $19,990.</p>',
    '<span class="price">19990</span>',
  ])('is not found in %s', (markup) => expect(shown(markup)).toBeUndefined());
});

it('the head of a page fills what its body does not say', () => {
  const page = html('<title>2018 BMW 320i | Cars</title><meta property="og:title" content="2018 BMW 320i"><meta property="product:price:amount" content="19990.00"><meta property="product:price:currency" content="USD"><meta name="twitter:label1" content="Mileage"><meta name="twitter:data1" content="45,123 miles"><link rel="canonical" href="https://www.cars.example/vehicle/778812345">', '<h1>2018 BMW 320i</h1><dl><dt>Fuel type</dt><dd>Gasoline</dd><dt>Transmission</dt><dd>Automatic</dd><dt>Exterior color</dt><dd>Black</dd><dt>Doors</dt><dd>4</dd></dl>');
  expect(facts(extract(page, { url: null }))).toMatchObject({ make: 'BMW', year: '2018', price: '19990', currency: 'USD', mileage: '45,123 miles' });
});

it('a page of a car that is gone says so', () => {
  const page = (words: string) => html('<title>VW Golf</title>', `<h1>VW Golf</h1><p class="alert">${words}</p><dl>${rows(german, (label, value) => `<dt>${label}</dt><dd>${value}</dd>`)}</dl>`, 'de');
  expect(facts(extract(page('Dieses Fahrzeug wurde verkauft.'))).status).toBe('sold');
  expect(facts(extract(page('Diese Anzeige ist nicht mehr verfügbar.'))).status).toBe('removed');
  expect(facts(extract(page('Scheckheftgepflegt.'))).status).toBeUndefined();
  expect(extract(html('<title>Gone</title>', '<h1>This listing is no longer available</h1>'))).toMatchObject({ kind: 'none', reasons: ['gone:removed'] });
  expect(extract('', { status: 410 })).toMatchObject({ kind: 'none', reasons: ['gone:removed'] });
});
