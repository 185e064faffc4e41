import type { ManagerSource, TenantScope, Tx } from '@autobroker/platform/database';
import { Injectable } from '@nestjs/common';
import { Invitations, type InvitationRecord } from '../../application/ports';
import { InvitationEntity } from '../entities/invitation.entity';
import { withinScope } from './scope';
import { insertUnlessThere, updateCounting } from './support';

@Injectable()
export class PgInvitations extends Invitations {
  async insert(tx: Tx, invitation: InvitationRecord): Promise<boolean> {
    // An expired one must not stand in the way of a new one.
    await tx.query(
      `update identity.invitations set status = 'revoked', answered_at = $3, version = version + 1
        where tenant_id = $1 and email_index = $2 and status = 'pending' and expires_at <= $3`,
      [invitation.tenantId, invitation.emailIndex, invitation.createdAt],
    );
    return insertUnlessThere(tx, InvitationEntity, invitation);
  }

  async lockByToken(tx: Tx, tokenHash: string): Promise<InvitationRecord | null> {
    return tx.manager.findOne(InvitationEntity, { where: { tokenHash }, lock: { mode: 'pessimistic_write' } });
  }

  async lock(tx: Tx, scope: TenantScope, id: string): Promise<InvitationRecord | null> {
    return tx.manager.findOne(InvitationEntity, { where: { id, ...withinScope(scope) }, lock: { mode: 'pessimistic_write' } });
  }

  async list(from: ManagerSource, scope: TenantScope): Promise<readonly InvitationRecord[]> {
    return from.withManager((manager) =>
      manager.find(InvitationEntity, { where: withinScope(scope), order: { id: 'DESC' }, take: 1_000 }),
    );
  }

  async update(tx: Tx, id: string, patch: Partial<InvitationRecord>, expected?: number): Promise<InvitationRecord> {
    return updateCounting(tx, InvitationEntity, id, patch, expected);
  }
}
