import type { Migration } from '@autobroker/platform/database';

/** When an order was heard of says nothing that its version does not. */
export const saleHoldsHeard: Migration = {
  id: '0013-sale-holds-heard',
  up: 'alter table vehicle.sale_holds drop column heard_at;',
};
