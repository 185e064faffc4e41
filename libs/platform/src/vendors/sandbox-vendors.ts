import { logger } from '../telemetry';
import { fetch } from 'undici';
import { z } from 'zod';
import { isPublicAddress } from './public-address';

const log = logger('vendors.sandbox');
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

/** Where the sandbox plays each vendor, as its front page tells; nowhere without a sandbox. */
export class SandboxVendors {
  private vendors = new Map<string, Vendor>();
  private loadedAt = Number.NEGATIVE_INFINITY;
  private failedAt = Number.NEGATIVE_INFINITY;
  private loading: Promise<void> | null = null;

  constructor(private readonly url: string | undefined) {}

  async find(slug: string): Promise<Vendor | null> {
    await this.refresh();
    return this.vendors.get(slug) ?? null;
  }

  private async refresh(): Promise<void> {
    const { url } = this;
    const now = performance.now();
    if (url === undefined || now - this.loadedAt < freshMs || now - this.failedAt < retryMs) return;
    this.loading ??= this.load(url).finally(() => {
      this.loading = null;
    });
    await this.loading;
  }

  private async load(url: string): Promise<void> {
    try {
      const answer = await fetch(new URL('/control/vendors', url), { signal: AbortSignal.timeout(5_000) });
      const { vendors } = vendorsSchema.parse(await answer.json());
      this.vendors = new Map(vendors.map(({ slug, base_url, key }) => [slug, { url: base_url, key: key ?? {}, sandbox: true }]));
      this.loadedAt = performance.now();
    } catch (error) {
      this.failedAt = performance.now();
      log.warn({ err: error }, 'the sandbox does not say where its vendors are');
    }
  }
}

/** What plays the outside world must never be taken for it: stops a production process that is pointed at it. */
export function refuseInProduction(what: string, sandboxUrl: string | undefined, urls: readonly (string | undefined)[]): void {
  if (process.env.NODE_ENV !== 'production') return;
  const refused = urls.find((url) => url !== undefined && isInternalUrl(url));
  if (refused !== undefined || sandboxUrl !== undefined) throw new Error(`SANDBOX_URL and ${what} addresses inside this network are refused in production`);
}

function isInternalUrl(url: string): boolean {
  const { hostname } = new URL(url);
  const bare = hostname.replace(/^\[|\]$/gu, '');
  if (bare === 'localhost' || bare.endsWith('.localhost') || bare.endsWith('.internal') || bare.endsWith('.local')) return true;
  return /^[\d.]+$|:/u.test(bare) && !isPublicAddress(bare);
}
