import { type ConfigOf, defineConfig, env } from '@autobroker/platform/config';

const minuteMs = 60_000;

export const priceQueryConfig = defineConfig('price-queries', {
  scrapeMs: { env: 'PRICE_QUERY_SCRAPE_TIMEOUT', schema: env.duration({ min: 1_000 }), description: 'How long a price query waits for its ad-hoc scrape before it goes on with what is known', default: 10 * minuteMs },
  arrivalMs: { env: 'PRICE_QUERY_ARRIVAL', schema: env.duration({ min: 100 }), description: 'How long it waits, after the scrape, until what was captured is on the market: what is refused never arrives', default: minuteMs },
  sources: { env: 'PRICE_QUERY_SOURCES', schema: env.list(), description: 'Sources that are read for a price query; those that the scraper reads by default when empty', default: [] },
  maxResults: { env: 'PRICE_QUERY_MAX_RESULTS', schema: env.int({ min: 1, max: 1_000 }), description: 'Listings that are read of each source for one price query', default: 50 },
  similar: { env: 'PRICE_QUERY_SIMILAR', schema: env.int({ min: 1, max: 100 }), description: 'Similar cars, and auction listings, that a price query keeps', default: 20 },
  maxOpen: { env: 'PRICE_QUERY_MAX_OPEN', schema: env.int({ min: 1 }), description: 'Price queries of one person that may be under way at the same time', default: 20 },
  retentionDays: { env: 'PRICE_QUERY_RETENTION_DAYS', schema: env.int({ min: 1 }), description: 'How many days price queries are kept', default: 90 },
});

export type PriceQueryConfig = ConfigOf<typeof priceQueryConfig>;
