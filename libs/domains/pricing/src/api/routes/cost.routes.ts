import { idSchema } from '@autobroker/contracts';
import { can } from '@autobroker/platform/auth';
import { defineRoute } from '@autobroker/platform/http';
import { z } from 'zod';
import { costBody, costRuleBody, costRuleSchema, endBody, feeBody, feeSchema, landedSchema, maxBidBody, maxBidSchema } from '../schemas/cost';

const tag = 'costs';

export const workOutCosts = defineRoute({
  method: 'POST',
  path: '/landed-cost',
  tag,
  summary: 'All that a car costs until it stands where its buyer wants it',
  description: 'Every line with its rule, source and date; what depends on something that was not told is a range, what no rule says is unknown. A place without rules is refused.',
  access: can('pricing.read'),
  body: costBody,
  response: { status: 200, data: landedSchema },
  errors: ['not_found', 'no_rule', 'currency_unsupported'],
});

export const findHighestBid = defineRoute({
  method: 'POST',
  path: '/landed-cost/max-bid',
  tag,
  summary: 'The highest price with which all of it costs no more than a limit, or leaves a margin',
  description: 'One minor unit more would cost more than the limit. What is a range counts with its most; what no rule says is not in it: see `unknown`.',
  access: can('pricing.read'),
  body: maxBidBody,
  response: { status: 200, data: maxBidSchema },
  errors: ['not_found', 'no_rule', 'currency_mismatch', 'currency_unsupported'],
});

export const listCostRules = defineRoute({
  method: 'GET',
  path: '/cost-rules',
  tag,
  summary: 'The rules of taxes and fees',
  description: 'Those that come with the program and those that this installation added. `at` leaves those that hold on a day.',
  access: can('pricing.read'),
  query: z.strictObject({ kind: z.string().max(40).optional(), jurisdiction: z.string().max(20).optional(), at: z.iso.date().optional() }),
  response: { status: 200, data: z.array(costRuleSchema) },
});

export const addCostRule = defineRoute({
  method: 'POST',
  path: '/cost-rules',
  tag,
  summary: 'Add a rule, or put one in the place of a rule of the same key',
  access: can('cost_rule.manage'),
  body: costRuleBody,
  response: { status: 201, data: costRuleSchema },
  errors: ['already_exists'],
});

export const endCostRule = defineRoute({
  method: 'POST',
  path: '/cost-rules/:id/end',
  tag,
  summary: 'Let an added rule end on a day',
  access: can('cost_rule.manage'),
  params: z.strictObject({ id: idSchema }),
  body: endBody,
  response: { status: 200, data: costRuleSchema },
  errors: ['not_found'],
});

export const listFees = defineRoute({
  method: 'GET',
  path: '/broker-fees',
  tag,
  summary: 'What this broker takes for its service, latest first',
  description: 'Of each currency the latest that has begun holds; without one, the installation’s default in `GET /cost-rules`.',
  access: can('pricing.read'),
  response: { status: 200, data: z.array(feeSchema) },
});

export const addFee = defineRoute({
  method: 'POST',
  path: '/broker-fees',
  tag,
  summary: 'Take other fees from a day on',
  access: can('pricing_policy.manage'),
  body: feeBody,
  response: { status: 201, data: feeSchema },
  errors: ['already_exists', 'not_found'],
});
