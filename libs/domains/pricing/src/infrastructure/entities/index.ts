import type { EntityClass } from '@autobroker/platform/database';
import { MarketCarEntity, MarketCountEntity, MarketOfferEntity, MarketSegmentEntity } from './market.entity';
import { ModelHealthEntity, ModelVersionEntity } from './model-version.entity';
import { PricingPolicyEntity } from './pricing-policy.entity';
import { ValuationEntity, ValuationQueueEntity } from './valuation.entity';

const market: EntityClass[] = [MarketCarEntity, MarketOfferEntity, MarketSegmentEntity, MarketCountEntity];
const valuation: EntityClass[] = [ModelVersionEntity, ModelHealthEntity, ValuationEntity, ValuationQueueEntity, PricingPolicyEntity];

export const pricingEntities: EntityClass[] = [...market, ...valuation];
