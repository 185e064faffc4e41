import { z } from 'zod';
import { defineConfig } from '../config';

export const quotesConfig = defineConfig('quotes', {
  pricingUrl: {
    env: 'PRICING_URL',
    schema: z.url(),
    description: 'Where the pricing service answers, for processes that check quotes and do not host it themselves',
    default: 'http://localhost:4002',
  },
});
