import { get, page, whole, type Exchange } from '../../shared/exchange';
import { robotsTxt } from '../../shared/robots';
import { limitOf, named, type Wanted } from '../../shared/shop';
import type { Vendor } from '../../shared/vendor';
import { detailPage, gonePage } from './detail-page';
import { listPage } from './list-page';

const perPage = 20;

/** Ranges are `from:to`, either side may be missing. */
const range = (given: string | null): readonly [number | undefined, number | undefined] => {
  const [from, to] = (given ?? '').split(':');
  return [limitOf(from), limitOf(to)];
};

const wantedOf = ({ query }: Exchange): Wanted => {
  // `ms=make;model;;`, and once for each.
  const boxes = query.getAll('ms').map((box) => box.split(';'));
  const [yearFrom, yearTo] = range(query.get('fr'));
  const [priceFrom, priceTo] = range(query.get('p'));
  return {
    makes: named(...boxes.map(([make]) => make)),
    models: named(...boxes.map(([, model]) => model)),
    yearFrom,
    yearTo,
    priceFrom,
    priceTo,
    mileageTo: range(query.get('ml'))[1],
  };
};

export const mobileDe: Vendor = {
  slug: 'mobile-de',
  title: 'mobile.de',
  kind: 'marketplace',
  source: 'mobile-de',
  startPath: '/fahrzeuge/search.html?pageNumber=1',
  robots: () => robotsTxt(['/mein-mobile/', '/svc/', '/fahrzeuge/vergleich', '/fahrzeuge/details.html?*&print=']),
  routes: (world) => {
    const list = (exchange: Exchange) => {
      const wanted = wantedOf(exchange);
      const found = world.shop().page(wanted, whole(exchange.query.get('pageNumber'), 1), whole(exchange.query.get('pageSize'), perPage, { max: 50 }));
      return page(listPage({ world, found, wanted, url: exchange.url }), { headers: { 'cache-control': 'no-cache' } });
    };
    return [
      get('/', list),
      get('/fahrzeuge/search.html', list),
      get('/fahrzeuge/details.html', ({ query }) => {
        const listing = world.shop().find(query.get('id') ?? '');
        if (listing === undefined || listing.endedAt !== null) return page(gonePage(), { status: 404 });
        return page(detailPage(world, listing), { lastModified: listing.updatedAt });
      }),
    ];
  },
};
