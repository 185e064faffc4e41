import type { Migration } from '@autobroker/platform/database';

export const {{thingsCamel}}: Migration = {
  id: '0001-{{things}}',
  up: `
create table {{sql}}.{{thingsSnake}} (
  id uuid primary key,
  tenant_id uuid not null,
  version integer not null,
  title text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index {{thingsSnake}}_of_tenant on {{sql}}.{{thingsSnake}} (tenant_id, id);
`,
};
