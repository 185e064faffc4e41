import { userErased } from '@autobroker/contracts';
import { ok, refuse } from '@autobroker/kernel';
import { databaseOf, type AuditEntry, type Database, type Tx } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { checkErasure } from '../domain/erasure';
import { adminRole } from '../domain/role-grants';
import { auditedBy, type Caller } from './caller';
import { ConfirmPerson } from './confirm-person';
import { ErasureSteps } from './erasure-steps';
import { inTransaction, type Answer } from './in-transaction';
import { Users, type UserRecord } from './ports';
import { scopeFor } from './scope-for';

/**
 * Forgetting a person: at once, because a grace period is one more copy of what they asked us to forget. The key of their
 * data is destroyed, so that backups can't be read either; the row stays as an empty shell, so that the audit log and
 * other services' rows still point at something.
 */
@Injectable()
export class ErasePerson {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly users: Users,
    private readonly confirm: ConfirmPerson,
    private readonly steps: ErasureSteps,
  ) {}

  async oneself(caller: Caller, password: string | undefined): Promise<Answer<void>> {
    const confirmed = await this.confirm.execute(caller, password);
    if (!confirmed.ok) return confirmed;
    return this.erase(confirmed.value.id, auditedBy(caller));
  }

  /** On behalf of somebody who asked by letter. */
  async other(caller: Caller, userId: string): Promise<Answer<void>> {
    const user = await this.users.inScope(this.db, scopeFor(caller.principal), userId);
    if (user === null || (user.roles.includes('operator') && !caller.principal.roles.includes('operator'))) {
      return refuse('not_found', 'There is no such account.');
    }
    if (user.id === caller.principal.id) return refuse('conflict', 'Erase your own account at /me/erasure.');
    return this.erase(userId, auditedBy(caller));
  }

  private async erase(userId: string, by: Pick<AuditEntry, 'actor' | 'from'>): Promise<Answer<void>> {
    const answer = await inTransaction(this.db, async (tx) => {
      const seen = await this.users.byId(tx, userId);
      if (seen === null) return refuse('not_found', 'There is no such account.');
      const others = seen.tenantId === null ? 1 : await this.users.otherActiveAdmins(tx, seen.tenantId, userId);
      const user = await this.users.lock(tx, userId);
      if (user === null) return refuse('not_found', 'There is no such account.');
      const lastAdmin = user.tenantId !== null && user.status === 'active' && user.roles.includes(adminRole) && others === 0;
      const allowed = checkErasure({ status: user.status, holdReason: user.holdReason, lastAdmin });
      if (!allowed.ok) return allowed;
      await this.write(tx, user, by);
      return ok(undefined);
    });
    if (answer.ok) await this.steps.afterwards(userId);
    return answer;
  }

  private async write(tx: Tx, user: UserRecord, by: Pick<AuditEntry, 'actor' | 'from'>): Promise<void> {
    const now = this.db.clock.now();
    await this.steps.closeDoors(tx, user, by);
    await this.users.update(
      tx,
      user.id,
      {
        status: 'erased',
        erasedAt: now,
        emailIndex: null,
        emailEncrypted: null,
        nameEncrypted: null,
        phoneEncrypted: null,
        telegramId: null,
        telegramUsernameEncrypted: null,
        passwordHash: null,
        preferences: {},
        totpSecretEncrypted: null,
        totpConfirmedAt: null,
      },
      now,
    );
    await this.steps.destroyKey(tx, user.id);
    await tx.publish(userErased, { key: user.id, tenantId: user.tenantId, data: { user_id: user.id, erased_at: now.toISOString() } });
    await tx.audit({ ...by, action: 'user.erased', object: { type: 'user', id: user.id }, tenantId: user.tenantId });
  }
}
