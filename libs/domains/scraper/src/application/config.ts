import { type ConfigOf, defineConfig, env } from '@autobroker/platform/config';
import { apiBudgetFields } from '@autobroker/platform/vendors';
import { z } from 'zod';

export const scraperConfig = defineConfig('scraper', {
  sandboxUrl: {
    env: 'SANDBOX_URL',
    schema: env.url({ protocols: ['http', 'https'] }).optional(),
    description: 'Front page of the sandbox, which says where its stand-ins for the sources are; refused in production',
    default: undefined,
  },
  captureKeys: {
    env: 'CAPTURE_KEYS',
    schema: z.string().regex(/^\s*[\w-]+:[A-Za-z0-9+/=]+(\s*,\s*[\w-]+:[A-Za-z0-9+/=]+)*\s*$/, 'must be id:base64,…'),
    description: 'Keys that raw captures are encrypted with, `id:base64` of 32 bytes each, the current one first',
    secret: true,
    default: 'development:ZGV2ZWxvcG1lbnQtb25seS1jYXB0dXJlLWtleS0zMiE=',
  },
  captureDays: {
    env: 'CAPTURE_RETENTION_DAYS',
    schema: env.int({ min: 1, max: 365 }),
    description: 'How many days raw captures are kept',
    default: 30,
  },
  runDays: {
    env: 'SCRAPER_RUN_RETENTION_DAYS',
    schema: env.int({ min: 1 }),
    description: 'How many days finished runs and their statistics are kept',
    default: 90,
  },
  userAgents: {
    env: 'SCRAPER_USER_AGENTS',
    schema: env.list('|'),
    description: 'What the scraper says it is, separated by |; several are used in turn, one for each run',
    default: ['AutobrokerBot/1.0 (+https://autobroker.example/bot)'],
  },
  robotsAgent: {
    env: 'SCRAPER_ROBOTS_AGENT',
    schema: z.string().regex(/^[A-Za-z_-]+$/, 'must be a product token'),
    description: 'Product token that robots.txt is asked by',
    default: 'AutobrokerBot',
  },
  proxyUrl: {
    env: 'SCRAPER_PROXY_URL',
    schema: env.url({ protocols: ['http', 'https'] }).optional(),
    description: 'Proxy that requests to sources go through',
    secret: true,
    default: undefined,
  },
  maxBodyBytes: {
    env: 'SCRAPER_MAX_BODY',
    schema: env.int({ min: 1_024 }),
    description: 'The most bytes of one answer, as it arrives and unpacked',
    default: 10 * 1024 * 1024,
  },
  maxFeedBytes: {
    env: 'SCRAPER_MAX_FEED',
    schema: env.int({ min: 1_024 }),
    description: 'The same for a sitemap or a feed, which holds a whole stock; sitemaps have up to 50 MB by their protocol',
    default: 50 * 1024 * 1024,
  },
  headersTimeoutMs: { env: 'SCRAPER_HEADERS_TIMEOUT', schema: env.duration({ min: 100 }), description: 'How long a source may take to begin its answer', default: 15_000 },
  idleTimeoutMs: { env: 'SCRAPER_IDLE_TIMEOUT', schema: env.duration({ min: 100 }), description: 'How long an answer may stand still', default: 15_000 },
  totalTimeoutMs: { env: 'SCRAPER_TOTAL_TIMEOUT', schema: env.duration({ min: 100 }), description: 'How long one answer may take as a whole, redirects included', default: 60_000 },
  turnMs: {
    env: 'SCRAPER_TURN',
    schema: env.duration({ min: 1_000, max: 28 * 60_000 }),
    description: 'How long one job works on a run before it hands on to the next; less than the timeout of the queue',
    default: 20 * 60_000,
  },
  detailRefreshDays: {
    env: 'SCRAPER_DETAIL_REFRESH_DAYS',
    schema: env.int({ min: 1 }),
    description: 'After how many days the detail page of a listing that has not changed is read again',
    default: 14,
  },
  fullEveryHours: {
    env: 'SCRAPER_FULL_EVERY_HOURS',
    schema: env.int({ min: 1 }),
    description: 'A scheduled run reads the whole list when the last full one is so many hours old, else only what is new',
    default: 20,
  },
  searchCron: {
    env: 'SCRAPER_SEARCH_CRON',
    schema: env.text({ max: 120 }),
    description: 'When saved searches without a schedule of their own are read: five fields, UTC',
    default: '0 */6 * * *',
  },
  querySources: {
    env: 'SCRAPER_QUERY_SOURCES',
    schema: env.list(),
    description: 'Sources that a price query asks when it names none',
    default: ['copart', 'iaai'],
  },
  minPerDay: {
    env: 'SCRAPER_MIN_PER_DAY',
    schema: env.int({ min: 0 }),
    description: 'Listings that a healthy source gives in a day at the least',
    default: 100,
  },
  apiFailuresPerHour: { env: 'SCRAPER_API_FAILURES_PER_HOUR', schema: env.int({ min: 1 }), description: 'Failed requests within an hour that make a source degraded', default: 10 },
  searchFailuresPerHour: { env: 'SCRAPER_SEARCH_FAILURES_PER_HOUR', schema: env.int({ min: 1 }), description: 'Failed runs within an hour that make a source degraded', default: 5 },
  maxBacklog: {
    env: 'SCRAPER_MAX_BACKLOG',
    schema: env.int({ min: 100 }),
    description: 'Events that may wait for consumers before runs wait too',
    default: 20_000,
  },
  imageHashSources: {
    env: 'SCRAPER_IMAGE_HASH_SOURCES',
    schema: env.list(),
    description: 'Sources of whose listings the first picture is read once and hashed, so that the same car can be recognised elsewhere; * for all',
    default: ['*'],
  },
  ...apiBudgetFields,
  firecrawlUrl: { env: 'FIRECRAWL_API_URL', schema: env.url({ protocols: ['http', 'https'] }).optional(), description: 'Address of Firecrawl; its own when only a key is set', default: undefined },
  firecrawlKey: { env: 'FIRECRAWL_API_KEY', schema: z.string().min(1).optional(), description: 'Key for Firecrawl; without one it can’t be chosen as a fetcher', secret: true, default: undefined },
  ebayClientId: { env: 'EBAY_CLIENT_ID', schema: z.string().min(1).optional(), description: 'Client of eBay’s Browse API', default: undefined },
  ebayClientSecret: { env: 'EBAY_CLIENT_SECRET', schema: z.string().min(1).optional(), description: 'Secret of that client', secret: true, default: undefined },
});

export type ScraperConfig = ConfigOf<typeof scraperConfig>;
