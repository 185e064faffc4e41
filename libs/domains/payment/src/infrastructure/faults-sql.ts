/**
 * Everything that must not be: journals that do not add up, balances that are not the sums of their entries, and orders of which
 * the ledger says something else than the payments: deposits + payments − refunds − chargebacks = settled + refund due.
 */
export const faultsSql = `
select 'journal_unbalanced' as kind, j.id::text as ref, j.tenant_id, j.order_id, 0 as expected, s.total as actual, j.currency
from (select journal_id, sum(amount) as total from payment.ledger_entries group by journal_id having sum(amount) <> 0) s join payment.ledger_journals j on j.id = s.journal_id
union all
select 'balance_differs', coalesce(e.order_id, b.order_id)::text || ':' || coalesce(e.account, b.account), o.tenant_id, o.id, coalesce(e.total, 0), coalesce(b.amount, 0), coalesce(e.currency, b.currency)
from (select coalesce(order_id, '00000000-0000-0000-0000-000000000000') as order_id, account, currency, sum(amount) as total from payment.ledger_entries group by 1, 2, 3) e
full join payment.ledger_balances b on b.order_id = e.order_id and b.account = e.account and b.currency = e.currency
left join payment.orders o on o.id = coalesce(e.order_id, b.order_id)
where coalesce(e.total, 0) <> coalesce(b.amount, 0)
union all
select 'order_differs', o.id::text, o.tenant_id, o.id, p.net, l.net, o.currency
from payment.orders o
join lateral (select coalesce(sum(captured - refunded - charged_back), 0) as net from payment.payments where order_id = o.id) p on true
join lateral (
  select coalesce(sum(case
    when e.account = 'buyer_receivable' then case when j.kind in ('sale', 'sale_adjusted', 'sale_reversed') then 0 else -e.amount end
    when e.account in ('deposit_liability', 'refunds', 'chargebacks') then -e.amount
    when e.account = 'commission_revenue' and j.kind = 'order_closed' then -e.amount
    else 0 end), 0) as net
  from payment.ledger_entries e join payment.ledger_journals j on j.id = e.journal_id where e.order_id = o.id) l on true
where p.net <> l.net
limit $1`;
