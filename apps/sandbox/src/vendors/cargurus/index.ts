import type { MarketListing } from '@autobroker/market';
import { get, json, page, whole, type Exchange } from '../../shared/exchange';
import { html } from '../../shared/markup';
import { numberOf, readRecord, textOf } from '../../shared/records';
import { robotsTxt } from '../../shared/robots';
import { limitOf, named, type Wanted } from '../../shared/shop';
import type { Vendor } from '../../shared/vendor';
import { adOf, detailOf, tileOf } from './listing';

const perPage = 24;

const wantedOf = ({ query }: Exchange): Wanted => ({
  makes: named(...query.getAll('makeName'), ...query.getAll('entitySelectingHelper.selectedEntity')),
  models: named(...query.getAll('modelName')),
  yearFrom: limitOf(query.get('startYear')),
  yearTo: limitOf(query.get('endYear')),
  priceFrom: limitOf(query.get('minPrice')),
  priceTo: limitOf(query.get('maxPrice')),
  mileageTo: limitOf(query.get('maxMileage')),
});

/** Opaque to clients: where they were, by the last listing seen, so that what is new meanwhile shifts nothing. */
const cursorOf = (last: MarketListing | undefined, offset: number): string => Buffer.from(JSON.stringify({ o: offset, l: last?.externalId ?? null })).toString('base64url');

const startOf = (cursor: string | null, offset: string | null, all: readonly MarketListing[]): number | null => {
  if (cursor === null || cursor === '') return whole(offset, 0, { min: 0 });
  const kept = readRecord(Buffer.from(cursor, 'base64url'));
  const from = numberOf(kept?.['o']);
  if (from === null) return null;
  const last = textOf(kept?.['l']);
  const seen = last === null ? -1 : all.findIndex((listing) => listing.externalId === last);
  return seen === -1 ? from : seen + 1;
};

export const cargurus: Vendor = {
  slug: 'cargurus',
  title: 'CarGurus',
  kind: 'marketplace',
  source: 'cargurus',
  startPath: '/Cars/searchPage.action?searchId=sandbox&offset=0',
  robots: () => robotsTxt(['/Cars/account/', '/Cars/user/', '/Cars/api/internal/']),
  routes: (world) => [
    get('/', () => page(html`<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>CarGurus</title></head><body><div id="root"></div><script src="/js/cg.js"></script></body></html>`)),
    get('/Cars/searchPage.action', (exchange) => {
      const all = world.shop().onOffer(wantedOf(exchange));
      const size = whole(exchange.query.get('maxResults'), perPage, { max: 100 });
      const start = startOf(exchange.query.get('cursor'), exchange.query.get('offset'), all);
      if (start === null) return json({ errorCode: 'INVALID_CURSOR', message: 'The cursor is not valid' }, { status: 400 });
      const items = all.slice(start, start + size);
      const tiles = items.map((listing, index) => ({ type: listing.condition?.code === 'new' ? 'LISTING_NEW' : 'LISTING_USED', data: tileOf(listing, world.baseUrl(), exchange.now, start + index) }));
      const ad = { type: 'MERCH', data: adOf(start) };
      const more = start + items.length < all.length;
      return json({
        searchId: exchange.query.get('searchId') ?? 'a7c1',
        totalListings: all.length,
        offset: start,
        tiles: [...tiles.slice(0, 6), ad, ...tiles.slice(6)],
        nextCursor: more ? cursorOf(items.at(-1), start + items.length) : null,
        spellingAlternatives: [],
      });
    }),
    get('/Cars/detailListingJson.action', ({ query, now }) => {
      const listing = world.shop().find(query.get('inventoryListing') ?? '');
      if (listing === undefined || (listing.endedAt !== null && listing.status !== 'sold')) return json({ errorCode: 'LISTING_NOT_FOUND', message: 'This listing is no longer available' }, { status: 404 });
      if (listing.status === 'sold') return json({ listing: { id: Number(listing.externalId), listingTitle: listing.title, isSold: true, availability: listing.statusText }, seller: null });
      return json(detailOf(world, listing, now));
    }),
  ],
};
