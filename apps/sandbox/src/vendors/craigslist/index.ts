import { get, page, text, whole, type Exchange } from '../../shared/exchange';
import { robotsTxt } from '../../shared/robots';
import { limitOf, named, type Wanted } from '../../shared/shop';
import type { Vendor } from '../../shared/vendor';
import { atomFeed, rdfFeed, rssFeed } from './feeds';
import { detailPage, frontPage, gonePage } from './pages';

const perPage = 25;

const wantedOf = ({ query }: Exchange): Wanted => ({
  // There is one box for make and model in a seller's own words.
  words: named(query.get('auto_make_model'), query.get('query')).join(' ') || undefined,
  yearFrom: limitOf(query.get('min_auto_year')),
  yearTo: limitOf(query.get('max_auto_year')),
  priceFrom: limitOf(query.get('min_price')),
  priceTo: limitOf(query.get('max_price')),
  mileageTo: limitOf(query.get('max_auto_miles')),
});

export const craigslist: Vendor = {
  slug: 'craigslist',
  title: 'Craigslist',
  kind: 'marketplace',
  source: 'craigslist',
  startPath: '/search/cta',
  robots: () => robotsTxt(['/reply', '/fb/', '/suggest', '/flag', '/mf', '/mailflag', '/eaf']),
  routes: (world) => {
    const search = (exchange: Exchange) => {
      const base = world.baseUrl();
      const start = whole(exchange.query.get('s'), 0, { min: 0 });
      const items = world.shop().onOffer(wantedOf(exchange)).slice(start, start + perPage);
      const newest = items.reduce((latest, listing) => (listing.updatedAt > latest ? listing.updatedAt : latest), items[0]?.updatedAt ?? exchange.now);
      const feed = { items, base, self: `${base}${exchange.path}${exchange.url.search}`, newest };
      switch (exchange.query.get('format')) {
        case 'rss':
          return exchange.query.get('version') === '2.0' ? text('application/rss+xml; charset=utf-8', rssFeed(feed), { etag: 'strong' }) : text('application/rdf+xml; charset=utf-8', rdfFeed(feed), { etag: 'strong' });
        case 'atom':
          return text('application/atom+xml; charset=utf-8', atomFeed(feed), { etag: 'strong' });
        default:
          return page(frontPage(items, start));
      }
    };
    return [
      get('/', () => page(frontPage(world.shop().onOffer().slice(0, perPage), 0))),
      get('/search/cta', search),
      get('/search/cto', search),
      get('/cto/d/:slug/:file', ({ params }) => {
        const id = /^(\d+)\.html$/u.exec(params['file'] ?? '')?.[1];
        const listing = id === undefined ? undefined : world.shop().find(id);
        if (listing === undefined) return page(gonePage('There is nothing here'), { status: 404 });
        if (listing.endedAt !== null && listing.status !== 'sold') return page(gonePage(listing.endReason === 'expired' ? 'This posting has expired.' : 'This posting has been deleted by its author.'), { status: 410 });
        return page(detailPage(world, listing), { lastModified: listing.updatedAt });
      }),
    ];
  },
};
