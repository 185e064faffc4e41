import type { Migration } from '@autobroker/platform/database';

/** How large the market was when a model was trained; null for one that was trained before this was kept. */
export const marketAtTraining: Migration = {
  id: '0009-market-at-training',
  up: 'alter table pricing.model_versions add column cars_on_market integer check (cars_on_market >= 0);',
};
