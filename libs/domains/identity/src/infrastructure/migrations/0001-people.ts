/*
 * Tenants and people. What names a person is ciphertext under that person's own key; `email_index` is an HMAC that finds
 * an address without storing it. Nulls are not distinct: an installation's operators (no tenant) are unique as well.
 */
export const people = `
create table identity.tenants (
  id         uuid primary key,
  slug       text not null,
  name       text not null,
  status     text not null,
  currency   text not null,
  country    text,
  locale     text not null,
  tier       text not null,
  branding   jsonb not null,
  settings   jsonb not null,
  version    integer not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint tenants_slug_key unique (slug),
  constraint tenants_status_check check (status in ('active', 'suspended'))
);

create table identity.tenant_hosts (
  host      text primary key,
  tenant_id uuid not null references identity.tenants (id)
);
create index tenant_hosts_tenant_idx on identity.tenant_hosts (tenant_id);

create table identity.users (
  id                          uuid primary key,
  tenant_id                   uuid references identity.tenants (id),
  status                      text not null,
  roles                       text[] not null,
  tier                        text,
  locale                      text not null,
  email_index                 text,
  email_encrypted             text,
  email_verified_at           timestamptz,
  name_encrypted              text,
  phone_encrypted             text,
  telegram_id                 bigint,
  telegram_username_encrypted text,
  password_hash               text,
  password_changed_at         timestamptz,
  preferences                 jsonb not null,
  totp_secret_encrypted       text,
  totp_confirmed_at           timestamptz,
  totp_last_step              bigint,
  hold_reason                 text,
  last_login_at               timestamptz,
  erased_at                   timestamptz,
  version                     integer not null,
  created_at                  timestamptz not null,
  updated_at                  timestamptz not null,
  constraint users_telegram_key unique (telegram_id),
  constraint users_status_check check (status in ('active', 'disabled', 'erased')),
  constraint users_erased_check check ((status = 'erased') = (erased_at is not null))
);
create unique index users_email_key on identity.users (tenant_id, email_index) nulls not distinct where email_index is not null;
create index users_tenant_idx on identity.users (tenant_id, id);
create index users_admins_idx on identity.users (tenant_id) where status = 'active' and roles @> '{admin}';
`;
