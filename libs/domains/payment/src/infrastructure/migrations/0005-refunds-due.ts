import type { Migration } from '@autobroker/platform/database';

/** Refunds that are owed are looked for by the day they are due. */
export const refundsDue: Migration = {
  id: '0005-refunds-due',
  up: `
create index orders_refund_due on payment.orders (refund_due_at) where is_cancelled and closed_at is null;
`,
};
