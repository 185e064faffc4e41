/** The cars that a car was merged into, one after the other: `chain(id, depth)`, with itself at depth 0. */
export const mergeChain = (id: string): string => `chain(id, depth) as (
  select ${id}, 0
  union all
  select m.to_vehicle_id, c.depth + 1 from chain c cross join lateral (
    select g.to_vehicle_id from vehicle.vehicle_merges g
    where g.from_vehicle_id = c.id and g.kind = 'merge' and g.reverted_at is null order by g.merged_at desc limit 1
  ) m where c.depth < 20
)`;
