import type { EntityClass } from '@autobroker/platform/database';
import { MarketCarEntity, MarketCountEntity, MarketOfferEntity, MarketSegmentEntity } from './market.entity';
import { ModelHealthEntity, ModelVersionEntity } from './model-version.entity';
import { OdometerPeakEntity, OpportunityEntity, OpportunityQueueEntity, OpportunityStatusEntity } from './opportunity.entity';
import { PricingPolicyEntity } from './pricing-policy.entity';
import { ValuationEntity, ValuationQueueEntity } from './valuation.entity';

const market: EntityClass[] = [MarketCarEntity, MarketOfferEntity, MarketSegmentEntity, MarketCountEntity];
const valuation: EntityClass[] = [ModelVersionEntity, ModelHealthEntity, ValuationEntity, ValuationQueueEntity, PricingPolicyEntity];
const opportunity: EntityClass[] = [OpportunityEntity, OpportunityStatusEntity, OpportunityQueueEntity, OdometerPeakEntity];

export const pricingEntities: EntityClass[] = [...market, ...valuation, ...opportunity];
