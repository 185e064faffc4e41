import { type ConfigOf, defineConfig, env } from '@autobroker/platform/config';
import { apiBudgetFields } from '@autobroker/platform/vendors';
import { z } from 'zod';

const url = (name: string, variable: string) => ({
  env: variable,
  schema: env.url({ protocols: ['http', 'https'] }).optional(),
  description: `Address of ${name}; its own when only a key is set, else the sandbox’s stand-in; refused in production where it leads into this network`,
  default: undefined,
});
const key = (name: string, variable: string) => ({
  env: variable,
  schema: z.string().min(1).optional(),
  description: `Key for ${name}; without one the sandbox answers, and in production nobody`,
  secret: true,
  default: undefined,
});
const hourMs = 3_600_000;

/** Whoever else says what cars are worth. */
export const externalConfig = defineConfig('external-valuations', {
  sandboxUrl: {
    env: 'SANDBOX_URL',
    schema: env.url({ protocols: ['http', 'https'] }).optional(),
    description: 'Front page of the sandbox, which says where its stand-ins for the vendors are; refused in production',
    default: undefined,
  },
  kbbUrl: url('Kelley Blue Book’s InfoDriver service', 'KBB_API_URL'),
  kbbKey: key('Kelley Blue Book', 'KBB_API_KEY'),
  edmundsUrl: url('Edmunds', 'EDMUNDS_API_URL'),
  edmundsKey: key('Edmunds', 'EDMUNDS_API_KEY'),
  perplexityUrl: url('Perplexity', 'PERPLEXITY_API_URL'),
  perplexityKey: key('Perplexity', 'PERPLEXITY_API_KEY'),
  perplexityModel: { env: 'PERPLEXITY_MODEL', schema: env.text({ max: 60 }), description: 'Which of Perplexity’s models is asked', default: 'sonar' },
  timeoutMs: { env: 'EXTERNAL_VALUATION_TIMEOUT', schema: env.duration({ min: 100 }), description: 'How long one answer of these vendors may take', default: 20_000 },
  weights: {
    env: 'EXTERNAL_VALUATION_WEIGHTS',
    schema: env.list(),
    description: 'How much each counts in the value that is made of them, `source=number`; who has none is not asked',
    default: ['kbb=0.45', 'edmunds=0.35', 'perplexity=0.2'],
  },
  zip: { env: 'EXTERNAL_VALUATION_ZIP', schema: z.string().regex(/^\d{5}$/, 'must be five digits'), description: 'ZIP code of American cars whose state is not known', default: '66101' },
  marketMs: { env: 'MARKET_DATA_TTL', schema: env.duration({ min: 1_000 }), description: 'How long what is researched of a model’s market counts as fresh', default: hourMs },
  valuationMs: { env: 'VEHICLE_VALUATION_TTL', schema: env.duration({ min: 1_000 }), description: 'How long a guide book’s valuation of a car counts as fresh', default: 24 * hourMs },
  regionalMs: { env: 'REGIONAL_DATA_TTL', schema: env.duration({ min: 1_000 }), description: 'How long what is researched of a region counts as fresh', default: 168 * hourMs },
  ...apiBudgetFields,
});

export type ExternalConfig = ConfigOf<typeof externalConfig>;
