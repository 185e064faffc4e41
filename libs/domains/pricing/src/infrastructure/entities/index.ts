import type { EntityClass } from '@autobroker/platform/database';
import { ModelHealthEntity, ModelVersionEntity } from './model-version.entity';
import { PricingPolicyEntity } from './pricing-policy.entity';
import { ValuationEntity, ValuationQueueEntity } from './valuation.entity';

export const pricingEntities: EntityClass[] = [ModelVersionEntity, ModelHealthEntity, ValuationEntity, ValuationQueueEntity, PricingPolicyEntity];
