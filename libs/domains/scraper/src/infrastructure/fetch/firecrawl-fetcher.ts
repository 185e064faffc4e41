import { Firecrawl, type Document } from '@mendable/firecrawl-js';
import { Inject, Injectable } from '@nestjs/common';
import { scraperConfig, type ScraperConfig } from '../../application/config';
import { type FetchContext, type FetchFailure, type FetchJob, type FetchOutcome, PageFetcher } from '../../application/ports';
import type { ErrorClass } from '../../domain/run';
import { classOfStatus } from './classify';
import { allowedUrl } from './redirects';
import { SourceAddresses } from './source-addresses';
import { Allowance } from './ways';

const failure = (error: ErrorClass, detail: string, retryAfterMs: number | null = null): FetchFailure => ({ ok: false, error, detail, retryAfterMs });

/** Firecrawl's own limit for one batch is higher; a hundred keep one answer small enough. */
export const batchSize = 100;
const requestMs = 60_000;

/** Pages by way of Firecrawl, for sources that are set so: it renders and unblocks, and costs per page. */
@Injectable()
export class FirecrawlFetcher extends PageFetcher {
  override readonly name = 'firecrawl';
  override readonly batch = batchSize;
  private client: { readonly key: string; readonly client: Firecrawl } | null = null;

  constructor(
    private readonly addresses: SourceAddresses,
    private readonly allowance: Allowance,
    @Inject(scraperConfig.token) private readonly config: ScraperConfig,
  ) {
    super();
  }

  override async fetch(jobs: readonly FetchJob[], context: FetchContext): Promise<FetchOutcome[]> {
    const client = await this.open();
    if (client === null) return jobs.map(() => failure('unauthorized', 'Firecrawl has no key here'));
    const vendor = await this.addresses.find(context.plugin.slug);
    if (vendor === null) return jobs.map(() => failure('network', 'the source has no address here'));
    const origins = [new URL(vendor.url).origin, ...context.plugin.origins];
    const asked = jobs.map(({ request }) => {
      if (request.method !== 'GET' || !URL.canParse(request.path, vendor.url)) return null;
      const url = new URL(request.path, vendor.url);
      return allowedUrl(url, origins) ? url.href : null;
    });
    const urls = asked.filter((url) => url !== null);
    const outcomes = new Map<string, FetchOutcome>();
    for (let at = 0; at < urls.length; at += batchSize) {
      const part = urls.slice(at, at + batchSize);
      const spent = await this.allowance.spend(context.plugin, context.politeness, part.length, 'firecrawl');
      if (!spent.allowed) {
        for (const url of part) outcomes.set(url, failure('budget', spent.detail));
        continue;
      }
      const answered = await this.ask(client, part, context.plugin.locale);
      // Refused as a whole, and so not read and not charged.
      if (answered.refused) await spent.giveBack();
      for (const [url, outcome] of answered.outcomes) outcomes.set(url, atHome(outcome, origins));
    }
    return asked.map((url) => (url === null ? failure('client_error', 'Firecrawl reads pages of the source, by GET') : (outcomes.get(url) ?? failure('server_error', 'Firecrawl did not answer for this page'))));
  }

  /** One page of a marketplace. */
  async scrapeMarketplace(client: Firecrawl, params: { readonly url: string; readonly locale: string }): Promise<FetchOutcome> {
    return outcomeOf(await client.scrape(params.url, optionsFor(params.locale)));
  }

  /** Up to a hundred pages at once; the answers come by their addresses. */
  async batchScrape(client: Firecrawl, urls: readonly string[], locale: string): Promise<Map<string, FetchOutcome>> {
    const job = await client.batchScrape([...urls], { options: optionsFor(locale), pollInterval: 1, timeout: 600, ignoreInvalidURLs: true });
    const found = new Map<string, FetchOutcome>();
    for (const document of job.data) {
      const url = document.metadata?.sourceURL ?? document.metadata?.url;
      if (url !== undefined) found.set(url, outcomeOf(document));
    }
    return found;
  }

  private async ask(client: Firecrawl, urls: readonly string[], locale: string): Promise<{ readonly outcomes: Map<string, FetchOutcome>; readonly refused: boolean }> {
    try {
      const [first] = urls;
      if (urls.length === 1 && first !== undefined) return { outcomes: new Map([[first, await this.scrapeMarketplace(client, { url: first, locale })]]), refused: false };
      return { outcomes: await this.batchScrape(client, urls, locale), refused: false };
    } catch (error) {
      const status = typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number' ? error.status : 0;
      const outcome = failure(status === 0 ? 'network' : (classOfStatus(status) ?? 'server_error'), error instanceof Error ? error.message : 'Firecrawl failed');
      return { outcomes: new Map(urls.map((url) => [url, outcome])), refused: status >= 400 && status < 500 };
    }
  }

  private async open(): Promise<Firecrawl | null> {
    const vendor = await this.addresses.find('firecrawl');
    const apiUrl = this.config.firecrawlUrl ?? vendor?.url;
    const apiKey = this.config.firecrawlKey ?? vendor?.key['api_key'];
    if (apiKey === undefined) return null;
    const key = `${apiUrl ?? ''} ${apiKey}`;
    if (this.client?.key === key) return this.client.client;
    const client = new Firecrawl({ apiKey, ...(apiUrl === undefined ? {} : { apiUrl: apiUrl.replace(/\/$/u, '') }), timeoutMs: requestMs, maxRetries: 2 });
    this.client = { key, client };
    return client;
  }
}

/** It follows redirects itself: a page from elsewhere is not the source's. */
const atHome = (outcome: FetchOutcome, origins: readonly string[]): FetchOutcome => {
  if (!outcome.ok || outcome.notModified || outcome.page.url === '') return outcome;
  const { url } = outcome.page;
  return URL.canParse(url) && allowedUrl(new URL(url), origins) ? outcome : failure('off_origin', `Firecrawl was led to ${url.slice(0, 200)}`);
};

const optionsFor = (locale: string) => ({ formats: ['rawHtml' as const], onlyMainContent: false, location: { languages: [locale] } });

function outcomeOf(document: Document): FetchOutcome {
  const status = document.metadata?.statusCode ?? 200;
  const wrong = classOfStatus(status);
  if (wrong !== null) return failure(wrong, document.metadata?.error ?? `answered ${status}`);
  const text = document.rawHtml ?? document.html;
  if (text === undefined) return failure('unreadable', 'Firecrawl gave no page');
  return {
    ok: true,
    notModified: false,
    page: { url: document.metadata?.url ?? document.metadata?.sourceURL ?? '', status, contentType: document.metadata?.contentType ?? 'text/html', body: Buffer.from(text) },
    validators: { etag: null, lastModified: null },
  };
}
