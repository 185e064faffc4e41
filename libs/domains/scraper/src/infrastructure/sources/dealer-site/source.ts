import { parseSitemap } from '../../extraction';
import { defineSource } from '../define-source';

/** The number at the end of a car's address is its own. */
const idIn = (url: string): string | null => /\/fahrzeug\/[^/?#]*-(\d+)\/?(?:[?#]|$)/u.exec(url)?.[1] ?? null;

/** A dealer's own site: its sitemap names every car, and the car's page says the rest in RDFa or JSON-LD. */
export const dealerSite = defineSource({
  slug: 'dealer-site',
  name: 'Dealer site',
  kind: 'dealer',
  country: 'DE',
  currency: 'EUR',
  unit: 'km',
  locale: 'de-DE',
  home: 'https://www.autohaus.example',
  conditional: true,
  carries: { detail: ['title_or_make', 'price', 'year'] },
  list: { path: '/sitemap.xml', paging: { by: 'none' } },
  detail: { gone: { sold: /class="stempel">\s*verkauft/iu, removed: /dieses fahrzeug ist nicht mehr da|diese seite gibt es nicht/iu } },
  code: {
    listRequest: ({ path = '/sitemap.xml' }) => ({ method: 'GET', path, isFeed: true }),
    readList: (page) => {
      const sitemap = parseSitemap(page.body);
      if (sitemap.kind === 'none') return { kind: 'unreadable', reasons: sitemap.reasons };
      if (sitemap.kind === 'index') {
        // Files of pages that are no cars are not worth a request.
        const files = sitemap.entries.filter(({ url }) => /vehicle|fahrzeug|auto|car|inventory|stock/iu.test(url));
        return { kind: 'list', listings: [], lists: (files.length > 0 ? files : sitemap.entries).map(({ url }, index) => ({ page: 1, path: url, list: String(index) })) };
      }
      const links = sitemap.entries.flatMap(({ url, lastModified }) => {
        const externalId = idIn(url);
        return externalId === null ? [] : [{ externalId, url, changed: lastModified }];
      });
      return { kind: 'list', listings: [], links };
    },
  },
});
