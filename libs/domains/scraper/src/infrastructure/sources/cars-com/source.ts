import { defineSource } from '../define-source';

export const carsCom = defineSource({
  slug: 'cars-com',
  name: 'Cars.com',
  kind: 'marketplace',
  country: 'US',
  currency: 'USD',
  unit: 'mi',
  locale: 'en-US',
  home: 'https://www.cars.com',
  conditional: true,
  carries: { detail: ['title_or_make', 'price', 'year'] },
  list: {
    path: '/shopping/results/',
    query: { page_size: '20', sort: 'listed_at_desc', stock_type: 'all' },
    paging: { by: 'page', parameter: 'page', size: 20, maxPages: 1_000 },
    filters: { make: 'makes[]', model: 'models[]', year_min: 'year_min', year_max: 'year_max', price_min: 'list_price_min', price_max: 'list_price_max', mileage_max: 'mileage_max', keywords: 'keyword' },
  },
  fields: {
    list: {
      // Each card carries what the site's own tracking wants to know.
      items: { css: '[data-vehicle-details]', json: 'data-vehicle-details' },
      externalId: [{ path: 'listing_id' }],
      url: [{ css: 'a.vehicle-card-link', attr: 'href' }],
      urlTemplate: '/vehicledetail/{id}/',
      fields: {
        title: [{ css: '.title' }],
        make: [{ path: 'make' }],
        model: [{ path: 'model' }],
        trim: [{ path: 'trim' }],
        year: [{ path: 'model_year' }, { path: 'year' }],
        mileage: [{ path: 'mileage' }, { css: '.mileage' }],
        price: [{ path: 'price' }, { css: '.primary-price', match: /\$[\d,.]+/u }],
        price_note: [{ css: '.primary-price', match: /^[^\d$]+$/u }],
        fuel: [{ path: 'fuel_type' }],
        body: [{ path: 'bodystyle' }],
        color: [{ path: 'exterior_color' }],
        vin: [{ path: 'vin' }],
        stock_number: [{ path: 'stock_number' }],
        condition: [{ path: 'stock_type' }],
        seller_kind: [{ path: 'seller_type' }],
        images: [{ path: 'primary_thumbnail' }, { css: 'img.vehicle-image', attr: 'src' }],
      },
    },
  },
  detail: { path: '/vehicledetail/{id}/' },
});
