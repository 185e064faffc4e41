import type { ManagerSource, Tx } from '@autobroker/platform/database';

export interface AuditRecord {
  readonly id: string;
  readonly at: Date;
  readonly service: string;
  readonly tenantId: string | null;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly action: string;
  readonly objectType: string;
  readonly objectId: string;
  readonly reason: string | null;
  readonly before: unknown;
  readonly after: unknown;
  readonly ip: string | null;
  readonly requestId: string | null;
}

export interface AuditFilter {
  /** Null: every tenant's, for operators. */
  readonly tenantId: string | null;
  readonly service?: string | undefined;
  readonly actorId?: string | undefined;
  readonly action?: string | undefined;
  readonly objectType?: string | undefined;
  readonly objectId?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

export interface AuditPosition {
  readonly at: string;
  readonly id: string;
}

/** What every service has recorded, newest first. */
export abstract class AuditLog {
  /** The same row twice is one row. */
  abstract add(tx: Tx, records: readonly AuditRecord[]): Promise<void>;
  abstract page(from: ManagerSource, filter: AuditFilter, limit: number, before: AuditPosition | null, offset: number): Promise<readonly AuditRecord[]>;
  /** Exact up to the cap. */
  abstract count(from: ManagerSource, filter: AuditFilter, cap: number): Promise<number>;
}
