import { Inject, Injectable } from '@nestjs/common';
import { refuseInProduction, SandboxVendors, type Vendor } from '@autobroker/platform/vendors';
import { scraperConfig, type ScraperConfig } from '../../application/config';
import { sourceAddressConfig, type SourceAddressConfig } from '../sources/addresses';

/** Where each source is: as configured, else at the sandbox's stand-in, else nowhere. */
@Injectable()
export class SourceAddresses {
  private readonly sandbox: SandboxVendors;

  constructor(
    @Inject(scraperConfig.token) config: ScraperConfig,
    @Inject(sourceAddressConfig.token) private readonly own: SourceAddressConfig,
  ) {
    refuseInProduction('source', config.sandboxUrl, [config.firecrawlUrl, ...Object.values(own)]);
    this.sandbox = new SandboxVendors(config.sandboxUrl);
  }

  async find(slug: string): Promise<Vendor | null> {
    const configured = Object.entries(this.own).find(([name]) => name === slug)?.[1];
    if (configured !== undefined) return { url: configured, key: {}, sandbox: false };
    return this.sandbox.find(slug);
  }
}
