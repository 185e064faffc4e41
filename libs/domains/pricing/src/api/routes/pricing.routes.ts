import { idSchema, moneySchema, timestampSchema } from '@autobroker/contracts';
import { can } from '@autobroker/platform/auth';
import { defineRoute, parseInclude } from '@autobroker/platform/http';
import { z } from 'zod';
import { pricingSchema, quantilesSchema } from '../schemas/pricing-resource';
import { policyBody, policySchema } from '../schemas/pricing-policy';
import { priceStepCodes } from '../../domain/recommended-price';

const tag = 'pricing';
const idParams = z.strictObject({ id: idSchema });

export const getPricing = defineRoute({
  method: 'GET',
  path: '/vehicles/:id/pricing',
  tag,
  summary: 'What a vehicle is worth, and how good its price is',
  description: 'A distribution, not a point. `include=evidence` adds every comparable, the conversion and the model behind it.',
  access: can('pricing.read'),
  params: idParams,
  query: z.strictObject({ include: parseInclude(['evidence']) }),
  response: { status: 200, data: pricingSchema, headers: { etag: { description: 'For If-None-Match' } } },
  errors: ['not_found'],
  rateLimit: 'hot',
});

export const getRecommendedPrice = defineRoute({
  method: 'GET',
  path: '/vehicles/:id/recommended-price',
  tag,
  summary: 'What to ask for a vehicle of one’s own stock',
  description: 'By the tenant’s pricing policy; every step of the price has its reason.',
  access: can('stock_price.read'),
  params: idParams,
  query: z.strictObject({ cost: z.int().min(1).max(100_000_000_000).optional().meta({ description: 'What was paid for the car and put into it, in minor units of its currency' }) }),
  response: {
    status: 200,
    data: z
      .strictObject({
        vehicle_id: idSchema,
        recommended_price: moneySchema.nullable().meta({ description: 'Null where the car can’t be valued' }),
        asking_price: moneySchema.nullable(),
        quantiles: quantilesSchema.nullable(),
        steps: z.array(
          z.strictObject({
            code: z.enum(priceStepCodes),
            before: moneySchema.nullable(),
            after: moneySchema,
            because: z.number().meta({ description: 'What the rule looked at: days, per cent, or minor units' }),
          }),
        ),
        margin_percent: z.number().nullable(),
        above_market: z.boolean(),
        days_on_market: z.int(),
        days_of_supply: z.number().nullable(),
        policy_version: z.int(),
        valued_at: timestampSchema,
      })
      .meta({ id: 'RecommendedPrice' }),
  },
  errors: ['not_found'],
});

const etag = { etag: { description: 'Version of the rules, for If-Match; 0 until a tenant sets its own' } };

export const getPricingPolicy = defineRoute({
  method: 'GET',
  path: '/pricing-policy',
  tag,
  summary: 'How the tenant prices its own stock',
  access: can('stock_price.read'),
  response: { status: 200, data: policySchema, headers: etag },
  errors: ['not_found'],
});

export const setPricingPolicy = defineRoute({
  method: 'PUT',
  path: '/pricing-policy',
  tag,
  summary: 'Set how the tenant prices its own stock',
  access: can('pricing_policy.manage'),
  body: policyBody,
  response: { status: 200, data: policySchema, headers: etag },
  errors: ['not_found'],
});
