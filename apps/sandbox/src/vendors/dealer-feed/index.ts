import type { MarketListing } from '@autobroker/market';
import { get, page, text, type Exchange } from '../../shared/exchange';
import { html } from '../../shared/markup';
import { robotsTxt } from '../../shared/robots';
import type { Vendor, World } from '../../shared/vendor';
import { csvFeed } from './csv';
import { latin1 } from './latin1';
import { xmlFeed } from './xml';

const newest = (listings: readonly MarketListing[], fallback: Date): Date => new Date(Math.max(...listings.map((listing) => listing.updatedAt.getTime()), fallback.getTime()));

/** A feed is written once a night at three, as the dealer's own system does it. */
const writtenAt = (now: Date): Date => {
  const at = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate(), 3));
  return at > now ? new Date(at.getTime() - 86_400_000) : at;
};

/**
 * Of late the dealer's system writes UTF-8 with a byte order mark; its old export, on every second day of the month,
 * still ISO-8859-1. `?encoding=` insists on one.
 */
const isOldExport = ({ query, now }: Exchange): boolean => {
  const asked = query.get('encoding')?.toLowerCase();
  return asked === undefined ? writtenAt(now).getUTCDate() % 2 === 1 : asked === 'iso-8859-1' || asked === 'latin1';
};

const feeds = (world: World) => {
  const of = (country: 'DE' | 'GB') => world.shop().onOffer().filter((listing) => listing.country === country);
  return [
    get('/feed/inventory.csv', (exchange) => {
      const listings = of('DE');
      const body = csvFeed(listings, world.baseUrl());
      const more = { etag: 'strong', lastModified: newest(listings, writtenAt(exchange.now)), headers: { 'content-disposition': 'attachment; filename="bestand.csv"' } } as const;
      return isOldExport(exchange) ? text('text/csv; charset=ISO-8859-1', latin1(body), more) : text('text/csv; charset=utf-8', `\uFEFF${body}`, more);
    }),
    get('/feed/inventory.xml', ({ now }) => {
      const listings = of('GB');
      return text('application/xml; charset=utf-8', xmlFeed(listings, world.baseUrl(), writtenAt(now)), { etag: 'strong', lastModified: newest(listings, writtenAt(now)) });
    }),
  ];
};

export const dealerFeed: Vendor = {
  slug: 'dealer-feed',
  title: 'Dealer feed',
  kind: 'dealer',
  source: 'dealer-feed',
  startPath: '/',
  robots: () => robotsTxt(['/admin/']),
  routes: (world) => [
    get('/', () =>
      page(html`<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Stock feeds</title></head><body><h1>Stock feeds</h1>
<ul><li><a href="/feed/inventory.csv">inventory.csv</a> (Germany, EUR)</li><li><a href="/feed/inventory.xml">inventory.xml</a> (United Kingdom, GBP)</li></ul></body></html>`),
    ),
    ...feeds(world),
  ],
};
