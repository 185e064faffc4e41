import { Inject, Injectable } from '@nestjs/common';
import type { Vendor } from '@autobroker/platform/vendors';
import { scraperConfig, type ScraperConfig } from '../../application/config';
import type { SourcePlugin } from '../../application/source-plugin';
import { type HopAnswer, type HopRequest, headerText } from './egress';

interface Held {
  readonly headers: Readonly<Record<string, string>>;
  readonly until: number;
}

/** Tokens of official interfaces: asked for once, used until they are about to end, kept in memory only. */
@Injectable()
export class SignIns {
  private readonly held = new Map<string, Held>();

  constructor(@Inject(scraperConfig.token) private readonly config: ScraperConfig) {}

  forget(slug: string): void {
    this.held.delete(slug);
  }

  /** Headers to add to every request; null when the source does not let us in. */
  async headers(plugin: SourcePlugin, vendor: Vendor, hop: (ask: HopRequest) => Promise<HopAnswer>, signal: AbortSignal): Promise<Readonly<Record<string, string>> | null> {
    if (plugin.signIn === null) return {};
    const held = this.held.get(plugin.slug);
    if (held !== undefined && held.until > performance.now()) return held.headers;
    const credentials = this.credentialsOf(plugin.slug, vendor);
    if (plugin.signIn.credentials.some((name) => credentials[name] === undefined)) return null;
    const request = plugin.signIn.request(credentials);
    try {
      const answer = await hop({
        method: request.method,
        url: new URL(request.path, vendor.url),
        headers: { accept: 'application/json', ...request.headers },
        ...(request.body === undefined ? {} : { body: request.body }),
        signal: AbortSignal.any([signal, AbortSignal.timeout(this.config.totalTimeoutMs)]),
        reads: () => true,
        maxBodyBytes: 64 * 1024,
      });
      if (answer.status !== 200) return null;
      const read = plugin.signIn.read({ url: vendor.url, status: answer.status, contentType: headerText(answer.headers['content-type']), body: answer.body });
      if (read === null) return null;
      this.held.set(plugin.slug, { headers: read.headers, until: performance.now() + Math.max(0, read.expiresInS - 60) * 1_000 });
      return read.headers;
    } catch (error) {
      if (signal.aborted) throw error;
      return null;
    }
  }

  private credentialsOf(slug: string, vendor: Vendor): Record<string, string> {
    const own: Record<string, string> = { ...vendor.key };
    if (slug === 'ebay') {
      if (this.config.ebayClientId !== undefined) own['client_id'] = this.config.ebayClientId;
      if (this.config.ebayClientSecret !== undefined) own['client_secret'] = this.config.ebayClientSecret;
    }
    return own;
  }
}
