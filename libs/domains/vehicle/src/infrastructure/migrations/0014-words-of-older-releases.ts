import type { Migration } from '@autobroker/platform/database';

/** Only what an older release writes is copied: after any other change of a car that one had written, its old words came back. */
export const wordsOfOlderReleases: Migration = {
  id: '0014-words-of-older-releases',
  up: `
drop trigger copy_search on vehicle.vehicle_details;
create trigger copy_search after insert or update of search on vehicle.vehicle_details
  for each row when (new.search is not null) execute function vehicle.copy_search();
`,
};
