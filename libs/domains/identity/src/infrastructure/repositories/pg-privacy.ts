import type { ManagerSource, Tx } from '@autobroker/platform/database';
import { Injectable } from '@nestjs/common';
import { IsNull, LessThanOrEqual } from 'typeorm';
import {
  Consents,
  PrivacyExports,
  type ConsentDocumentRecord,
  type ConsentLogRecord,
  type PrivacyExportRecord,
} from '../../application/ports';
import { ConsentDocumentEntity, ConsentLogEntity, PrivacyExportEntity } from '../entities/privacy.entity';
import { insertRow, insertUnlessThere } from './support';

@Injectable()
export class PgConsents extends Consents {
  async publish(tx: Tx, document: ConsentDocumentRecord): Promise<boolean> {
    return insertUnlessThere(tx, ConsentDocumentEntity, document);
  }

  async inForce(from: ManagerSource, tenantId: string | null): Promise<readonly ConsentDocumentRecord[]> {
    const all = await from.withManager((manager) =>
      manager.find(ConsentDocumentEntity, {
        where: tenantId === null ? { tenantId: IsNull() } : [{ tenantId: IsNull() }, { tenantId }],
        order: { publishedAt: 'ASC', id: 'ASC' },
      }),
    );
    const newest = new Map<string, ConsentDocumentRecord>();
    for (const document of all) {
      const known = newest.get(document.kind);
      if (known === undefined || known.tenantId === null || document.tenantId !== null) newest.set(document.kind, document);
    }
    return [...newest.values()].sort((a, b) => (a.kind < b.kind ? -1 : 1));
  }

  async document(from: ManagerSource, tenantId: string | null, kind: string, version: string): Promise<ConsentDocumentRecord | null> {
    const shared = { kind, version, tenantId: IsNull() };
    return from.withManager((manager) =>
      manager.findOne(ConsentDocumentEntity, { where: tenantId === null ? shared : [{ kind, version, tenantId }, shared] }),
    );
  }

  async append(tx: Tx, entry: ConsentLogRecord): Promise<void> {
    await insertRow(tx, ConsentLogEntity, entry);
  }

  async logOf(from: ManagerSource, userId: string): Promise<readonly ConsentLogRecord[]> {
    return from.withManager((manager) => manager.find(ConsentLogEntity, { where: { userId }, order: { id: 'ASC' } }));
  }
}

@Injectable()
export class PgPrivacyExports extends PrivacyExports {
  async insert(tx: Tx, request: PrivacyExportRecord): Promise<void> {
    await insertRow(tx, PrivacyExportEntity, request);
  }

  async find(from: ManagerSource, userId: string, id: string): Promise<PrivacyExportRecord | null> {
    return from.withManager((manager) => manager.findOneBy(PrivacyExportEntity, { userId, id }));
  }

  async byId(from: ManagerSource, id: string): Promise<PrivacyExportRecord | null> {
    return from.withManager((manager) => manager.findOneBy(PrivacyExportEntity, { id }));
  }

  async list(from: ManagerSource, userId: string): Promise<readonly PrivacyExportRecord[]> {
    return from.withManager((manager) => manager.find(PrivacyExportEntity, { where: { userId }, order: { id: 'DESC' }, take: 100 }));
  }

  async open(tx: Tx, userId: string): Promise<PrivacyExportRecord | null> {
    // The person's row is the lock: two requests at once make one export.
    await tx.query('select 1 from identity.users where id = $1 for no key update', [userId]);
    return tx.manager.findOneBy(PrivacyExportEntity, { userId, status: 'queued' });
  }

  async update(tx: Tx, id: string, patch: Partial<PrivacyExportRecord>): Promise<void> {
    await tx.manager.update(PrivacyExportEntity, { id }, patch);
  }

  async expired(from: ManagerSource, now: Date): Promise<readonly PrivacyExportRecord[]> {
    return from.withManager((manager) =>
      manager.find(PrivacyExportEntity, { where: { status: 'ready', expiresAt: LessThanOrEqual(now) }, take: 500 }),
    );
  }
}
