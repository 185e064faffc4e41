import type { Migration } from '@autobroker/platform/database';

/**
 * How a sale is taxed is heard with its contract. Sales of before whose price has a service with its tax inside may have been
 * posted without taking it apart: each is looked at once more, by the night's check.
 */
export const taxOfSales: Migration = {
  id: '0007-tax-of-sales',
  up: `
alter table payment.orders add column tax jsonb, add column is_sale_doubtful boolean not null default false;
create index orders_doubtful on payment.orders (id) where is_sale_doubtful;
update payment.orders o set is_sale_doubtful = true where sale_postings > 0
  and exists (select 1 from jsonb_array_elements(o.lines) l where l ->> 'payee' = 'broker' and l ->> 'code' <> 'broker_fee' and (l ->> 'amount')::bigint <> 0)
  and exists (select 1 from jsonb_array_elements(o.lines) l where l ->> 'code' = 'broker_fee_vat' and (l ->> 'amount')::bigint <> 0);
`,
};
