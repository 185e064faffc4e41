import { Inject, Injectable } from '@nestjs/common';
import {
  pricingCatalogueValued,
  pricingModelActivated,
  pricingVehicleValued,
  vehicleDelisted,
  vehicleListed,
  vehiclePriceChanged,
  vehicleUpdated,
} from '@autobroker/contracts';
import { Cache, type CacheEntry, type InvalidationRule, type Loaded, type Region } from '@autobroker/platform/cache';
import { pricingConfig, type PricingConfig } from '../config';
import { PricingNotice } from './pricing-notice';

const ofOneCar = [vehicleListed, vehicleUpdated, vehiclePriceChanged, vehicleDelisted, pricingVehicleValued];
const ofAllCars = [pricingCatalogueValued, pricingModelActivated];

const rules: readonly InvalidationRule[] = [
  ...ofOneCar.map((event): InvalidationRule => ({ event, keys: ({ key }) => [key] })),
  ...ofAllCars.map((event): InvalidationRule => ({ event, keys: () => 'all' })),
];

/** Finished answers about what a car is worth. Keys carry who may see them, so that private stock is served to its tenant alone. */
@Injectable()
export class PricingCache extends PricingNotice {
  private readonly region: Region;

  constructor(@Inject(Cache) cache: Cache, @Inject(pricingConfig.token) config: PricingConfig) {
    super();
    this.region = cache.region({ name: 'pricing.by-vehicle', ttlMs: config.cacheSeconds * 1_000, max: 40_000, maxBytes: 96 * 1024 * 1024, invalidateOn: rules });
  }

  /** The answer when it is at hand, without waiting. */
  peek(vehicleId: string, tenantId: string | null): CacheEntry | undefined {
    return this.region.peekEntry(`${vehicleId}#${tenantId ?? 'nobody'}`);
  }

  find(vehicleId: string, tenantId: string | null, load: () => Promise<Loaded | null>): Promise<CacheEntry | null> {
    return this.region.find(`${vehicleId}#${tenantId ?? 'nobody'}`, load);
  }

  override changed(vehicleIds: readonly string[]): void {
    if (vehicleIds.length > 0) void this.region.deleteMany(vehicleIds);
  }

  override allChanged(): void {
    void this.region.clear();
  }
}
