import type { ScrapeFilters } from '@autobroker/contracts';
import type { DetailReading, FetchedPage, SourcePlugin } from '../../../application/source-plugin';
import type { FieldWays } from '../../extraction';
import { defineSource, jsonAt } from '../define-source';

const size = 100;
const headers = { 'content-type': 'application/json', accept: 'application/json' };

/** The filters of the site's own search engine: field names with ranges and phrases. */
function filterOf(filters: ScrapeFilters): Record<string, string[]> {
  const { makes = [], models = [], year_min, year_max, mileage_max_km } = filters;
  return {
    ...(makes.length === 0 ? {} : { MAKE: makes.map((make) => `lot_make_desc:"${make.toUpperCase()}"`) }),
    ...(models.length === 0 ? {} : { MODL: models.map((model) => `lot_model_desc:"${model.toUpperCase()}"`) }),
    ...(year_min === undefined && year_max === undefined ? {} : { YEAR: [`lot_year:["${year_min ?? '*'}" TO "${year_max ?? '*'}"]`] }),
    ...(mileage_max_km === undefined ? {} : { ODM: [`odometer_reading_received:[0 TO ${Math.round(mileage_max_km / 1.609344)}]`] }),
  };
}

/** A lot in the search engine's own names; list and detail have the same. */
const lot: FieldWays = {
  title: [{ path: 'ld' }],
  make: [{ path: 'mkn' }],
  model: [{ path: 'lm' }],
  trim: [{ path: 'mtrim' }],
  year: [{ path: 'lcy' }],
  vin: [{ path: 'fv' }],
  // Zero is how the site says that nobody could read it.
  mileage: [{ path: 'orr', match: /^[1-9]\d*(?:\.\d+)?$/u }],
  mileage_unit: [{ path: 'ou' }],
  engine: [{ path: 'egn' }],
  gearbox: [{ path: 'tmtp' }],
  drivetrain: [{ path: 'drv' }],
  fuel: [{ path: 'ft' }],
  color: [{ path: 'clr' }],
  body: [{ path: 'bstl' }],
  damage: [{ path: 'dd' }],
  secondary_damage: [{ path: 'sdd' }],
  title_status: [{ path: 'tgd' }, { path: 'td' }],
  keys: [{ path: 'hk' }],
  run_and_drive: [{ path: 'lcd' }],
  city: [{ path: 'locCity' }],
  region: [{ path: 'locState' }],
  country: [{ path: 'locCountry' }],
  postal_code: [{ path: 'zip' }],
  latitude: [{ path: 'latitude' }],
  longitude: [{ path: 'longitude' }],
  current_bid: [{ path: 'dynamicLotDetails.currentBid' }, { path: 'hb' }],
  buy_now_price: [{ path: 'bnp', match: /^[1-9]\d*(?:\.\d+)?$/u }],
  estimated_value: [{ path: 'la', match: /^[1-9]\d*(?:\.\d+)?$/u }],
  currency: [{ path: 'cuc' }],
  auction_ends_at: [{ path: 'ad' }],
  lot_number: [{ path: 'lotNumberStr' }],
  status: [{ path: 'ess' }],
  description: [{ path: 'aboutLot' }],
  listed_at: [{ path: 'ldt' }],
  images: [{ path: 'tims' }],
};

const plain: SourcePlugin = defineSource({
  slug: 'copart',
  name: 'Copart',
  kind: 'auction',
  country: 'US',
  currency: 'USD',
  unit: 'mi',
  locale: 'en-US',
  home: 'https://www.copart.com',
  list: { path: '/public/lots/search-results', paging: { by: 'page', parameter: 'page', size, maxPages: 1_000 } },
  fields: {
    list: {
      items: { path: 'data.results.content' },
      externalId: [{ path: 'lotNumberStr' }],
      urlTemplate: '/lot/{id}',
      fields: lot,
    },
    detail: {
      item: 'data.lotDetails',
      externalId: [{ path: 'lotNumberStr' }],
      fields: { ...lot, images: [{ path: 'data.imagesList.IMAGE[*].url' }, { path: 'tims' }] },
    },
  },
  detail: { path: '/public/data/lotdetails/solr/{id}' },
  code: {
    listRequest: (step, filters) => ({
      method: 'POST',
      path: '/public/lots/search-results',
      headers,
      body: JSON.stringify({ query: [filters.keywords ?? '*'], filter: filterOf(filters), sort: ['auction_date_type desc', 'auction_date_utc asc'], page: step.page - 1, size, start: (step.page - 1) * size, watchListOnly: false, freeFormSearch: false }),
    }),
  },
});

export const copart: SourcePlugin = { ...plain, readDetail: (page, externalId) => readLot(page, externalId) };

/** A lot that was taken off answers with success and nothing; one that was sold says so in the middle of everything else. */
function readLot(page: FetchedPage, externalId: string): DetailReading {
  const body = page.body.toString('utf8');
  if (jsonAt(body, 'returnCode') === 1 && jsonAt(body, 'data', 'lotDetails') === undefined) return { kind: 'gone', status: 'removed' };
  if (jsonAt(body, 'data', 'lotDetails', 'lotSold') === true) return { kind: 'gone', status: 'sold' };
  return plain.readDetail(page, externalId);
}
