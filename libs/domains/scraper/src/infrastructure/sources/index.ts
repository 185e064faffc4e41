import { Injectable } from '@nestjs/common';
import { SourceRegistry, type SourcePlugin } from '../../application/source-plugin';
import { autoscout24 } from './autoscout24/source';
import { copart } from './copart/source';
import { dealerFeed } from './dealer-feed/source';

/** Every source of this build. A new one is a folder beside this file, a line here and its address in addresses.ts. */
export const sourcePlugins: readonly SourcePlugin[] = [
  autoscout24,
  copart,
  dealerFeed,
];

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
