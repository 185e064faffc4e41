import type { EntityClass } from '@autobroker/platform/database';
import { ExternalValuationEntity, PricingUsageEntity, RegionalInsightEntity } from './external.entity';
import { MarketCarEntity, MarketCountEntity, MarketOfferEntity, MarketSegmentEntity } from './market.entity';
import { AuctionListingEntity, PriceQueryAskerEntity, PriceQueryCaptureEntity, PriceQueryEntity, RefusedListingEntity, SimilarityMatchEntity } from './price-query.entity';

export const pricingEntities: EntityClass[] = [
  ...[MarketCarEntity, MarketOfferEntity, MarketSegmentEntity, MarketCountEntity],
  ...[PriceQueryEntity, PriceQueryAskerEntity, PriceQueryCaptureEntity, RefusedListingEntity, SimilarityMatchEntity, AuctionListingEntity],
  ...[ExternalValuationEntity, RegionalInsightEntity, PricingUsageEntity],
];
