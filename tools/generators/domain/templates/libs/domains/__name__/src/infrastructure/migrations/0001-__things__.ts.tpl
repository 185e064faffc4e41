import type { Migration } from '@autobroker/platform/database';

export const {{thingsCamel}}: Migration = {
  id: '0001-{{things}}',
  up: `
create table {{schema}}.{{thingsSnake}} (
  id uuid primary key,
  tenant_id uuid not null,
  version integer not null,
  title text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index {{thingsSnake}}_of_tenant on {{schema}}.{{thingsSnake}} (tenant_id, id);
`,
};
