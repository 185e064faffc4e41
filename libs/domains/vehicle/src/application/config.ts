import { type ConfigOf, defineConfig, env } from '@autobroker/platform/config';

export const vehicleConfig = defineConfig('vehicle', {
  purgeAfterDays: {
    env: 'VEHICLE_PURGE_AFTER_DAYS',
    schema: env.int({ min: 1 }),
    description: 'How many days a deleted vehicle is kept before it is purged for good',
    default: 90,
  },
  staleAfterDays: {
    env: 'LISTING_STALE_AFTER_DAYS',
    schema: env.int({ min: 0 }),
    description: 'How many days an offer that was read from a source may go unseen before it counts as removed; 0 for ever',
    default: 21,
  },
  archiveAfterDays: {
    env: 'LISTING_ARCHIVE_AFTER_DAYS',
    schema: env.int({ min: 0 }),
    description: 'How many days an offer that has ended stays with its vehicle before it goes into the archive; 0 for ever',
    default: 730,
  },
  quarantineDays: {
    env: 'QUARANTINE_KEEP_DAYS',
    schema: env.int({ min: 1 }),
    description: 'How many days a captured listing that could not be taken in is kept after the last try, or after it was settled',
    default: 90,
  },
  matchDecisionDays: {
    env: 'MATCH_DECISIONS_KEEP_DAYS',
    schema: env.int({ min: 1 }),
    description: 'How many days it is kept why the machine took listings for one car; what staff decided stays',
    default: 365,
  },
  priceHistoryMonths: {
    env: 'PRICE_HISTORY_KEEP_MONTHS',
    schema: env.int({ min: 0 }),
    description: 'How many months of price history are kept; 0 for all',
    default: 0,
  },
});

export type VehicleConfig = ConfigOf<typeof vehicleConfig>;

/** Uploads: of one picture, in bytes. A phone's largest photos fit; OpenAPI tells it, so it is the same everywhere. */
export const maxUploadBytes = 15 * 1024 * 1024;
