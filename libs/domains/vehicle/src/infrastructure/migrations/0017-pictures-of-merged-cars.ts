import type { Migration } from '@autobroker/platform/database';

/** Uploaded pictures that came with a merge, so that they go back with it. */
export const picturesOfMergedCars: Migration = {
  id: '0017-pictures-of-merged-cars',
  up: `alter table vehicle.vehicle_merges add column media_ids uuid[] not null default '{}';`,
};
