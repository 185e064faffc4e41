import type { EntityClass } from '@autobroker/platform/database';
import { ExternalValuationEntity, PricingUsageEntity, RegionalInsightEntity } from './external.entity';
import { MarketCarEntity, MarketCountEntity, MarketOfferEntity, MarketSegmentEntity } from './market.entity';
import { AuctionListingEntity, PriceQueryAskerEntity, PriceQueryCaptureEntity, PriceQueryEntity, SimilarityMatchEntity } from './price-query.entity';

export const pricingEntities: EntityClass[] = [
  ...[MarketCarEntity, MarketOfferEntity, MarketSegmentEntity, MarketCountEntity],
  ...[PriceQueryEntity, PriceQueryAskerEntity, PriceQueryCaptureEntity, SimilarityMatchEntity, AuctionListingEntity],
  ...[ExternalValuationEntity, RegionalInsightEntity, PricingUsageEntity],
];
