import { defineSource } from '../define-source';

export const gumtree = defineSource({
  slug: 'gumtree',
  name: 'Gumtree',
  kind: 'marketplace',
  country: 'GB',
  currency: 'GBP',
  unit: 'mi',
  locale: 'en-GB',
  home: 'https://www.gumtree.com',
  conditional: true,
  carries: { detail: ['title_or_make', 'price', 'year'] },
  list: {
    path: '/search',
    query: { search_category: 'cars', sort: 'date' },
    paging: { by: 'page', parameter: 'page', size: 25, maxPages: 1_000 },
    filters: { make: 'vehicle_make', model: 'vehicle_model', year_min: 'min_vehicle_registration_year', year_max: 'max_vehicle_registration_year', price_min: 'min_price', price_max: 'max_price', keywords: 'q' },
    search: ({ mileage_max_km }) => (mileage_max_km === undefined ? {} : { vehicle_mileage: `up_to_${Math.ceil(mileage_max_km / 1.609344)}` }),
  },
  fields: {
    list: {
      items: { css: 'article[data-q="search-result"]' },
      externalId: [{ css: ':self', attr: 'id', match: /ad-(\d+)/u }],
      url: [{ css: 'a.listing-link', attr: 'href' }],
      fields: {
        title: [{ css: '.listing-title' }],
        price: [{ css: '[itemprop="price"]', attr: 'content' }],
        price_note: [{ css: '.listing-price strong', match: /^[^\d]+$/u }],
        currency: [{ css: '[itemprop="priceCurrency"]', attr: 'content' }],
        year: [{ css: '.listing-attributes', match: /Year\s*(\d{4})/u }],
        mileage: [{ css: '.listing-attributes', match: /Mileage\s*([\d,.]+\s*miles)/u }],
        fuel: [{ css: '.listing-attributes', match: /Fuel type\s*([A-Za-z][A-Za-z -]*?)(?=\s*(?:Engine|$))/u }],
        city: [{ css: '.listing-location', match: /^\s*([^,]+)/u }],
        region: [{ css: '.listing-location', match: /,\s*(.+)$/u }],
        images: [{ css: 'img', attr: 'src' }],
      },
    },
  },
  detail: {},
});
