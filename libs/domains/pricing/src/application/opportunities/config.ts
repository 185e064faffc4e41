import { type ConfigOf, defineConfig, env } from '@autobroker/platform/config';

/** From where on a deal is told of. */
export const opportunitiesConfig = defineConfig('opportunities', {
  minScore: {
    env: 'OPPORTUNITY_MIN_SCORE',
    schema: env.int({ min: 0, max: 100 }),
    description: 'A car whose score is below this is no opportunity for anybody; people set their own thresholds above it',
    default: 35,
  },
  minProfit: {
    env: 'OPPORTUNITY_MIN_PROFIT',
    schema: env.int({ min: 0 }),
    description: 'The least projected profit of an opportunity, in minor units of the installation’s currency',
    default: 30_000,
  },
  minProbabilityPercent: {
    env: 'OPPORTUNITY_MIN_PROBABILITY_PERCENT',
    schema: env.int({ min: 0, max: 100 }),
    description: 'The least chance that the profit of an opportunity is more than nothing',
    default: 60,
  },
  costAllowancePercent: {
    env: 'OPPORTUNITY_COST_ALLOWANCE_PERCENT',
    schema: env.int({ min: 0, max: 60 }),
    description: 'Where no rule says what a car costs beyond its price, at most so much of the price is allowed for tax, papers and transport',
    default: 10,
  },
  retentionDays: {
    env: 'OPPORTUNITY_RETENTION_DAYS',
    schema: env.int({ min: 1, max: 3_650 }),
    description: 'Opportunities that ended are kept for so many days, for the analytics of what became of them',
    default: 365,
  },
});

export type OpportunitiesConfig = ConfigOf<typeof opportunitiesConfig>;
