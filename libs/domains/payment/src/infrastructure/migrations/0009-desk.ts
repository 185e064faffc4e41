import type { Migration } from '@autobroker/platform/database';

// What a sale has posted is found by the keys of its journals: an order may have thousands of others.
const all = (table: string, order = 'id'): string => `(select jsonb_agg(to_jsonb(r) order by r.${order}) from payment.${table} r where r.order_id = o.id)`;

/**
 * All that an order's money is decided by, its row locked: in one call. What is looked for after the lock is held is seen as
 * whoever held it before has left it, because each statement of such a function sees what was committed when it began.
 */
export const desk: Migration = {
  id: '0009-desk',
  up: `
create function payment.desk(wanted uuid, owner uuid) returns jsonb language plpgsql volatile as $body$
begin
  perform from payment.orders where id = wanted and (owner is null or tenant_id = owner) for update;
  if not found then
    return null;
  end if;
  return (
    select jsonb_build_object(
      'order', to_jsonb(o), 'payments', ${all('payments', 'created_at')}, 'requests', ${all('refund_requests')}, 'parts', ${all('refund_parts')}, 'disputes', ${all('disputes')},
      'operations', (select jsonb_agg(jsonb_build_object('id', p.id, 'payment_id', p.payment_id, 'kind', p.kind, 'state', p.state)) from payment.operations p where p.order_id = o.id and (p.state = 'pending' or p.is_blocking)),
      'asked', (select jsonb_object_agg(c.name, c.n) from (select p.leg || ':' || p.kind as name, count(*)::integer as n from payment.operations p where p.order_id = o.id group by 1) c),
      'balances', (select jsonb_agg(jsonb_build_object('account', b.account, 'currency', b.currency, 'amount', b.amount)) from payment.ledger_balances b where b.order_id = o.id),
      'posted_sale', (select jsonb_agg(jsonb_build_object('account', s.account, 'payee', s.payee, 'amount', s.amount)) from (
        select e.account, e.payee, sum(e.amount) as amount from generate_series(1, o.sale_postings) n
          cross join lateral (select id from payment.ledger_journals where key = o.id::text || ':sale:' || n limit 1) j
          cross join lateral (select account, payee, amount from payment.ledger_entries where journal_id = j.id offset 0) e
        group by 1, 2 having sum(e.amount) <> 0 order by 1, 2) s))
    from payment.orders o where o.id = wanted);
end
$body$;
`,
};
