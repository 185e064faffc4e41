import type { Migration } from '@autobroker/platform/database';

/** When an order was heard of says nothing that its version does not. The column stays until no release writes it. */
export const saleHoldsHeard: Migration = {
  id: '0013-sale-holds-heard',
  up: 'alter table vehicle.sale_holds alter column heard_at drop not null;',
};
