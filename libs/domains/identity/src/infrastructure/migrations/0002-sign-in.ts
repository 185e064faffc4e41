/* Sessions (one family of refresh tokens each), single-use tokens, second factor, waits after wrong passwords. */
export const signIn = `
create table identity.sessions (
  id             uuid primary key,
  user_id        uuid not null references identity.users (id),
  tenant_id      uuid,
  auth_methods   text[] not null,
  user_agent     text,
  ip             text,
  created_at     timestamptz not null,
  last_used_at   timestamptz not null,
  expires_at     timestamptz not null,
  revoked_at     timestamptz,
  revoked_reason text
);
create index sessions_user_idx on identity.sessions (user_id, created_at);
create index sessions_expires_idx on identity.sessions (expires_at);

create table identity.refresh_tokens (
  id         uuid primary key,
  session_id uuid not null references identity.sessions (id) on delete cascade,
  token_hash text not null,
  issued_at  timestamptz not null,
  expires_at timestamptz not null,
  used_at    timestamptz,
  constraint refresh_tokens_hash_key unique (token_hash)
);
create index refresh_tokens_session_idx on identity.refresh_tokens (session_id);

create table identity.one_time_tokens (
  id         uuid primary key,
  user_id    uuid not null references identity.users (id),
  purpose    text not null,
  token_hash text not null,
  payload    jsonb not null,
  attempts   integer not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at    timestamptz,
  constraint one_time_tokens_hash_key unique (token_hash)
);
create index one_time_tokens_user_idx on identity.one_time_tokens (user_id, purpose);
create index one_time_tokens_expires_idx on identity.one_time_tokens (expires_at);

create table identity.recovery_codes (
  user_id   uuid not null references identity.users (id),
  code_hash text not null,
  used_at   timestamptz,
  primary key (user_id, code_hash)
);

create table identity.login_waits (
  subject        text primary key,
  failures       integer not null,
  last_failed_at timestamptz not null,
  locked_until   timestamptz
);
create index login_waits_last_failed_idx on identity.login_waits (last_failed_at);

create table identity.signing_keys (
  kid               text primary key,
  id                uuid not null,
  status            text not null,
  public_jwk        jsonb not null,
  private_encrypted text,
  created_at        timestamptz not null,
  activated_at      timestamptz,
  replaced_at       timestamptz,
  constraint signing_keys_status_check check (status in ('next', 'current', 'previous', 'retired'))
);
create unique index signing_keys_one_current on identity.signing_keys (status) where status = 'current';
create unique index signing_keys_one_next on identity.signing_keys (status) where status = 'next';
`;
