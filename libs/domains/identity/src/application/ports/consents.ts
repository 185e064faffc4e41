import type { ManagerSource, Tx } from '@autobroker/platform/database';

export interface ConsentDocumentRecord {
  readonly id: string;
  readonly tenantId: string | null;
  readonly kind: string;
  readonly version: string;
  readonly title: string;
  readonly url: string;
  readonly required: boolean;
  readonly publishedAt: Date;
}

export interface ConsentLogRecord {
  readonly id: string;
  readonly userId: string;
  readonly tenantId: string | null;
  readonly kind: string;
  readonly documentVersion: string;
  readonly granted: boolean;
  readonly at: Date;
}

export abstract class Consents {
  /** False when this version of this kind is published already. */
  abstract publish(tx: Tx, document: ConsentDocumentRecord): Promise<boolean>;
  /** The newest version of each kind: the tenant's own where it has one, else the installation's. */
  abstract inForce(from: ManagerSource, tenantId: string | null): Promise<readonly ConsentDocumentRecord[]>;
  abstract document(from: ManagerSource, tenantId: string | null, kind: string, version: string): Promise<ConsentDocumentRecord | null>;
  abstract append(tx: Tx, entry: ConsentLogRecord): Promise<void>;
  abstract logOf(from: ManagerSource, userId: string): Promise<readonly ConsentLogRecord[]>;
}
