import { isCurrencyCode, type CurrencyCode } from '@autobroker/kernel';
import { z } from 'zod';
import { defineConfig, env, type ConfigOf } from '../config';

const currency = z.custom<CurrencyCode>((value) => isCurrencyCode(value), { error: 'is not an ISO 4217 currency' });

export const ratesConfig = defineConfig('reference-rates', {
  currency: {
    env: 'REFERENCE_CURRENCY',
    schema: currency,
    description: 'The installation’s currency: prices in others are filtered, sorted and compared by their value in it. Changing it takes effect with the next refresh of reference prices',
    default: 'EUR' as const,
  },
  url: {
    env: 'REFERENCE_RATES_URL',
    schema: env.url({ protocols: ['http', 'https'] }),
    description: 'Folder that holds eurofxref-daily.xml and eurofxref-hist-90d.xml in the format of the European Central Bank',
    default: 'https://www.ecb.europa.eu/stats/eurofxref',
  },
  maxAgeDays: {
    env: 'REFERENCE_RATES_MAX_AGE_DAYS',
    schema: env.int({ min: 1, max: 366 }),
    description: 'How many days a reference rate may be old and still be used',
    default: 10,
  },
  allowBuiltin: {
    env: 'REFERENCE_RATES_BUILTIN',
    schema: env.bool(),
    description: 'Whether the rough rates that come with the program will do where there is none from the bank',
    default: true,
  },
});

export type RatesSettings = ConfigOf<typeof ratesConfig>;
