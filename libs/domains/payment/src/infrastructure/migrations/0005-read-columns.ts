import type { Migration } from '@autobroker/platform/database';

/** An order's own deadline is the order service's to keep. Refunds that are owed are looked for by the day they are due. */
export const readColumns: Migration = {
  id: '0005-read-columns',
  up: `
alter table payment.orders drop column due_at;
create index orders_refund_due on payment.orders (refund_due_at) where is_cancelled and closed_at is null;
`,
};
