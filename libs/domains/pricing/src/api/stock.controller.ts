import { Controller } from '@nestjs/common';
import { isOperator } from '@autobroker/platform/auth';
import { scopeOf, type TenantScope } from '@autobroker/platform/database';
import { etagOf, Handle, Input, type InputOf, orThrow, ProblemError, reply } from '@autobroker/platform/http';
import { PricingPolicies, type TenantPolicy } from '../application/stock/policies';
import { RecommendPrice } from '../application/stock/recommend-price';
import { callerOf } from './caller';
import { getPricingPolicy, getRecommendedPrice, setPricingPolicy } from './routes/pricing.routes';
import { policyJson, policyOf } from './schemas/pricing-policy';

/** Prices of a tenant's own stock, and the rules they come from. */
@Controller()
export class StockController {
  constructor(
    private readonly recommending: RecommendPrice,
    private readonly policies: PricingPolicies,
  ) {}

  @Handle(getRecommendedPrice)
  async recommended(@Input() { params, query, principal, tenantId }: InputOf<typeof getRecommendedPrice>) {
    const question = { vehicleId: params.id, tenantId: isOperator(principal) ? null : tenantId, cost: query.cost ?? null };
    const { priced, recommended, ...rest } = orThrow(await this.recommending.run(question));
    const { valuation } = priced;
    const money = (amount: number) => ({ amount, currency: valuation.currency });
    return reply({
      vehicle_id: params.id,
      recommended_price: recommended === null ? null : money(recommended.amount),
      asking_price: valuation.asking === null ? null : money(valuation.asking),
      quantiles: valuation.quantiles,
      steps: (recommended?.steps ?? []).map(({ code, before, after, because }) => ({ code, before: before === null ? null : money(before), after: money(after), because })),
      margin_percent: recommended?.marginPercent ?? null,
      above_market: recommended?.aboveMarket ?? false,
      days_on_market: rest.daysOnMarket,
      days_of_supply: rest.daysOfSupply,
      policy_version: rest.policyVersion,
      valued_at: valuation.valuedAt.toISOString(),
    });
  }

  @Handle(getPricingPolicy)
  async policy(@Input() { tenantId }: InputOf<typeof getPricingPolicy>) {
    return answer(await this.policies.of(scoped(tenantId)));
  }

  @Handle(setPricingPolicy)
  async set(@Input() input: InputOf<typeof setPricingPolicy>) {
    return answer(orThrow(await this.policies.set(scoped(input.tenantId), input.ifMatch, policyOf(input.body), callerOf(input))));
  }
}

/** An operator of no tenant has no stock to price. */
function scoped(tenantId: string): TenantScope {
  if (tenantId === '') throw new ProblemError('not_found', 'This belongs to a tenant.');
  return scopeOf({ tenantId });
}

const answer = (policy: TenantPolicy) => reply(policyJson(policy), { etag: etagOf(policy.version) });
