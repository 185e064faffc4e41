import type { EntityClass } from '@autobroker/platform/database';
import { MarketCarEntity, MarketCountEntity, MarketOfferEntity, MarketSegmentEntity } from './market.entity';

export const pricingEntities: EntityClass[] = [MarketCarEntity, MarketOfferEntity, MarketSegmentEntity, MarketCountEntity];
