import type { ScrapeFilters } from '@autobroker/contracts';
import type { ListingHints, SourcePlugin } from '../../../application/source-plugin';
import { defineSource, jsonAt, pricesOf } from '../define-source';

/** Each marketplace is a list of its own, with its own language and money. */
const marketplaces: Readonly<Record<string, Required<ListingHints>>> = {
  EBAY_US: { locale: 'en-US', currency: 'USD', unit: 'mi', country: 'US' },
  EBAY_GB: { locale: 'en-GB', currency: 'GBP', unit: 'mi', country: 'GB' },
  EBAY_DE: { locale: 'de-DE', currency: 'EUR', unit: 'km', country: 'DE' },
  EBAY_IT: { locale: 'it-IT', currency: 'EUR', unit: 'km', country: 'IT' },
  EBAY_FR: { locale: 'fr-FR', currency: 'EUR', unit: 'km', country: 'FR' },
};

const size = 50;

function queryOf(filters: ScrapeFilters, market: Required<ListingHints>): Record<string, string> {
  const { makes = [], models = [], year_min, year_max, keywords } = filters;
  const prices = pricesOf(filters, market.currency);
  const years = year_min === undefined || year_max === undefined ? [] : Array.from({ length: Math.min(60, Math.max(0, year_max - year_min + 1)) }, (_, index) => String(year_min + index));
  const aspects = [
    ...(makes.length === 0 ? [] : [`Make:{${makes.join('|')}}`]),
    ...(models.length === 0 ? [] : [`Model:{${models.join('|')}}`]),
    ...(years.length === 0 ? [] : [`Year:{${years.join('|')}}`]),
  ];
  const priced = prices.min !== undefined || prices.max !== undefined;
  return {
    ...(keywords == null ? {} : { q: keywords }),
    ...(aspects.length === 0 ? {} : { aspect_filter: `categoryId:6001,${aspects.join(',')}` }),
    ...(priced ? { filter: `price:[${prices.min ?? ''}..${prices.max ?? ''}],priceCurrency:${market.currency}` } : {}),
  };
}

const plain: SourcePlugin = defineSource({
  slug: 'ebay',
  name: 'eBay',
  kind: 'marketplace',
  country: 'US',
  currency: 'USD',
  unit: 'mi',
  locale: 'en-US',
  home: 'https://api.ebay.com',
  origins: ['https://i.ebayimg.com'],
  // The official Browse API, under its own licence and limits.
  obeysRobots: false,
  politeness: { perMinute: 60, delayMs: { minMs: 200, maxMs: 600 }, perDay: 5_000 },
  carries: { detail: ['title_or_make', 'price', 'year'] },
  list: { path: '/buy/browse/v1/item_summary/search', paging: { by: 'offset', parameter: 'offset', size, maxPages: 200 } },
  fields: {
    list: {
      items: { path: 'itemSummaries' },
      externalId: [{ path: 'itemId' }],
      url: [{ path: 'itemWebUrl' }],
      fields: {
        title: [{ path: 'title' }],
        price: [{ path: 'price.value' }],
        currency: [{ path: 'price.currency' }],
        price_note: [{ path: 'buyingOptions[*]', match: /^CLASSIFIED_AD$/u }],
        condition: [{ path: 'condition' }],
        city: [{ path: 'itemLocation.city' }],
        region: [{ path: 'itemLocation.stateOrProvince' }],
        postal_code: [{ path: 'itemLocation.postalCode' }],
        country: [{ path: 'itemLocation.country' }],
        listed_at: [{ path: 'itemCreationDate' }],
        images: [{ path: 'image.imageUrl' }],
        seller_kind: [{ path: 'seller.sellerAccountType' }],
      },
    },
  },
  detail: { path: '/buy/browse/v1/item/{id}' },
  signIn: {
    credentials: ['client_id', 'client_secret'],
    request: ({ client_id = '', client_secret = '' }) => ({
      method: 'POST',
      path: '/identity/v1/oauth2/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'https://api.ebay.com/oauth/api_scope' }).toString(),
    }),
    read: (page) => {
      const body = page.body.toString('utf8');
      const token = jsonAt(body, 'access_token');
      const seconds = jsonAt(body, 'expires_in');
      return typeof token === 'string' && typeof seconds === 'number' ? { headers: { authorization: `Bearer ${token}` }, expiresInS: seconds } : null;
    },
  },
});

export const ebay: SourcePlugin = {
  ...plain,
  firstSteps: () => Object.keys(marketplaces).map((list) => ({ page: 1, list })),
  listRequest: (step, filters) => {
    const list = step.list ?? 'EBAY_US';
    const market = marketplaces[list];
    const query = new URLSearchParams({ category_ids: '6001', sort: 'newlyListed', limit: String(size), offset: String((step.page - 1) * size), ...(market === undefined ? {} : queryOf(filters, market)) });
    // The marketplace is a header; the parameter keeps the pages of two of them apart in our own books.
    return { method: 'GET', path: `/buy/browse/v1/item_summary/search?${query.toString()}#${list}`, headers: { 'x-ebay-c-marketplace-id': list } };
  },
  readList: (page, step) => {
    const reading = plain.readList(page, step);
    const hints = marketplaces[step.list ?? 'EBAY_US'];
    if (reading.kind !== 'list' || hints === undefined) return reading;
    return { kind: 'list', listings: reading.listings.map((listing) => ({ ...listing, hints })) };
  },
  readDetail: (page, externalId) => {
    const reading = plain.readDetail(page, externalId);
    const body = page.body.toString('utf8');
    const sold = jsonAt(body, 'estimatedAvailabilities', 0, 'estimatedSoldQuantity');
    if (typeof sold === 'number' && sold > 0) return { kind: 'gone', status: 'sold' };
    if (jsonAt(body, 'itemEndDate') !== undefined && jsonAt(body, 'estimatedAvailabilities', 0, 'estimatedAvailabilityStatus') === 'OUT_OF_STOCK') return { kind: 'gone', status: 'removed' };
    const market = jsonAt(body, 'listingMarketplaceId');
    const hints = typeof market === 'string' ? marketplaces[market] : undefined;
    return reading.kind === 'listing' && hints !== undefined ? { ...reading, listing: { ...reading.listing, hints } } : reading;
  },
};
