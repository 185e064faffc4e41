import { extract, facts, html, ld } from './spec-pages';

/** Shapes of some marketplaces that are easily misread; values are made up. */
describe('pages as marketplaces write them', () => {
  it('classifieds whose structured list has no addresses get them from what is shown', () => {
    const ads = [['2012 Honda Civic EX', '7500'], ['2016 Ford F-150 XLT', '18900'], ['2009 BMW 328i', '6200']] as const;
    const head = ld({ '@type': 'ItemList', itemListElement: ads.map(([name, price]) => ({ '@type': 'ListItem', item: { '@type': 'Product', name, offers: { price: `${price}.00`, priceCurrency: 'USD', availableAtOrFrom: { address: { addressLocality: 'Austin', addressRegion: 'TX' } } } } })) });
    const shown = ads.map(([name, price], at) => `<li title="${name}"><a href="/cto/d/austin-car/773493490${at}.html"><div class="title">${name}</div><div class="price">$${Number(price).toLocaleString('en-US')}</div></a></li>`).join('');
    const extraction = extract(html('<title>austin cars &amp; trucks for sale</title>', `${head}<ol>${shown}</ol>`), { url: 'https://austin.craigslist.org/search/cta' });
    expect(extraction.kind).toBe('search');
    expect(extraction.listings.map((listing) => [listing.externalId, listing.url, listing.fields.make?.value, listing.fields.price?.value, listing.fields.region?.value])).toEqual(ads.map(([name, price], at) => [`773493490${at}`, `https://austin.craigslist.org/cto/d/austin-car/773493490${at}.html`, name.split(' ')[1], price, 'TX']));
  });

  it('a classified ad has its facts in labelled spans and its place in brackets', () => {
    const page = html('<title>2012 Honda Civic EX - cars &amp; trucks - by owner</title>', '<h1><span>2012 Honda Civic EX</span> - <span class="price">$7,500</span><span> (Austin, TX)</span></h1><div class="attrgroup"><div><span class="labl">odometer:</span> <span class="valu">92,000</span></div><div><span class="labl">paint color:</span><span class="valu">silver</span></div><div><span class="labl">title status:</span> <span class="valu">clean</span></div><div><span class="labl">transmission:</span> <span class="valu">automatic</span></div></div><section id="postingbody">Runs great, all services done, selling because we move.</section>');
    expect(facts(extract(page, { url: 'https://austin.craigslist.org/cto/d/austin-2012-honda-civic/7734934957.html' }))).toMatchObject({ make: 'Honda', model: 'Civic', year: '2012', price: '7500', currency: 'USD', mileage: '92,000', title_status: 'clean', gearbox: 'automatic', city: 'Austin', region: 'TX', description: expect.stringContaining('Runs great') });
  });

  it('a state in the depth of a framework, with similar ads beside', () => {
    const target = { id: '900100200300', marketplace_listing_title: '2012 Honda Civic EX', listing_price: { amount: '6500.00', currency: 'USD', amount_with_offset: '650000', formatted_amount: '$6,500' }, vehicle_odometer_data: { unit: 'MILES', value: 98_000 }, vehicle_make_display_name: 'Honda', vehicle_model_display_name: 'Civic', location: { reverse_geocode_detailed: { city: 'Austin', state: 'TX' } }, is_sold: false, strikethrough_price: { amount: '7000.00' } };
    const similar = { edges: [{ node: { listing: { id: '1', marketplace_listing_title: '2010 Toyota Camry', listing_price: { amount: '4000.00', currency: 'USD' }, vehicle_odometer_data: { unit: 'MILES', value: 1 } } } }] };
    const state = { require: [['ScheduledServerJS', 'handle', null, [{ __bbox: { require: [['Cache', 'next', [], ['x', { __bbox: { result: { data: { viewer: { page: { target, marketplace_similar_listings: similar } } } } } }]]] } }]]] };
    const page = html('<title>2012 Honda Civic EX | Marketplace</title>', `<script type="application/json" data-sjs>${JSON.stringify(state)}</script>`);
    expect(facts(extract(page, { url: 'https://www.facebook.com/marketplace/item/900100200300/' }))).toMatchObject({ make: 'Honda', model: 'Civic', price: '6500', mileage: '98000', mileage_unit: 'mi', city: 'Austin', region: 'TX' });
  });

  it('a map with the one ad of the page, labels as a list, and rates beside the price', () => {
    const ad = { id: 422_503_914, title: 'Skoda Fabia 1.0 TSI Style', make: 'Skoda', model: 'Fabia', price: { gross: '17.690 €', grossAmount: 17_690, net: '14.866 €', netAmount: 14_865.55 }, attributes: [{ label: 'Kilometerstand', tag: 'mileage', value: '12.500 km' }, { label: 'Kraftstoffart', value: 'Benzin' }, { label: 'Erstzulassung', value: '05/2022' }], contact: { type: 'DEALER', address2: 'DE-88471 Laupheim' }, financePlans: [{ offer: { monthlyInstallment: 191, totalAmount: 19_412 } }] };
    const state = { search: { vip: { ads: { 422_503_914: { data: { ad, similarAds: { items: [{ id: 1, title: 'VW Polo', make: 'VW', model: 'Polo', mileage: 5, price: { grossAmount: 12_000 } }] } } } } } } };
    const page = html('<title>Skoda Fabia 1.0 TSI Style gebraucht kaufen</title>', `<script>window.__INITIAL_STATE__ = ${JSON.stringify(state)}</script>`, 'de');
    expect(facts(extract(page, { url: 'https://suchen.mobile.de/fahrzeuge/details.html?id=422503914' }))).toMatchObject({ make: 'Skoda', model: 'Fabia', price: '17690', currency: 'EUR', mileage: '12.500 km', fuel: 'Benzin', first_registration: '05/2022', postal_code: '88471', city: 'Laupheim' });
  });

  it('a model that is called like a year has no year for that', () => {
    const page = html('<title>Peugeot 2008</title>', '<h1>Peugeot 2008 1.2 PureTech</h1><dl><dt>Mileage</dt><dd>56,583 miles</dd><dt>Fuel type</dt><dd>Petrol</dd><dt>Gearbox</dt><dd>Manual</dd><dt>Doors</dt><dd>5</dd></dl>', 'en-GB');
    expect(facts(extract(page, { url: null }))).toMatchObject({ make: 'Peugeot', model: '2008' });
    expect(facts(extract(page, { url: null })).year).toBeUndefined();
  });

  it('a classified’s state has the site’s name as brand, codes beside labels, and prices in a list', () => {
    const ad = { list_id: 2_500_000_001, subject: 'Peugeot 208 1.2 PureTech', brand: 'annonces', url: 'https://www.annonces.example/ad/voitures/2500000001', price: [12_990], attributes: [{ key: 'u_car_brand', value: 'PEUGEOT', key_label: 'Marque', value_label: 'Peugeot' }, { key: 'u_car_model', value: 'PEUGEOT_208', key_label: 'Modèle', value_label: '208' }, { key: 'regdate', value: '2019', key_label: 'Année modèle', value_label: '2019' }, { key: 'mileage', value: '45210', key_label: 'Kilométrage', value_label: '45210 km' }, { key: 'fuel', value: '1', key_label: 'Énergie', value_label: 'Essence' }, { key: 'gearbox', value: '1', key_label: 'Boîte de vitesse', value_label: 'Manuelle' }, { key: 'old_price', value: '15990', value_label: '15990' }], location: { city: 'Brest 29200' } };
    const page = html('<title>Peugeot 208 1.2 PureTech</title>', `<h1>Peugeot 208 1.2 PureTech</h1><script id="__NEXT_DATA__" type="application/json">${JSON.stringify({ props: { pageProps: { ad } } })}</script>`, 'fr');
    expect(facts(extract(page, { url: ad.url }))).toMatchObject({ make: 'Peugeot', model: '208', year: '2019', fuel: 'Essence', gearbox: 'Manuelle', price: '12990', city: 'Brest', postal_code: '29200' });
  });

  it('a cache of answers keeps them as text', () => {
    const node = (id: string, title: string, value: string) => ({ node: { id, title, url: `https://www.autos.example/anunt/${id}.html`, price: { amount: { value, currencyCode: 'EUR' } }, location: { city: { name: 'Cluj' } } } });
    const data = JSON.stringify({ advertSearch: { edges: [node('7059958344', 'Suzuki Swace Pro', '15500'), node('7059958345', 'Dacia Duster', '14800')] } });
    const page = html('<title>autos</title>', `<script type="application/json" id="__NEXT_DATA__">${JSON.stringify({ props: { urqlState: { 1: { hasNext: false, data } } } })}</script>`);
    expect(extract(page, { url: 'https://www.autos.example/autoturisme' }).listings.map(({ fields }) => [fields.make?.value, fields.price?.value, fields.currency?.value])).toEqual([['Suzuki', '15500', 'EUR'], ['Dacia', '14800', 'EUR']]);
  });

  it('an id that the address writes with other signs joins what is shown to what is counted', () => {
    const counted = [{ adID: '5-65521149', make: 'Ford', model: 'Escape', year: '2025', price: '33594' }, { adID: '5-68523982', make: 'Ford', model: 'EcoSport', year: '2020', price: '15588' }];
    const card = (id: string, title: string, mileage: string) => `<div class="result"><a href="/a/ford/x/5_${id}_20211012195305154/"><h2>${title}</h2></a><p>${mileage}</p></div>`;
    const page = html('<title>348,429 vehicles for sale</title>', `<h1>348,429 vehicles for sale</h1>${card('65521149', '2025 Ford Escape Active', '1,204 km')}${card('68523982', '2020 Ford EcoSport Titanium', '113,457 km')}<script>window.lists={vehicles:${JSON.stringify(counted)}}</script>`);
    expect(extract(page, { url: 'https://www.autos.example.ca/cars/' }).listings.map(({ url, fields }) => [url?.includes('5_6') === true, fields.price?.value, fields.mileage?.value])).toEqual([[true, '33594', '1,204 km'], [true, '15588', '113,457 km']]);
  });

  it('ads whose boxes are called ads are no advertising', () => {
    const ad = (id: number, title: string, price: string, year: string) => `<li class="ad-listitem"><article data-adid="${id}"><a href="/s-anzeige/x/${id}-216-3331"><h2>${title}</h2></a><div class="aditem-main--middle--price-shipping"><p class="aditem-main--middle--price-shipping--price">${price}</p></div><span>${year}</span></article></li>`;
    const page = html('<title>Autos</title>', `<ul>${ad(2_812_345_678, 'VW Golf 7 1.4 TSI', '10.490 € VB', 'EZ 2015')}${ad(2_812_345_679, 'Opel Corsa D', '2.450 €', 'EZ 2009')}</ul>`, 'de');
    expect(extract(page, { url: 'https://www.anzeigen.example.de/s-autos/' }).listings.map(({ fields }) => [fields.price?.value, fields.year?.value])).toEqual([['10490', '2015'], ['2450', '2009']]);
  });

  it('rand are written with a letter', () => {
    const card = (id: number, title: string, price: string) => `<a href="/car-for-sale/ford/ranger/xl/${id}"><h3>${title}</h3><span class="price">${price}</span><span>251 502 km</span></a>`;
    const page = html('<title>Cars for sale in South Africa</title>', `${card(28_484_230, '2018 Ford Ranger', 'R 259 799')}${card(28_520_428, '2021 Hyundai Tucson', 'R 329 900')}`, 'en');
    expect(extract(page, { url: 'https://www.autos.example.co.za/cars-for-sale' }).listings.map(({ fields }) => [fields.price?.value, fields.currency?.value])).toEqual([['259799', 'ZAR'], ['329900', 'ZAR']]);
  });
});
