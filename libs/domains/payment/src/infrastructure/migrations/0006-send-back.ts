import type { Migration } from '@autobroker/platform/database';

/** Money that a buyer has sent and no payment has taken goes back; it is known by whose it is. Transfers that ended before are looked at once more. */
export const sendBack: Migration = {
  id: '0006-send-back',
  up: `
alter table payment.operations drop constraint operations_kind_check;
alter table payment.operations add constraint operations_kind_check check (kind in ('open', 'capture', 'void', 'cancel', 'confirm', 'refund', 'evidence', 'send_back'));
create index payments_transfer_customer on payment.payments (customer_ref) where method = 'bank_transfer' and customer_ref is not null;
update payment.payments set look_at = now() where method = 'bank_transfer' and customer_ref is not null and look_at is null and created_at > now() - interval '180 days';
`,
};
