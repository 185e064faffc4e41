import { get, page, whole, type Exchange } from '../../shared/exchange';
import { robotsTxt } from '../../shared/robots';
import { limitOf, named, type Wanted } from '../../shared/shop';
import type { Vendor } from '../../shared/vendor';
import { detailPage, gonePage, listPage } from './pages';

const perPage = 50;

const wantedOf = ({ query }: Exchange): Wanted => ({
  makes: named(...query.getAll('make')),
  models: named(...query.getAll('model')),
  yearFrom: limitOf(query.get('yearfrom')),
  yearTo: limitOf(query.get('yearto')),
  mileageTo: limitOf(query.get('odometerto')),
  priceTo: limitOf(query.get('buynowto')),
  words: named(query.get('keyword'))[0],
});

export const iaai: Vendor = {
  slug: 'iaai',
  title: 'IAA',
  kind: 'auction',
  source: 'iaai',
  startPath: '/Search?page=1',
  watermark: 'IAA',
  robots: () => robotsTxt(['/MyAuctions', '/Login', '/Dashboard', '/Payment']),
  routes: (world) => {
    const list = (exchange: Exchange) =>
      page(listPage({ world, found: world.shop().page(wantedOf(exchange), whole(exchange.query.get('page'), 1), perPage), url: exchange.url, now: exchange.now }), { headers: { 'cache-control': 'no-store' } });
    return [
      get('/', list),
      get('/Search', list),
      get('/VehicleDetail/:id', ({ params, now }) => {
        const id = /^(\d+)~US$/u.exec(params['id'] ?? '')?.[1];
        const listing = id === undefined ? undefined : world.shop().find(id);
        // The site says so in words, with a 200.
        if (listing === undefined || listing.status === 'removed') return page(gonePage(id ?? ''));
        return page(detailPage(world, listing, now), { headers: { 'cache-control': 'no-store' } });
      }),
    ];
  },
};
