import { gzipSync } from 'node:zlib';
import type { MarketListing } from '@autobroker/market';
import { get, page, text, whole } from '../../shared/exchange';
import { html } from '../../shared/markup';
import type { Vendor, World } from '../../shared/vendor';
import { detailPage, frontPage, listPage, soldPage } from './pages';

const perSitemap = 50;
const perPage = 12;
/** How long a sold car stays to be looked at. */
const shownSoldForMs = 30 * 86_400_000;

const chunks = (listings: readonly MarketListing[]): readonly (readonly MarketListing[])[] => {
  // In the order of their numbers: a new car moves none of the others to another file.
  const ordered = [...listings].sort((a, b) => Number(a.externalId) - Number(b.externalId));
  return Array.from({ length: Math.ceil(ordered.length / perSitemap) }, (_, index) => ordered.slice(index * perSitemap, (index + 1) * perSitemap));
};

const latest = (listings: readonly MarketListing[]): Date => listings.reduce((newest, listing) => (listing.updatedAt > newest ? listing.updatedAt : newest), new Date(0));

/** Every second file is packed, as the shop's plug-in does it. */
const fileOf = (index: number): string => `vehicles-${index + 1}.xml${index % 2 === 1 ? '.gz' : ''}`;

const sitemaps = (world: World) => {
  const listed = () => chunks(world.shop().onOffer());
  return [
    get('/sitemap.xml', () => {
      const base = world.baseUrl();
      const body = html`<?xml version="1.0" encoding="UTF-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>${base}/sitemaps/seiten.xml</loc></sitemap>${listed().map((chunk, index) => html`<sitemap><loc>${base}/sitemaps/${fileOf(index)}</loc><lastmod>${latest(chunk).toISOString()}</lastmod></sitemap>`)}</sitemapindex>
`;
      return text('application/xml; charset=utf-8', body.toString(), { etag: 'strong' });
    }),
    get('/sitemaps/seiten.xml', () => text('application/xml', `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>${world.baseUrl()}/</loc></url><url><loc>${world.baseUrl()}/werkstatt</loc></url><url><loc>${world.baseUrl()}/impressum</loc></url></urlset>\n`)),
    get('/sitemaps/:file', ({ params }) => {
      const found = listed().flatMap((chunk, index) => (fileOf(index) === params['file'] ? [{ chunk, packed: index % 2 === 1 }] : []))[0];
      if (found === undefined) return text('text/plain', 'Not Found', { status: 404 });
      const base = world.baseUrl();
      const body = html`<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">${found.chunk.map((listing) => html`<url><loc>${base}${listing.path}</loc><lastmod>${listing.updatedAt.toISOString()}</lastmod><changefreq>daily</changefreq></url>`)}</urlset>
`.toString();
      const more = { etag: 'strong', lastModified: latest(found.chunk) } as const;
      return found.packed ? text('application/gzip', gzipSync(body), more) : text('application/xml; charset=utf-8', body, more);
    }),
  ];
};

export const dealerSite: Vendor = {
  slug: 'dealer-site',
  title: 'Autohaus Brandt',
  kind: 'dealer',
  source: 'dealer-site',
  startPath: '/',
  robots: (world) => `# Autohaus Brandt\nUser-Agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\nDisallow: /anfrage\nDisallow: /*?druck=1$\n\nSitemap: ${world.baseUrl()}/sitemap.xml\n`,
  routes: (world) => [
    get('/', () => page(frontPage(world))),
    get('/werkstatt', () => page(frontPage(world))),
    get('/impressum', () => page(frontPage(world))),
    get('/fahrzeuge', ({ query }) => page(listPage(world, world.shop().page({}, whole(query.get('seite'), 1), perPage)))),
    ...sitemaps(world),
    get('/fahrzeug/:name', ({ params, now }) => {
      const id = /-(\d+)$/u.exec(params['name'] ?? '')?.[1];
      const listing = id === undefined ? undefined : world.shop().find(id);
      if (listing === undefined) return page(soldPage(world, null), { status: 404 });
      if (listing.endedAt === null) return page(detailPage(world, listing), { etag: 'strong', lastModified: listing.updatedAt });
      const shown = listing.status === 'sold' && now.getTime() - listing.endedAt.getTime() < shownSoldForMs;
      return shown ? page(detailPage(world, listing), { lastModified: listing.updatedAt }) : page(soldPage(world, listing), { status: 410 });
    }),
  ],
};

