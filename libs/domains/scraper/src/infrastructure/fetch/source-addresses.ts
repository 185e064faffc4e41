import { Inject, Injectable } from '@nestjs/common';
import { logger } from '@autobroker/platform/telemetry';
import { fetch } from 'undici';
import { z } from 'zod';
import { scraperConfig, type ScraperConfig } from '../../application/config';
import { sourceAddressConfig, type SourceAddressConfig } from '../sources/addresses';
import { isPublicAddress } from './addresses';

const log = logger('scraper.addresses');
const vendorsSchema = z.object({
  vendors: z.array(z.object({ slug: z.string(), kind: z.string().optional(), base_url: z.url(), key: z.record(z.string(), z.string()).optional() })),
});

export interface Vendor {
  readonly url: string;
  readonly key: Readonly<Record<string, string>>;
  readonly sandbox: boolean;
}

const freshMs = 60_000;
const retryMs = 5_000;

/** Where each source is: as configured, else at the sandbox's stand-in, else nowhere. */
@Injectable()
export class SourceAddresses {
  private vendors = new Map<string, Vendor>();
  private loadedAt = Number.NEGATIVE_INFINITY;
  private failedAt = Number.NEGATIVE_INFINITY;
  private loading: Promise<void> | null = null;

  constructor(
    @Inject(scraperConfig.token) private readonly config: ScraperConfig,
    @Inject(sourceAddressConfig.token) private readonly own: SourceAddressConfig,
  ) {
    if (process.env.NODE_ENV !== 'production') return;
    // What plays the outside world must never be taken for it.
    const refused = [config.sandboxUrl, config.firecrawlUrl, ...Object.values(own)].find((url) => url !== undefined && isInternal(url));
    if (refused !== undefined || config.sandboxUrl !== undefined) throw new Error('SANDBOX_URL and source addresses inside this network are refused in production');
  }

  async find(slug: string): Promise<Vendor | null> {
    const configured = Object.entries(this.own).find(([name]) => name === slug)?.[1];
    if (configured !== undefined) return { url: configured, key: {}, sandbox: false };
    await this.refresh();
    return this.vendors.get(slug) ?? null;
  }

  private async refresh(): Promise<void> {
    const { sandboxUrl } = this.config;
    const now = performance.now();
    if (sandboxUrl === undefined || now - this.loadedAt < freshMs || now - this.failedAt < retryMs) return;
    this.loading ??= this.load(sandboxUrl).finally(() => {
      this.loading = null;
    });
    await this.loading;
  }

  private async load(sandboxUrl: string): Promise<void> {
    try {
      const answer = await fetch(new URL('/control/vendors', sandboxUrl), { signal: AbortSignal.timeout(5_000) });
      const { vendors } = vendorsSchema.parse(await answer.json());
      this.vendors = new Map(vendors.map(({ slug, base_url, key }) => [slug, { url: base_url, key: key ?? {}, sandbox: true }]));
      this.loadedAt = performance.now();
    } catch (error) {
      this.failedAt = performance.now();
      log.warn({ err: error }, 'the sandbox does not say where its vendors are');
    }
  }
}

function isInternal(url: string): boolean {
  const { hostname } = new URL(url);
  const bare = hostname.replace(/^\[|\]$/gu, '');
  if (bare === 'localhost' || bare.endsWith('.localhost') || bare.endsWith('.internal') || bare.endsWith('.local')) return true;
  return /^[\d.]+$|:/u.test(bare) && !isPublicAddress(bare);
}
