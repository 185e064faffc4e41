import { get, json, page, post, type Answer, type Exchange, type Handler } from '../../shared/exchange';
import { html } from '../../shared/markup';
import { isRecord, numberOf, readRecord, textOf } from '../../shared/records';
import { robotsTxt } from '../../shared/robots';
import type { Vendor, World } from '../../shared/vendor';
import { documentOf } from './document';
import { fetchPage, ScrapeFailure } from './fetch-page';
import { BatchJobs, type BatchJob } from './jobs';

const apiKey = 'fc-5a2d0b0c4e8f4f0e9d3b7c1a6e2f8d4b';
const usualTimeoutMs = 30_000;
const documentsAtOnce = 50;
const mostUrls = 1_000;

const refused = (status: number, error: string, code?: string): Answer => json({ success: false, ...(code === undefined ? {} : { code }), error }, { status });

const guarded =
  (handle: Handler): Handler =>
  (exchange) => {
    const token = /^Bearer (\S+)$/u.exec(exchange.headers.authorization ?? '')?.[1];
    if (token === undefined) return refused(401, 'Unauthorized: Token missing');
    if (token !== apiKey) return refused(401, 'Unauthorized: Invalid token');
    return handle(exchange);
  };

const formatsOf = (given: unknown): readonly string[] => {
  const named = Array.isArray(given) ? given.flatMap((one: unknown) => (isRecord(one) ? (textOf(one['type']) ?? []) : (textOf(one) ?? []))) : [];
  return named.length === 0 ? ['markdown'] : named;
};

const headersOf = (given: unknown): Record<string, string> => (isRecord(given) ? Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))) : {});

const scraper =
  (world: World, options: Readonly<Record<string, unknown>>) =>
  async (url: string): Promise<Record<string, unknown>> => {
    const fetched = await fetchPage(url, world.origins(), { headers: headersOf(options['headers']), timeoutMs: numberOf(options['timeout']) ?? usualTimeoutMs });
    return documentOf(fetched, formatsOf(options['formats']), options['onlyMainContent'] !== false);
  };

const scrape = async (world: World, { body }: Exchange): Promise<Answer> => {
  const asked = readRecord(body);
  const url = textOf(asked?.['url']);
  if (asked === null || url === null || !URL.canParse(url)) return refused(400, 'Bad Request', 'BAD_REQUEST');
  try {
    return json({ success: true, data: await scraper(world, asked)(url) });
  } catch (error) {
    if (error instanceof ScrapeFailure) return refused(error.status, error.message, error.code);
    throw error;
  }
};

const startBatch = (world: World, jobs: BatchJobs, { body, now }: Exchange): Answer => {
  const asked = readRecord(body);
  const urls = asked?.['urls'];
  if (asked === null || !Array.isArray(urls) || urls.length === 0 || urls.length > mostUrls) return refused(400, 'Bad Request', 'BAD_REQUEST');
  const given = urls.map(String);
  const invalid = given.filter((url) => !URL.canParse(url));
  if (invalid.length > 0 && asked['ignoreInvalidURLs'] === false) return refused(400, `Invalid URL: ${invalid[0] ?? ''}`, 'BAD_REQUEST');
  const job = jobs.start(given.filter((url) => URL.canParse(url)), now, scraper(world, asked));
  return json({ success: true, id: job.id, url: `${world.baseUrl()}/v2/batch/scrape/${job.id}`, ...(invalid.length === 0 ? {} : { invalidURLs: invalid }) });
};

const statusOf = (job: BatchJob): string => (job.cancelled ? 'cancelled' : job.done < job.total ? 'scraping' : 'completed');

/** A large result comes in parts; `next` leads to the following one. */
const showBatch = (world: World, job: BatchJob, skip: number): Answer => {
  const part = job.documents.slice(skip, skip + documentsAtOnce);
  const more = skip + part.length < job.documents.length;
  return json({
    success: true,
    status: statusOf(job),
    completed: job.done,
    total: job.total,
    creditsUsed: job.documents.length,
    expiresAt: job.expiresAt.toISOString(),
    ...(more ? { next: `${world.baseUrl()}/v2/batch/scrape/${job.id}?skip=${skip + part.length}` } : {}),
    data: part,
  });
};

export const firecrawl: Vendor = {
  slug: 'firecrawl',
  title: 'Firecrawl',
  kind: 'fetcher',
  key: { api_key: apiKey },
  startPath: '/',
  robots: () => robotsTxt(['/v2/']),
  routes: (world) => {
    const jobs = new BatchJobs();
    const withJob = (handle: (job: BatchJob, exchange: Exchange) => Answer): Handler =>
      guarded((exchange) => {
        const job = jobs.find(exchange.params['id'] ?? '');
        return job === undefined ? refused(404, 'Job not found') : handle(job, exchange);
      });
    return [
      get('/', () => page(html`<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Firecrawl</title></head><body><h1>Firecrawl API v2</h1><p>POST /v2/scrape, POST /v2/batch/scrape</p></body></html>`)),
      post('/v2/scrape', guarded((exchange) => scrape(world, exchange))),
      post('/v2/batch/scrape', guarded((exchange) => startBatch(world, jobs, exchange))),
      get('/v2/batch/scrape/:id', withJob((job, { query }) => showBatch(world, job, Number(query.get('skip') ?? 0) || 0))),
      get('/v2/batch/scrape/:id/errors', withJob((job) => json({ errors: job.errors, robotsBlocked: [] }))),
      {
        method: 'DELETE',
        path: '/v2/batch/scrape/:id',
        handle: withJob((job) => {
          job.cancelled = true;
          return json({ status: 'cancelled' });
        }),
      },
      get('/v2/team/credit-usage', guarded(() => json({ success: true, data: { remainingCredits: 100_000, planCredits: 100_000 } }))),
    ];
  },
};
