import type { Migration } from '@autobroker/platform/database';

const price = `case when price_amount is null then null else jsonb_build_object('amount', price_amount, 'currency', price_currency) end as price`;

/**
 * An order, its row locked, with everything around it: in one call. What is looked for after the lock is held is seen as whoever
 * held it before has left it, because each statement of such a function sees what was committed when it began. The offer of a
 * listing is found by the car's offers.
 */
export const opened: Migration = {
  id: '0006-opened',
  up: `
create function orders.opened(wanted uuid, owner uuid) returns table (placed orders.orders, around jsonb) language plpgsql volatile rows 1 as $body$
begin
  select * into placed from orders.orders where id = wanted and (owner is null or tenant_id = owner) for update;
  if not found then
    return;
  end if;
  around := (select jsonb_build_object(
    'vehicle', (select to_jsonb(v) from (select status, ${price}, owner_tenant_id is not null and owner_tenant_id = placed.tenant_id as "isOwn", car from orders.vehicles where vehicle_id = placed.vehicle_id) v),
    'papers', (select coalesce(jsonb_agg(to_jsonb(p)), '[]') from (select kind, version, issued_at, complete, signed_at, time_zone from orders.papers where order_id = placed.id) p),
    'offer', (select to_jsonb(o) from (
      select status, checked_at, unreadable_at, ${price} from orders.offers o
      where placed.listing_id is not null and (o.source, o.external_id) = (
        select e->>'source', e->>'externalId' from orders.vehicles v, jsonb_array_elements(v.offers) e where v.vehicle_id = placed.vehicle_id and e->>'listingId' = placed.listing_id::text limit 1)) o),
    'set', (select to_jsonb(s) from (select version, settings from orders.policies where tenant_id = placed.tenant_id) s)));
  return next;
end
$body$;
`,
};
