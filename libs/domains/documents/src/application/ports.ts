import type { ManagerSource, TenantScope, Tx } from '@autobroker/platform/database';
import type { Document } from '../domain/document';

export abstract class DocumentStore {
  abstract insert(scope: TenantScope, tx: Tx, document: Document): Promise<void>;
  abstract byId(scope: TenantScope, on: ManagerSource, id: string): Promise<Document | null>;
}
