import type { Migration } from '@autobroker/platform/database';

/**
 * A catalogue that is valued anew writes every row. No query goes by the position, and its index made a new entry in every
 * index of each row; with room for its next state beside it a row stays on its page, and no index is written at all.
 */
export const valuationsInPlace: Migration = {
  id: '0008-valuations-in-place',
  up: `
drop index pricing.valuations_by_position;
alter table pricing.valuations set (fillfactor = 50);
`,
};
