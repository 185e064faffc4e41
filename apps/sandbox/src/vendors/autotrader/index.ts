import { get, page, whole, type Exchange } from '../../shared/exchange';
import { robotsTxt } from '../../shared/robots';
import { limitOf, named, type Wanted } from '../../shared/shop';
import type { Vendor } from '../../shared/vendor';
import { detailPage, gonePage, listPage } from './pages';

const perPage = 25;

const wantedOf = ({ query, params }: Exchange): Wanted => ({
  makes: named(...query.getAll('makeCode'), params['make']),
  models: named(...query.getAll('modelCode'), params['model']),
  yearFrom: limitOf(query.get('startYear')),
  yearTo: limitOf(query.get('endYear')),
  priceFrom: limitOf(query.get('minPrice')),
  priceTo: limitOf(query.get('maxPrice')),
  mileageTo: limitOf(query.get('maxMileage')),
  words: query.get('keywordPhrases') ?? undefined,
});

export const autotrader: Vendor = {
  slug: 'autotrader',
  title: 'AutoTrader',
  kind: 'marketplace',
  source: 'autotrader',
  startPath: '/cars-for-sale/all-cars?firstRecord=0&numRecords=25',
  robots: (world) => robotsTxt(['/account/', '/cars-for-sale/compare/', '/rest/', '/*/print$'], [`Sitemap: ${world.baseUrl()}/sitemap_index.xml`]),
  routes: (world) => {
    const list = (exchange: Exchange) => {
      const wanted = wantedOf(exchange);
      const size = whole(exchange.query.get('numRecords'), perPage, { max: 100 });
      const first = whole(exchange.query.get('firstRecord'), 0, { min: 0 });
      const all = world.shop().onOffer(wanted);
      return page(listPage({ world, items: all.slice(first, first + size), total: all.length, first, size, url: exchange.url }), { etag: 'weak' });
    };
    return [
      get('/', list),
      get('/cars-for-sale/all-cars', list),
      get('/cars-for-sale/vehicle/:id', ({ params }) => {
        const listing = world.shop().find(params['id'] ?? '');
        if (listing === undefined) return page(gonePage(null), { status: 404 });
        if (listing.endedAt !== null) return page(gonePage(listing), { status: listing.status === 'sold' ? 200 : 404 });
        return page(detailPage(world, listing), { etag: 'weak' });
      }),
      get('/cars-for-sale/all-cars/:make', list),
      get('/cars-for-sale/all-cars/:make/:model', list),
    ];
  },
};
