import type { Migration } from '@autobroker/platform/database';

/**
 * An order that holds a car which was put together with another holds that one from then on (`vehicle_id`), and what the order
 * calls it stays known (`ordered_id`; null where it is the same), so that a merge can be taken back, and so does the offer that
 * it is of, which staff may give a car of its own. Holds that were left behind at a merged car come after it.
 */
export const holdsFollowMerges: Migration = {
  id: '0015-holds-follow-merges',
  up: `
alter table vehicle.sale_holds add column ordered_id uuid, add column listing_id uuid;
with recursive chain(ordered, id, depth) as (
  select distinct h.vehicle_id, h.vehicle_id, 0 from vehicle.sale_holds h join vehicle.vehicles v on v.id = h.vehicle_id and v.deleted_at is not null where h.state <> 'over'
  union all
  select c.ordered, m.to_vehicle_id, c.depth + 1 from chain c cross join lateral (
    select g.to_vehicle_id from vehicle.vehicle_merges g
    where g.from_vehicle_id = c.id and g.kind = 'merge' and g.reverted_at is null order by g.merged_at desc limit 1
  ) m where c.depth < 20
)
update vehicle.sale_holds h set vehicle_id = s.id, ordered_id = h.vehicle_id
from (select distinct on (c.ordered) c.ordered, c.id from chain c join vehicle.vehicles v on v.id = c.id and v.deleted_at is null where c.depth > 0 order by c.ordered, c.depth) s
where h.vehicle_id = s.ordered and h.state <> 'over';
`,
};
