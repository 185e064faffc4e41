import type { Migration } from '@autobroker/platform/database';

/**
 * How far the catalogue has been valued anew by each job that is at it. A row is written with every page: the next attempt
 * goes on after `after`, and a row that nobody has written for a while is of a process that died.
 */
export const revaluations: Migration = {
  id: '0007-revaluations',
  up: `
create table pricing.revaluations (
  id text primary key,
  after uuid,
  valued integer not null default 0 check (valued >= 0),
  changed integer not null default 0 check (changed >= 0),
  told_at timestamptz not null
) with (fillfactor = 50);
`,
};
