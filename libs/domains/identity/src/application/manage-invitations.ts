import type { Role } from '@autobroker/contracts';
import { ok, refuse, uuidv7 } from '@autobroker/kernel';
import { databaseOf, type Database } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { normaliseEmail } from '../domain/email';
import { checkRevocation, invitationLifeMs } from '../domain/invitation';
import { checkRoleChange } from '../domain/role-grants';
import { auditedBy, type Caller } from './caller';
import { IdentityMail } from './identity-mail';
import { inTransaction, type Answer } from './in-transaction';
import { PersonalData } from './personal-data';
import { Invitations, type InvitationRecord } from './ports';
import { REAL_TIME, type RealTime } from './real-time';
import { scopeFor } from './scope-for';
import { hashSecret, newSecret } from './secret';

@Injectable()
export class ManageInvitations {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly invitations: Invitations,
    private readonly personal: PersonalData,
    private readonly mail: IdentityMail,
    @Inject(REAL_TIME) private readonly time: RealTime,
  ) {}

  list(caller: Caller): Promise<readonly InvitationRecord[]> {
    return this.invitations.list(this.db, scopeFor(caller.principal));
  }

  async invite(caller: Caller, wanted: { email: string; roles: readonly Role[]; locale: string }): Promise<Answer<InvitationRecord>> {
    const { principal, tenantId } = caller;
    if (principal.id === null) return refuse('permission_denied', 'Only a signed-in person invites.');
    const invitedBy = principal.id;
    const granted = checkRoleChange({ by: principal.roles, current: [], wanted: wanted.roles, inTenant: true });
    if (!granted.ok) return granted;
    const email = normaliseEmail(wanted.email);
    return inTransaction(this.db, async (tx) => {
      const now = this.time.now();
      const id = uuidv7(now);
      const token = newSecret();
      // The invited may have no account yet, so the address is sealed under the invitation's own key.
      const invitation: InvitationRecord = {
        id,
        tenantId,
        emailIndex: this.personal.emailIndex(email),
        emailEncrypted: await this.personal.seal(tx, id, email, 'email'),
        roles: [...new Set(wanted.roles)].sort(),
        tokenHash: hashSecret(token),
        status: 'pending',
        invitedBy,
        acceptedBy: null,
        createdAt: now,
        expiresAt: new Date(now.getTime() + invitationLifeMs),
        answeredAt: null,
        version: 1,
      };
      if (!(await this.invitations.insert(tx, invitation))) return refuse('already_exists', 'This address has an open invitation.');
      await tx.audit({
        ...auditedBy(caller),
        action: 'invitation.created',
        object: { type: 'invitation', id },
        tenantId,
        after: { roles: invitation.roles },
      });
      await this.mail.send(tx, { kind: 'invitation', personId: id, toEncrypted: invitation.emailEncrypted, locale: wanted.locale, tenantId, token });
      return ok(invitation);
    });
  }

  async revoke(caller: Caller, id: string, expected?: number): Promise<Answer<void>> {
    return inTransaction(this.db, async (tx) => {
      const invitation = await this.invitations.lock(tx, scopeFor(caller.principal), id);
      if (invitation === null) return refuse('not_found', 'There is no such invitation.');
      const possible = checkRevocation(invitation);
      if (!possible.ok) return possible;
      await this.invitations.update(tx, id, { status: 'revoked', answeredAt: this.time.now() }, expected);
      await tx.audit({ ...auditedBy(caller), action: 'invitation.revoked', object: { type: 'invitation', id }, tenantId: invitation.tenantId });
      return ok(undefined);
    });
  }
}
