import { Injectable } from '@nestjs/common';
import { TenantRepository, type ManagerSource, type TenantScope, type Tx } from '@autobroker/platform/database';
import { DocumentStore } from '../application/ports';
import type { Document } from '../domain/document';
import { DocumentEntity } from './entities/document.entity';

class DocumentRows extends TenantRepository<DocumentEntity> {
  constructor() {
    super(DocumentEntity);
  }
}

@Injectable()
export class SqlDocumentStore extends DocumentStore {
  private readonly rows = new DocumentRows();

  override insert(scope: TenantScope, tx: Tx, document: Document): Promise<void> {
    return this.rows.insert(scope, tx, document);
  }

  override byId(scope: TenantScope, on: ManagerSource, id: string): Promise<Document | null> {
    return this.rows.findById(scope, on, id);
  }
}
