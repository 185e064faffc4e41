import type { Role } from '@autobroker/contracts';
import type { ManagerSource, TenantScope, Tx } from '@autobroker/platform/database';
import type { InvitationStatus } from '../../domain/invitation';

export interface InvitationRecord {
  readonly id: string;
  readonly tenantId: string;
  readonly emailIndex: string;
  readonly emailEncrypted: string;
  readonly roles: Role[];
  readonly tokenHash: string;
  readonly status: InvitationStatus;
  readonly invitedBy: string;
  readonly acceptedBy: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly answeredAt: Date | null;
  readonly version: number;
}

export abstract class Invitations {
  /** False when there is an open one for this address already. */
  abstract insert(tx: Tx, invitation: InvitationRecord): Promise<boolean>;
  abstract lockByToken(tx: Tx, tokenHash: string): Promise<InvitationRecord | null>;
  abstract lock(tx: Tx, scope: TenantScope, id: string): Promise<InvitationRecord | null>;
  abstract list(from: ManagerSource, scope: TenantScope): Promise<readonly InvitationRecord[]>;
  abstract update(tx: Tx, id: string, patch: Partial<InvitationRecord>, expected?: number): Promise<InvitationRecord>;
}
