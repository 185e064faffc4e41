import { idSchema } from '@autobroker/contracts';
import { can } from '@autobroker/platform/auth';
import { defineRoute } from '@autobroker/platform/http';
import { z } from 'zod';
import { costBody, costRuleBody, costRuleSchema, endBody, landedSchema, maxBidBody, maxBidSchema } from '../schemas/cost';

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
