import type { Migration } from '@autobroker/platform/database';

/**
 * The ledger: written once, never changed, and every journal adds up to nothing. Its balances are kept by the same statement
 * that writes the entries, so that they cost nothing to read however long an order's history is.
 */
export const ledger: Migration = {
  id: '0002-ledger',
  up: `
create table payment.ledger_journals (
  id uuid primary key,
  key text not null,
  kind text not null,
  tenant_id uuid,
  order_id uuid,
  payment_id uuid,
  currency text not null,
  provider text,
  provider_ref text,
  memo bigint not null,
  posted_at timestamptz not null
);
create unique index ledger_journals_key on payment.ledger_journals (key);
create index ledger_journals_of_order on payment.ledger_journals (order_id, id);
create index ledger_journals_of_tenant on payment.ledger_journals (tenant_id, id);
create index ledger_journals_ref on payment.ledger_journals (provider, provider_ref);

create table payment.ledger_entries (
  journal_id uuid not null references payment.ledger_journals (id),
  seq integer not null,
  order_id uuid,
  account text not null check (account in ('buyer_receivable', 'deposit_liability', 'client_funds', 'psp_clearing:stripe', 'psp_clearing:paypal', 'psp_fees', 'seller_payable', 'commission_revenue', 'vat_payable', 'refunds', 'chargebacks', 'bank')),
  payee text,
  currency text not null,
  amount bigint not null check (amount <> 0),
  primary key (journal_id, seq)
);

-- What belongs to no order stands under the nil UUID.
create table payment.ledger_balances (
  order_id uuid not null,
  account text not null,
  currency text not null,
  amount bigint not null,
  primary key (order_id, account, currency)
);

create function payment.ledger_is_final() returns trigger language plpgsql as $body$
begin
  raise exception 'the ledger is never changed: a correction is a journal of its own' using errcode = 'restrict_violation';
end
$body$;
create trigger ledger_journals_final before update or delete or truncate on payment.ledger_journals for each statement execute function payment.ledger_is_final();
create trigger ledger_entries_final before update or delete or truncate on payment.ledger_entries for each statement execute function payment.ledger_is_final();

-- All entries of a journal come in one statement, and add up.
create function payment.ledger_adds_up() returns trigger language plpgsql as $body$
begin
  if exists (select 1 from added group by journal_id having sum(amount) <> 0) then
    raise exception 'a journal does not add up to nothing' using errcode = 'check_violation', constraint = 'ledger_adds_up';
  end if;
  if exists (select 1 from added a join payment.ledger_journals j on j.id = a.journal_id where a.currency <> j.currency or a.order_id is distinct from j.order_id) then
    raise exception 'a journal is of one order and one currency' using errcode = 'check_violation', constraint = 'ledger_one_currency';
  end if;
  insert into payment.ledger_balances (order_id, account, currency, amount)
  select coalesce(order_id, '00000000-0000-0000-0000-000000000000'), account, currency, sum(amount) from added group by 1, 2, 3 order by 1, 2, 3
  on conflict (order_id, account, currency) do update set amount = payment.ledger_balances.amount + excluded.amount;
  return null;
end
$body$;
create trigger ledger_entries_add_up after insert on payment.ledger_entries referencing new table as added for each statement execute function payment.ledger_adds_up();
`,
};
