import { get, page, whole, type Exchange } from '../../shared/exchange';
import { robotsTxt } from '../../shared/robots';
import { limitOf, type Wanted } from '../../shared/shop';
import type { Vendor } from '../../shared/vendor';
import { detailPage, gonePage } from './detail-page';
import { listPage } from './list-page';

const wantedOf = ({ query }: Exchange): Wanted => ({
  makes: query.getAll('makes[]').filter((make) => make !== ''),
  models: query.getAll('models[]').filter((model) => model !== ''),
  yearFrom: limitOf(query.get('year_min')),
  yearTo: limitOf(query.get('year_max')),
  priceFrom: limitOf(query.get('list_price_min')),
  priceTo: limitOf(query.get('list_price_max')),
  mileageTo: limitOf(query.get('mileage_max')),
  words: query.get('keyword') ?? undefined,
});

export const carsCom: Vendor = {
  slug: 'cars-com',
  title: 'Cars.com',
  kind: 'marketplace',
  source: 'cars-com',
  startPath: '/shopping/results/?page=1&page_size=20',
  robots: () => robotsTxt(['/profile/', '/dealers/*/leads', '/shopping/compare/', '/*?*print=']),
  routes: (world) => [
    get('/', (exchange) => page(listPage({ world, found: world.shop().page({}, 1, 20), wanted: {}, url: exchange.url }), { etag: 'strong' })),
    get('/shopping/results/', (exchange) => {
      const wanted = wantedOf(exchange);
      const found = world.shop().page(wanted, whole(exchange.query.get('page'), 1), whole(exchange.query.get('page_size'), 20, { max: 100 }));
      return page(listPage({ world, found, wanted, url: exchange.url }), { etag: 'strong' });
    }),
    get('/vehicledetail/:id/', ({ params }) => {
      const listing = world.shop().find(params['id'] ?? '');
      if (listing === undefined) return page(gonePage(null), { status: 404 });
      // The site keeps the address of what is gone and says so with a 200.
      if (listing.endedAt !== null) return page(gonePage(listing), { etag: 'strong' });
      return page(detailPage(world, listing), { etag: 'strong', lastModified: listing.updatedAt });
    }),
  ],
};
