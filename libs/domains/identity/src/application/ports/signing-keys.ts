import type { ManagerSource, Tx } from '@autobroker/platform/database';
import type { SigningKeyStatus } from '../../domain/signing-key-rotation';

export interface PublicJwk {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
  readonly kid: string;
  readonly alg: 'EdDSA';
  readonly use: 'sig';
}

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

export abstract class SigningKeys {
  /** All that are not retired, locked against a second rotation at the same time. */
  abstract lockAll(tx: Tx): Promise<readonly SigningKeyRecord[]>;
  abstract published(from: ManagerSource): Promise<readonly SigningKeyRecord[]>;
  abstract insert(tx: Tx, key: SigningKeyRecord): Promise<void>;
  abstract update(tx: Tx, kid: string, patch: Partial<Omit<SigningKeyRecord, 'kid' | 'id'>>): Promise<void>;
}
