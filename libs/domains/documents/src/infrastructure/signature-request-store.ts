import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf, TenantRepository, type TenantScope, type Tx } from '@autobroker/platform/database';
import { z } from 'zod';
import { requestStates, type SignatureRequestRecord, SignatureRequestStore } from '../application/signature-ports';
import { SignatureRequestEntity } from './entities/signature-request.entity';
import { ownTurns, takeDue } from './take-due';

class RequestRows extends TenantRepository<SignatureRequestEntity> {
  constructor() {
    super(SignatureRequestEntity);
  }
}

@Injectable()
export class SqlSignatureRequestStore extends SignatureRequestStore {
  private readonly rows = new RequestRows();

  constructor(@Inject(databaseOf('documents')) private readonly db: Database) {
    super();
  }

  override async insert(tx: Tx, request: SignatureRequestRecord): Promise<void> {
    await tx.manager.insert(SignatureRequestEntity, { ...request });
  }

  override async byId(on: Database | Tx, id: string): Promise<SignatureRequestRecord | null> {
    const row = await on.withManager((manager) => manager.findOneBy(SignatureRequestEntity, { id }));
    return row === null ? null : recordOf(row);
  }

  override async lock(tx: Tx, id: string): Promise<SignatureRequestRecord | null> {
    const row = await tx.manager.findOne(SignatureRequestEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
    return row === null ? null : recordOf(row);
  }

  override async ofDocument(scope: TenantScope, on: Database | Tx, documentId: string): Promise<SignatureRequestRecord[]> {
    return (await this.rows.find(scope, on, { documentId }, { order: { id: 'ASC' } })).map(recordOf);
  }

  override async update(tx: Tx, id: string, change: Parameters<SignatureRequestStore['update']>[2], at: Date): Promise<void> {
    const over = change.state !== undefined && change.state !== 'wanted' && change.state !== 'open';
    await tx.manager.update(SignatureRequestEntity, { id }, { ...change, updatedAt: at, ...(over ? { tryAt: null } : {}) });
  }

  override async due(...turn: Parameters<SignatureRequestStore['due']>): Promise<string[]> {
    return (await takeDue<{ id: string }>(this.db, ownTurns('signature_requests'), 'd.id', turn)).map(({ id }) => id);
  }
}

const recordOf = ({ document: _document, tries: _tries, ...row }: SignatureRequestEntity): SignatureRequestRecord => ({ ...row, state: z.enum(requestStates).parse(row.state) });
