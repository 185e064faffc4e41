import { type ConfigOf, defineConfig, env } from '@autobroker/platform/config';

export const pricingConfig = defineConfig('pricing', {
  cacheSeconds: {
    env: 'PRICING_CACHE_SECONDS',
    schema: env.int({ min: 1 }),
    description: 'How long the pricing of a vehicle is answered from the cache, unless an event says earlier that it changed',
    default: 300,
  },
});

export type PricingConfig = ConfigOf<typeof pricingConfig>;
