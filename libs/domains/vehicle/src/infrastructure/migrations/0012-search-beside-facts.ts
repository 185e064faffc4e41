import type { Migration } from '@autobroker/platform/database';

/**
 * What a car is found by by words stands beside what else it is asked for: a search reads each match once, where it had to
 * fetch it from two tables. The old column stays until no release writes it, and what one still writes there is copied.
 */
export const searchBesideFacts: Migration = {
  id: '0012-search-beside-facts',
  up: `
alter table vehicle.vehicles add column search tsvector not null default '';
update vehicle.vehicles v set search = d.search from vehicle.vehicle_details d where d.vehicle_id = v.id;
create index vehicles_by_words on vehicle.vehicles using gin (search) where deleted_at is null;
drop index vehicle.vehicle_details_search;
alter table vehicle.vehicle_details alter column search drop not null;
update vehicle.vehicle_details set search = null;

create function vehicle.copy_search() returns trigger language plpgsql as $$
begin
  update vehicle.vehicles set search = new.search where id = new.vehicle_id;
  return null;
end $$;
create trigger copy_search after insert or update on vehicle.vehicle_details
  for each row when (new.search is not null) execute function vehicle.copy_search();
`,
};
