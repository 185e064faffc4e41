import { type ConfigOf, defineConfig, env } from '@autobroker/platform/config';

export const pricingConfig = defineConfig('pricing', {
  cacheSeconds: {
    env: 'PRICING_CACHE_SECONDS',
    schema: env.int({ min: 1 }),
    description: 'How long the pricing of a vehicle is answered from the cache, unless an event says earlier that it changed',
    default: 300,
  },
  trainingDays: {
    env: 'PRICING_TRAINING_DAYS',
    schema: env.int({ min: 7, max: 3_650 }),
    description: 'A price model learns from cars that came onto the market within so many days',
    default: 365,
  },
  trainingCars: {
    env: 'PRICING_TRAINING_CARS',
    schema: env.int({ min: 500, max: 2_000_000 }),
    description: 'The most cars that a price model learns from, the latest ones; memory and time of the training grow with it',
    default: 60_000,
  },
});

export type PricingConfig = ConfigOf<typeof pricingConfig>;
