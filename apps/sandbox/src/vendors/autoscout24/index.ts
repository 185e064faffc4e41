import { get, page, whole, type Exchange } from '../../shared/exchange';
import { robotsTxt } from '../../shared/robots';
import { limitOf, named, type Wanted } from '../../shared/shop';
import type { Vendor } from '../../shared/vendor';
import { detailPage, gonePage } from './detail-page';
import { listPage } from './list-page';

const perPage = 20;
/** The site shows no more than this, however many there are: narrow the search to see the rest. */
const lastPage = 20;

const wantedOf = ({ query, params }: Exchange): Wanted => {
  // The model's box holds `make|model||`, the address may name the make as well.
  const [boxMake, boxModel] = (query.get('mmvmk0') ?? '').split('|');
  return {
    makes: named(params['make'], boxMake),
    models: named(params['model'], boxModel),
    yearFrom: limitOf(query.get('fregfrom')),
    yearTo: limitOf(query.get('fregto')),
    priceFrom: limitOf(query.get('pricefrom')),
    priceTo: limitOf(query.get('priceto')),
    mileageTo: limitOf(query.get('kmto')),
  };
};

export const autoscout24: Vendor = {
  slug: 'autoscout24',
  title: 'AutoScout24',
  kind: 'marketplace',
  source: 'autoscout24',
  startPath: '/lst?sort=age&desc=1',
  robots: (world) => robotsTxt(['/account/', '/merkzettel', '/api/', '/*?*utm_source='], [`Sitemap: ${world.baseUrl()}/sitemap.xml`]),
  routes: (world) => {
    const list = (exchange: Exchange) => {
      const wanted = wantedOf(exchange);
      const found = world.shop().page(wanted, whole(exchange.query.get('page'), 1), perPage, lastPage);
      return page(listPage({ world, found, wanted, url: exchange.url }), { etag: 'weak', headers: { 'cache-control': 'private, max-age=0' } });
    };
    return [
      get('/', list),
      get('/lst', list),
      get('/lst/:make', list),
      get('/lst/:make/:model', list),
      get('/angebote/:name', ({ params }) => {
        const id = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/u.exec(params['name'] ?? '')?.[0];
        const listing = id === undefined ? undefined : world.shop().find(id);
        if (listing === undefined) return page(gonePage(), { status: 404 });
        if (listing.endedAt !== null) return page(gonePage(), { status: 410 });
        return page(detailPage(world, listing), { etag: 'weak' });
      }),
    ];
  },
};
