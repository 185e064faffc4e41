import { Column } from 'typeorm';
import type { SigningKeyStatus } from './rotation';

export interface PublicJwk {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
  readonly kid: string;
  readonly alg: 'EdDSA';
  readonly use: 'sig';
}

/** A key as it is kept. The private half is sealed under a key of its own, and gone once nobody needs it. */
export interface SigningKeyRecord {
  readonly kid: string;
  readonly id: string;
  readonly status: SigningKeyStatus;
  readonly publicJwk: PublicJwk;
  readonly privateEncrypted: string | null;
  readonly createdAt: Date;
  readonly activatedAt: Date | null;
  readonly replacedAt: Date | null;
}

/** As its owner's staff see it: nothing of the key itself. */
export const signingKeyJson = ({ kid, status, createdAt, activatedAt, replacedAt }: SigningKeyRecord) => ({
  kid,
  status,
  created_at: createdAt.toISOString(),
  activated_at: activatedAt?.toISOString() ?? null,
  replaced_at: replacedAt?.toISOString() ?? null,
});

/** The columns of `<schema>.signing_keys`, for the entity of each service that signs; its primary key is `kid`. */
export abstract class SigningKeyColumns {
  @Column({ type: 'uuid' }) declare id: string;
  @Column({ type: 'text' }) declare status: SigningKeyStatus;
  @Column({ name: 'public_jwk', type: 'jsonb' }) declare publicJwk: PublicJwk;
  @Column({ name: 'private_encrypted', type: 'text', nullable: true }) declare privateEncrypted: string | null;
  @Column({ name: 'created_at', type: 'timestamptz' }) declare createdAt: Date;
  @Column({ name: 'activated_at', type: 'timestamptz', nullable: true }) declare activatedAt: Date | null;
  @Column({ name: 'replaced_at', type: 'timestamptz', nullable: true }) declare replacedAt: Date | null;
}

/** The table, for a migration of the service. One key signs and one waits, whatever several processes do at once. */
export const signingKeysTable = (schema: string): string => `
create table ${schema}.signing_keys (
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
create unique index signing_keys_one_current on ${schema}.signing_keys (status) where status = 'current';
create unique index signing_keys_one_next on ${schema}.signing_keys (status) where status = 'next';
`;
