import { json, post, get, page, type Exchange } from '../../shared/exchange';
import { html } from '../../shared/markup';
import { isRecord, numberOf, readRecord, textOf } from '../../shared/records';
import { robotsTxt } from '../../shared/robots';
import { limitOf, type Wanted } from '../../shared/shop';
import type { Vendor } from '../../shared/vendor';
import { lotOf } from './lot';

const mostPerPage = 100;

/** `{"YEAR": ["lot_year:[\"2015\" TO \"2020\"]"], "MAKE": ["lot_make_desc:\"BMW\""]}` as the site's own pages send it. */
const wantedOf = (filter: unknown, query: unknown): Wanted => {
  const lines = (name: string): string[] => {
    const given = isRecord(filter) ? filter[name] : undefined;
    return Array.isArray(given) ? given.filter((line) => typeof line === 'string') : [];
  };
  const quoted = (line: string): string | null => /:"?([^"[\]]+)"?$/u.exec(line)?.[1] ?? null;
  const range = (name: string): readonly [number | undefined, number | undefined] => {
    const match = /\["?(\d+|\*)"? TO "?(\d+|\*)"?\]/u.exec(lines(name)[0] ?? '');
    return [limitOf(match?.[1]), limitOf(match?.[2])];
  };
  const words = Array.isArray(query) ? textOf(query[0]) : textOf(query);
  const [yearFrom, yearTo] = range('YEAR');
  return {
    makes: lines('MAKE').flatMap((line) => quoted(line) ?? []),
    models: lines('MODL').flatMap((line) => quoted(line) ?? []),
    yearFrom,
    yearTo,
    mileageTo: range('ODM')[1],
    words: words === null || words === '*' ? undefined : words,
  };
};

export const copart: Vendor = {
  slug: 'copart',
  title: 'Copart',
  kind: 'auction',
  source: 'copart',
  startPath: '/vehicleFinder',
  watermark: 'COPART',
  robots: () => robotsTxt(['/member/', '/locations/*?', '/public/bids/']),
  routes: (world) => {
    const search = ({ body, now }: Exchange) => {
      const asked = readRecord(body);
      if (asked === null) return json({ returnCode: -1, returnCodeDesc: 'Invalid request', data: null }, { status: 400 });
      const size = Math.min(mostPerPage, Math.max(1, numberOf(asked['size']) ?? 20));
      const number = Math.max(0, numberOf(asked['page']) ?? 0);
      const found = world.shop().page(wantedOf(asked['filter'], asked['query']), Math.floor(number) + 1, Math.floor(size));
      return json({
        returnCode: 1,
        returnCodeDesc: 'Success',
        data: {
          query: { query: asked['query'] ?? ['*'], filter: asked['filter'] ?? {}, page: number, size },
          results: {
            totalElements: found.total,
            totalPages: found.pages,
            number,
            size,
            facetFields: [{ quickPickCode: 'MAKE', displayName: 'Make', facetCounts: world.shop().makes().map(([make, count]) => ({ query: `lot_make_desc:"${make}"`, displayName: make, count })) }],
            content: found.items.map((listing) => lotOf(listing, world.baseUrl(), now)),
          },
        },
      });
    };
    return [
      get('/', () => page(front())),
      get('/vehicleFinder', () => page(front())),
      post('/public/lots/search-results', search),
      post('/public/lots/search', search),
      get('/public/data/lotdetails/solr/:lot', ({ params, now }) => {
        const listing = world.shop().find(params['lot'] ?? '');
        // A lot that was taken off answers as one that never was: with success and nothing.
        if (listing === undefined || listing.status === 'removed') return json({ returnCode: 1, returnCodeDesc: 'Success', data: {} });
        const images = listing.pictures.map((picture) => ({ lotNumberStr: listing.externalId, sequenceNumber: picture.n, imageTypeDescription: 'Image', url: `${world.baseUrl()}/img/${picture.hash}/${picture.n}.jpg` }));
        return json({ returnCode: 1, returnCodeDesc: 'Success', data: { lotDetails: lotOf(listing, world.baseUrl(), now), imagesList: { totalElements: images.length, IMAGE: images } } });
      }),
      get('/lot/:lot/*', ({ params }) => {
        const listing = world.shop().find(params['lot'] ?? '');
        return page(front(listing?.title), { status: listing === undefined ? 404 : 200 });
      }),
    ];
  },
};

/** The site itself is an application in the browser: its pages are empty without their scripts. */
const front = (title = 'Salvage Cars for Sale') => html`<!DOCTYPE html><html lang="en" ng-app="copart"><head><meta charset="utf-8"><title>${title} - Copart USA</title>
<script src="/js/app.min.js?v=30.2.1"></script></head><body><header><a href="/">Copart</a><nav><a href="/vehicleFinder">Vehicle Finder</a><a href="/todaysAuction">Today's Auctions</a><a href="/member/login">Sign In</a></nav></header>
<div id="lot-search-results" ng-controller="SearchResultsController"><div class="loading">Loading…</div></div>
<footer>Bids from $0. Copart, Inc.</footer></body></html>`;
