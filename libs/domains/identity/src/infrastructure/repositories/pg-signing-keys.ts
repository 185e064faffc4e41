import type { ManagerSource, Tx } from '@autobroker/platform/database';
import { Injectable } from '@nestjs/common';
import { Not } from 'typeorm';
import { SigningKeys, type SigningKeyRecord } from '../../application/ports';
import { SigningKeyEntity } from '../entities/signing-key.entity';
import { insertRow } from './support';

/** Any number that nobody else of this schema locks. */
const rotationLock = 7_110_001;

@Injectable()
export class PgSigningKeys extends SigningKeys {
  async lockAll(tx: Tx): Promise<readonly SigningKeyRecord[]> {
    // Row locks would not stop two processes that both find an empty table.
    await tx.query('select pg_advisory_xact_lock($1)', [rotationLock]);
    return tx.manager.find(SigningKeyEntity, { where: { status: Not('retired') }, order: { createdAt: 'DESC' } });
  }

  async published(from: ManagerSource): Promise<readonly SigningKeyRecord[]> {
    return from.withManager((manager) =>
      manager.find(SigningKeyEntity, { where: { status: Not('retired') }, order: { createdAt: 'DESC' } }),
    );
  }

  async insert(tx: Tx, key: SigningKeyRecord): Promise<void> {
    await insertRow(tx, SigningKeyEntity, key);
  }

  async update(tx: Tx, kid: string, patch: Partial<Omit<SigningKeyRecord, 'kid' | 'id'>>): Promise<void> {
    await tx.manager.update(SigningKeyEntity, { kid }, patch);
  }
}
