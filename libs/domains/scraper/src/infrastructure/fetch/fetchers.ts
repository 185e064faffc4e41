import { Injectable } from '@nestjs/common';
import { Fetchers, type PageFetcher } from '../../application/ports';
import type { FetcherName } from '../../application/source-plugin';
import { DirectFetcher } from './direct-fetcher';
import { FirecrawlFetcher } from './firecrawl-fetcher';
import { ReplayFetcher } from './replay-fetcher';
import { SourceAddresses } from './source-addresses';

@Injectable()
export class AllFetchers extends Fetchers {
  constructor(
    private readonly direct: DirectFetcher,
    private readonly firecrawl: FirecrawlFetcher,
    private readonly replay: ReplayFetcher,
    private readonly addresses: SourceAddresses,
  ) {
    super();
  }

  override of(name: FetcherName | 'replay'): PageFetcher {
    switch (name) {
      case 'direct':
        return this.direct;
      case 'firecrawl':
        return this.firecrawl;
      case 'replay':
        return this.replay;
    }
  }

  override async address(slug: string): Promise<string | null> {
    return (await this.addresses.find(slug))?.url ?? null;
  }

  override async isSandbox(slug: string): Promise<boolean> {
    return (await this.addresses.find(slug))?.sandbox ?? false;
  }
}
