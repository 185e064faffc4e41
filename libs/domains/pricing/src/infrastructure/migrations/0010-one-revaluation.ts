import type { Migration } from '@autobroker/platform/database';

/** Which attempt of its job a valuing of the catalogue is: one at a time goes on. Null for one from before this was kept. */
export const oneRevaluation: Migration = {
  id: '0010-one-revaluation',
  up: 'alter table pricing.revaluations add column attempt uuid;',
};
