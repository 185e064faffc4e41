import { Inject, Injectable } from '@nestjs/common';
import { ok, refuse, type Refusal, type Result } from '@autobroker/kernel';
import { databaseOf, scopeOf, type Database } from '@autobroker/platform/database';
import type { Document } from '../domain/document';
import { DocumentStore } from './ports';

@Injectable()
export class ReadDocument {
  constructor(
    @Inject(databaseOf('documents')) private readonly db: Database,
    private readonly store: DocumentStore,
  ) {}

  /** Another tenant's does not exist for the one who asks. */
  async run(id: string, tenantId: string): Promise<Result<Document, Refusal<'not_found'>>> {
    const found = await this.store.byId(scopeOf({ tenantId }), this.db, id);
    return found === null ? refuse('not_found', 'There is no such document') : ok(found);
  }
}
