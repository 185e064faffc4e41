/* What programs sign in with, who was asked to join, and external identity providers. */
export const partners = `
create table identity.api_keys (
  id           uuid primary key,
  tenant_id    uuid references identity.tenants (id),
  owner_id     uuid not null references identity.users (id),
  name         text not null,
  environment  text not null,
  public_id    text not null,
  secret_hash  text not null,
  scopes       text[] not null,
  created_at   timestamptz not null,
  expires_at   timestamptz,
  last_used_at timestamptz,
  revoked_at   timestamptz,
  rotated_to   uuid,
  version      integer not null,
  constraint api_keys_public_id_key unique (public_id)
);
create index api_keys_owner_idx on identity.api_keys (owner_id, id);
create index api_keys_tenant_idx on identity.api_keys (tenant_id, id);

create table identity.oauth_clients (
  id                         uuid primary key,
  tenant_id                  uuid not null references identity.tenants (id),
  name                       text not null,
  client_id                  text not null,
  secret_hash                text not null,
  previous_secret_hash       text,
  previous_secret_expires_at timestamptz,
  scopes                     text[] not null,
  status                     text not null,
  last_used_at               timestamptz,
  created_at                 timestamptz not null,
  updated_at                 timestamptz not null,
  version                    integer not null,
  constraint oauth_clients_client_id_key unique (client_id),
  constraint oauth_clients_status_check check (status in ('active', 'disabled'))
);
create index oauth_clients_tenant_idx on identity.oauth_clients (tenant_id, id);

create table identity.client_tokens (
  session_id uuid primary key,
  client_id  uuid not null references identity.oauth_clients (id),
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index client_tokens_client_idx on identity.client_tokens (client_id);
create index client_tokens_expires_idx on identity.client_tokens (expires_at);

create table identity.invitations (
  id              uuid primary key,
  tenant_id       uuid not null references identity.tenants (id),
  email_index     text not null,
  email_encrypted text not null,
  roles           text[] not null,
  token_hash      text not null,
  status          text not null,
  invited_by      uuid not null,
  accepted_by     uuid,
  created_at      timestamptz not null,
  expires_at      timestamptz not null,
  answered_at     timestamptz,
  version         integer not null,
  constraint invitations_token_key unique (token_hash),
  constraint invitations_status_check check (status in ('pending', 'accepted', 'revoked'))
);
create index invitations_tenant_idx on identity.invitations (tenant_id, id);
create unique index invitations_open_key on identity.invitations (tenant_id, email_index) where status = 'pending';

create table identity.oidc_providers (
  id                      uuid primary key,
  tenant_id               uuid not null references identity.tenants (id),
  key                     text not null,
  name                    text not null,
  issuer                  text not null,
  client_id               text not null,
  client_secret_encrypted text,
  scopes                  text[] not null,
  redirect_uris           text[] not null,
  allow_registration      boolean not null,
  link_verified_email     boolean not null,
  enabled                 boolean not null,
  created_at              timestamptz not null,
  updated_at              timestamptz not null,
  version                 integer not null,
  constraint oidc_providers_key unique (tenant_id, key)
);

create table identity.oidc_flows (
  id            uuid primary key,
  provider_id   uuid not null references identity.oidc_providers (id) on delete cascade,
  state_hash    text not null,
  browser_hash  text not null,
  code_verifier text not null,
  nonce         text not null,
  redirect_uri  text not null,
  user_id       uuid,
  created_at    timestamptz not null,
  expires_at    timestamptz not null,
  constraint oidc_flows_state_key unique (state_hash)
);
create index oidc_flows_expires_idx on identity.oidc_flows (expires_at);
create index oidc_flows_provider_idx on identity.oidc_flows (provider_id);

create table identity.external_identities (
  provider_id uuid not null references identity.oidc_providers (id) on delete cascade,
  subject     text not null,
  user_id     uuid not null references identity.users (id),
  linked_at   timestamptz not null,
  primary key (provider_id, subject)
);
create index external_identities_user_idx on identity.external_identities (user_id);
`;
