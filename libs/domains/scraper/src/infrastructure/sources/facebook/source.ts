import type { ScrapeFilters } from '@autobroker/contracts';
import type { PageRequest, SourcePlugin } from '../../../application/source-plugin';
import type { FieldWays } from '../../extraction';
import { defineSource, distanceOf, jsonAt, pricesOf } from '../define-source';

/** The numbers of the stored queries that the site's own pages use. */
const documents = { search: '7111939778879383', detail: '6204519089593047' };
const count = 24;

const graph = (document: string, variables: object): PageRequest => ({
  method: 'POST',
  path: '/api/graphql/',
  headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
  body: new URLSearchParams({ doc_id: document, variables: JSON.stringify(variables) }).toString(),
});

function paramsOf(filters: ScrapeFilters): Record<string, string | number> {
  const prices = pricesOf(filters, 'USD');
  const params = {
    query: filters.keywords ?? undefined,
    make: filters.makes?.[0],
    model: filters.models?.[0],
    min_year: filters.year_min,
    max_year: filters.year_max,
    price_lower_bound: prices.min,
    price_upper_bound: prices.max,
    max_mileage: distanceOf(filters.mileage_max_km, 'mi'),
  };
  return Object.fromEntries(Object.entries(params).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

const product: FieldWays = {
  title: [{ path: 'marketplace_listing_title' }, { path: 'custom_title' }],
  // Nobody gives a car away: nothing asked is no price.
  price: [{ path: 'listing_price.amount', match: /^(?!0+(?:\.0+)?$)[\d.]+$/u }],
  price_note: [{ path: 'listing_price.formatted_amount', match: /^[^\d]+$/u }],
  currency: [{ path: 'listing_price.currency' }],
  city: [{ path: 'location.reverse_geocode.city' }],
  region: [{ path: 'location.reverse_geocode.state' }],
  images: [{ path: 'primary_listing_photo.image.uri' }],
};

const plain: SourcePlugin = defineSource({
  slug: 'facebook',
  name: 'Facebook Marketplace',
  kind: 'marketplace',
  country: 'US',
  currency: 'USD',
  unit: 'mi',
  locale: 'en-US',
  home: 'https://www.facebook.com',
  list: { path: '/api/graphql/', paging: { by: 'cursor', parameter: 'cursor', at: ['data', 'marketplace_search', 'feed_units', 'page_info', 'end_cursor'], maxPages: 1_000 } },
  fields: {
    list: {
      items: { path: 'data.marketplace_search.feed_units.edges[*].node.listing' },
      externalId: [{ path: 'id' }],
      urlTemplate: '/marketplace/item/{id}/',
      fields: { ...product, mileage: [{ path: 'custom_sub_titles_with_rendering_flags[0].subtitle', confidence: 0.5 }] },
    },
    detail: {
      item: 'data.viewer.marketplace_product_details_page.target',
      externalId: [{ path: 'id' }],
      fields: {
        ...product,
        make: [{ path: 'vehicle_make_display_name' }],
        model: [{ path: 'vehicle_model_display_name' }],
        trim: [{ path: 'vehicle_trim_display_name' }],
        year: [{ path: 'vehicle_year' }],
        mileage: [{ path: 'vehicle_odometer_data.value' }],
        mileage_unit: [{ path: 'vehicle_odometer_data.unit' }],
        gearbox: [{ path: 'vehicle_transmission_type' }],
        fuel: [{ path: 'vehicle_fuel_type' }],
        body: [{ path: 'vehicle_body_style' }],
        color: [{ path: 'vehicle_exterior_color' }],
        interior_color: [{ path: 'vehicle_interior_color' }],
        condition: [{ path: 'vehicle_condition' }],
        title_status: [{ path: 'vehicle_title_status' }],
        vin: [{ path: 'vehicle_identification_number' }],
        owners: [{ path: 'vehicle_number_of_owners' }],
        seller_kind: [{ path: 'vehicle_seller_type' }],
        description: [{ path: 'redacted_description.text' }],
        latitude: [{ path: 'location.latitude' }],
        longitude: [{ path: 'location.longitude' }],
        listed_at: [{ path: 'creation_time' }],
        images: [{ path: 'listing_photos[*].image.uri' }, { path: 'primary_listing_photo.image.uri' }],
      },
    },
    generic: false,
  },
  detail: { path: '/api/graphql/' },
});

const target = ['data', 'viewer', 'marketplace_product_details_page', 'target'] as const;

export const facebook: SourcePlugin = {
  ...plain,
  listRequest: (step, filters) => graph(documents.search, { count, cursor: step.cursor ?? null, params: paramsOf(filters) }),
  readList: (page, step) => {
    const reading = plain.readList(page, step);
    const more = jsonAt(page.body.toString('utf8'), 'data', 'marketplace_search', 'feed_units', 'page_info', 'has_next_page');
    return reading.kind === 'list' && more !== true ? { kind: 'list', listings: reading.listings } : reading;
  },
  detailRequest: ({ externalId }) => graph(documents.detail, { targetId: externalId }),
  readDetail: (page, externalId) => {
    const body = page.body.toString('utf8');
    const found = jsonAt(body, ...target);
    // The graph answers for what is gone with nothing; for what is sold it says so.
    if (found === null) return { kind: 'gone', status: 'removed' };
    if (jsonAt(body, ...target, 'is_sold') === true) return { kind: 'gone', status: 'sold' };
    if (jsonAt(body, ...target, 'is_live') === false) return { kind: 'gone', status: 'removed' };
    const reading = plain.readDetail(page, externalId);
    if (reading.kind !== 'listing' || jsonAt(body, ...target, 'is_pending') !== true) return reading;
    return { ...reading, status: 'reserved', listing: { ...reading.listing, fields: { ...reading.listing.fields, status: { value: 'reserved', from: 'api', confidence: 0.95 } } } };
  },
};
