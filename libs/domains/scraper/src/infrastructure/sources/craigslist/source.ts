import { parseFeed } from '../../extraction';
import { defineSource, listingOf } from '../define-source';

const hints = { locale: 'en-US', currency: 'USD', mileageUnit: 'mi', country: 'US' } as const;
/** The posting's number stands at the end of its address. */
const idIn = (url: string | null): string | null => /\/(\d{6,})\.html(?:[?#]|$)/u.exec(url ?? '')?.[1] ?? null;

export const craigslist = defineSource({
  slug: 'craigslist',
  name: 'Craigslist',
  kind: 'marketplace',
  country: 'US',
  currency: 'USD',
  unit: 'mi',
  locale: 'en-US',
  home: 'https://www.craigslist.org',
  origins: ['https://images.craigslist.org'],
  conditional: true,
  list: {
    path: '/search/cta',
    query: { format: 'rss', sort: 'date' },
    paging: { by: 'offset', parameter: 's', size: 25, maxPages: 120 },
    filters: { year_min: 'min_auto_year', year_max: 'max_auto_year', price_min: 'min_price', price_max: 'max_price', mileage_max: 'max_auto_miles', keywords: 'query' },
    // One box takes make and model in the seller's own words.
    search: ({ makes, models }) => (makes?.[0] === undefined ? {} : { auto_make_model: [makes[0], models?.[0]].filter(Boolean).join(' ') }),
  },
  fields: {
    detail: {
      externalId: [{ css: '.postinginfo', match: /post id:\s*(\d+)/u }, { url: /\/(\d{6,})\.html/u }],
      fields: {
        title: [{ css: '#titletextonly' }],
        price: [{ css: '.postingtitletext .price' }],
        description: [{ css: '#postingbody' }],
        latitude: [{ css: '#map', attr: 'data-latitude' }],
        longitude: [{ css: '#map', attr: 'data-longitude' }],
        city: [{ css: '.postingtitletext', match: /\(([^(),]+)(?:,[^()]*)?\)\s*$/u }],
        region: [{ css: '.postingtitletext', match: /\([^(),]+,\s*([^()]+)\)\s*$/u }],
        listed_at: [{ css: 'time.date', attr: 'datetime' }],
        images: [{ css: 'a.thumb', attr: 'href', all: true }],
      },
    },
  },
  detail: { gone: { sold: /this vehicle has been sold/iu, removed: /this posting has (?:expired|been deleted)|flagged for removal/iu } },
  code: {
    readList: (page) => {
      const feed = parseFeed({ url: page.url, body: page.body, contentType: page.contentType, hints });
      if (feed.kind === 'none') return { kind: 'unreadable', reasons: feed.reasons };
      const listings = feed.listings.map((one) => ({ ...one, externalId: idIn(one.url) ?? one.externalId }));
      return { kind: 'list', listings: listings.flatMap((one) => listingOf(one)) };
    },
  },
});
