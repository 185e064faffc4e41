import type { Migration } from '@autobroker/platform/database';

/** Pictures that were uploaded to us. The bytes are in the object store under `object_key`. */
export const media: Migration = {
  id: '0004-media',
  up: `
create table vehicle.media (
  id uuid primary key,
  vehicle_id uuid not null references vehicle.vehicles (id) on delete cascade,
  position integer not null check (position >= 0),
  content_type text not null check (content_type in ('image/webp', 'image/jpeg')),
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  bytes integer not null check (bytes > 0),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  object_key text not null unique,
  sizes integer[] not null default '{}',
  created_at timestamptz not null,
  constraint media_once unique (vehicle_id, sha256)
);
create index media_of_vehicle on vehicle.media (vehicle_id, position, id);
create index media_without_thumbnails on vehicle.media (created_at) where sizes = '{}';
`,
};
