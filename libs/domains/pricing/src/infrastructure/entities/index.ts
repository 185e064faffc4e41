import type { EntityClass } from '@autobroker/platform/database';
import { CostRuleEntity } from './cost-rule.entity';
import { FeeScheduleEntity } from './fee-schedule.entity';
import { ExternalValuationEntity, PricingUsageEntity, RegionalInsightEntity } from './external.entity';
import { MarketCarEntity, MarketCountEntity, MarketOfferEntity, MarketSegmentEntity } from './market.entity';
import { ModelHealthEntity, ModelVersionEntity } from './model-version.entity';
import { OdometerPeakEntity, OpportunityEntity, OpportunityQueueEntity, OpportunityStatusEntity } from './opportunity.entity';
import { AuctionListingEntity, PriceQueryAskerEntity, PriceQueryCaptureEntity, PriceQueryEntity, RefusedListingEntity, SimilarityMatchEntity } from './price-query.entity';
import { PricingPolicyEntity } from './pricing-policy.entity';
import { QuoteEntity, QuoteKeyEntity } from './quote.entity';
import { RevaluationEntity, ValuationEntity, ValuationQueueEntity } from './valuation.entity';

const market: EntityClass[] = [MarketCarEntity, MarketOfferEntity, MarketSegmentEntity, MarketCountEntity];
const valuation: EntityClass[] = [ModelVersionEntity, ModelHealthEntity, ValuationEntity, ValuationQueueEntity, RevaluationEntity, PricingPolicyEntity];
const opportunity: EntityClass[] = [OpportunityEntity, OpportunityStatusEntity, OpportunityQueueEntity, OdometerPeakEntity];
const query: EntityClass[] = [PriceQueryEntity, PriceQueryAskerEntity, PriceQueryCaptureEntity, RefusedListingEntity, SimilarityMatchEntity, AuctionListingEntity];
const external: EntityClass[] = [ExternalValuationEntity, RegionalInsightEntity, PricingUsageEntity];

export const pricingEntities: EntityClass[] = [...market, ...valuation, ...opportunity, ...query, ...external, CostRuleEntity, FeeScheduleEntity, QuoteEntity, QuoteKeyEntity];
