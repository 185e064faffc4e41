import type { ManagerSource, Tx } from '@autobroker/platform/database';

export type ExportStatus = 'queued' | 'ready' | 'failed' | 'expired';

export interface PrivacyExportRecord {
  readonly id: string;
  readonly userId: string;
  readonly tenantId: string | null;
  readonly status: ExportStatus;
  readonly objectKey: string | null;
  readonly sizeBytes: number | null;
  readonly requestedAt: Date;
  readonly completedAt: Date | null;
  readonly expiresAt: Date | null;
}

export abstract class PrivacyExports {
  abstract insert(tx: Tx, request: PrivacyExportRecord): Promise<void>;
  abstract find(from: ManagerSource, userId: string, id: string): Promise<PrivacyExportRecord | null>;
  abstract byId(from: ManagerSource, id: string): Promise<PrivacyExportRecord | null>;
  abstract list(from: ManagerSource, userId: string): Promise<readonly PrivacyExportRecord[]>;
  abstract open(tx: Tx, userId: string): Promise<PrivacyExportRecord | null>;
  abstract update(tx: Tx, id: string, patch: Partial<PrivacyExportRecord>): Promise<void>;
  abstract expired(from: ManagerSource, now: Date): Promise<readonly PrivacyExportRecord[]>;
}
