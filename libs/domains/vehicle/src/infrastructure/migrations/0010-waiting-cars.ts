import type { Migration } from '@autobroker/platform/database';

/**
 * Offers of one place with one reading are found whatever they call the car; what waits in quarantine is found by what it may be of,
 * and keeps what it was captured as before at other prices (`earlier`).
 */
export const waitingCars: Migration = {
  id: '0010-waiting-cars',
  up: `
create index listing_details_at_place_driven on vehicle.listing_details (place_key, mileage_km) where place_key is not null and mileage_km is not null;
alter table vehicle.quarantine add column car_key text, add column earlier jsonb not null default '[]';
create index quarantine_of_car on vehicle.quarantine (car_key) where state = 'waiting' and car_key is not null;
`,
};
