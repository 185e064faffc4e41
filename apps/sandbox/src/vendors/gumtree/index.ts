import { get, page, whole, type Exchange } from '../../shared/exchange';
import { robotsTxt } from '../../shared/robots';
import { limitOf, named, type Wanted } from '../../shared/shop';
import type { Vendor } from '../../shared/vendor';
import { detailPage, gonePage, listPage } from './pages';

const perPage = 25;

const wantedOf = ({ query }: Exchange): Wanted => ({
  makes: named(query.get('vehicle_make')),
  models: named(query.get('vehicle_model')),
  yearFrom: limitOf(query.get('min_vehicle_registration_year')),
  yearTo: limitOf(query.get('max_vehicle_registration_year')),
  priceFrom: limitOf(query.get('min_price')),
  priceTo: limitOf(query.get('max_price')),
  // `up_to_80000`
  mileageTo: limitOf(query.get('vehicle_mileage')?.replace('up_to_', '')),
  words: named(query.get('q'))[0],
});

export const gumtree: Vendor = {
  slug: 'gumtree',
  title: 'Gumtree',
  kind: 'marketplace',
  source: 'gumtree',
  startPath: '/search?search_category=cars&page=1',
  robots: () => robotsTxt(['/my-account/', '/reply/', '/search?*sort=price', '/postad/']),
  routes: (world) => {
    const list = (exchange: Exchange) => {
      const cars = named(exchange.query.get('search_category'))[0] ?? 'cars';
      const number = whole(exchange.query.get('page'), 1);
      const found = cars === 'cars' ? world.shop().page(wantedOf(exchange), number, perPage) : { items: [], total: 0, number, pages: 1 };
      return page(listPage({ world, found, url: exchange.url, now: exchange.now }), { etag: 'weak' });
    };
    return [
      get('/', list),
      get('/search', list),
      get('/p/:make/:slug/:id', ({ params }) => {
        const listing = world.shop().find(params['id'] ?? '');
        if (listing === undefined) return page(gonePage(), { status: 404 });
        if (listing.endedAt !== null) return page(gonePage(), { status: 410 });
        return page(detailPage(world, listing), { etag: 'weak' });
      }),
    ];
  },
};
