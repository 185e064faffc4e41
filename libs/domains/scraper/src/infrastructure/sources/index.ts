import { Injectable } from '@nestjs/common';
import { SourceRegistry, type SourcePlugin } from '../../application/source-plugin';
import { autoscout24 } from './autoscout24/source';
import { autotrader } from './autotrader/source';
import { cargurus } from './cargurus/source';
import { carsCom } from './cars-com/source';
import { copart } from './copart/source';
import { craigslist } from './craigslist/source';
import { dealerFeed } from './dealer-feed/source';
import { dealerSite } from './dealer-site/source';
import { ebay } from './ebay/source';
import { facebook } from './facebook/source';
import { gumtree } from './gumtree/source';
import { iaai } from './iaai/source';
import { mobileDe } from './mobile-de/source';

/** Every source of this build. A new one is a folder beside this file, a line here and its address in addresses.ts. */
export const sourcePlugins: readonly SourcePlugin[] = [autotrader, carsCom, cargurus, autoscout24, mobileDe, ebay, facebook, gumtree, craigslist, copart, iaai, dealerSite, dealerFeed];

@Injectable()
export class BuiltInSources extends SourceRegistry {
  private readonly bySlug = new Map(sourcePlugins.map((plugin) => [plugin.slug, plugin]));

  override all(): readonly SourcePlugin[] {
    return sourcePlugins;
  }

  override find(slug: string): SourcePlugin | undefined {
    return this.bySlug.get(slug);
  }
}
