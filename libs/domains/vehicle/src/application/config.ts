import { isCurrencyCode, type CurrencyCode } from '@autobroker/kernel';
import { type ConfigOf, defineConfig, env } from '@autobroker/platform/config';
import { z } from 'zod';

const currency = z.custom<CurrencyCode>((value) => isCurrencyCode(value), { error: 'is not an ISO 4217 currency' });

export const vehicleConfig = defineConfig('vehicle', {
  currency: {
    env: 'REFERENCE_CURRENCY',
    schema: currency,
    description: 'The installation’s currency: prices in others are filtered and sorted by their value in it. Changing it takes effect with the next refresh of reference prices',
    default: 'EUR' as const,
  },
  purgeAfterDays: {
    env: 'VEHICLE_PURGE_AFTER_DAYS',
    schema: env.int({ min: 1 }),
    description: 'How many days a deleted vehicle is kept before it is purged for good',
    default: 90,
  },
});

export type VehicleConfig = ConfigOf<typeof vehicleConfig>;

/** Uploads: of one picture, in bytes. A phone's largest photos fit; OpenAPI tells it, so it is the same everywhere. */
export const maxUploadBytes = 15 * 1024 * 1024;
