import { ok, refuse } from '@autobroker/kernel';
import { databaseOf, type Database, type Tx } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { checkAcceptance } from '../domain/invitation';
import { checkPassword } from '../domain/password-policy';
import { AccountWriter } from './account-writer';
import { auditedAs, type Caller } from './caller';
import { inTransaction, type Answer } from './in-transaction';
import { NewPassword } from './new-password';
import { PersonalData } from './personal-data';
import { Invitations, Users, type InvitationRecord, type UserRecord } from './ports';
import { hashSecret } from './secret';

export interface Acceptance {
  readonly token: string;
  readonly name: string | null;
  readonly password: string;
  readonly locale: string;
}

/**
 * The mailed token proves the mailbox. A new person gets an account; somebody who has one in this tenant gets the
 * invitation's roles and keeps their password: what is sent here must not replace the password of an account.
 */
@Injectable()
export class AcceptInvitation {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly invitations: Invitations,
    private readonly users: Users,
    private readonly accounts: AccountWriter,
    private readonly passwords: NewPassword,
    private readonly personal: PersonalData,
  ) {}

  async execute(caller: Caller, input: Acceptance): Promise<Answer<{ userId: string; joined: 'created' | 'existing' }>> {
    const policy = checkPassword(input.password, { name: input.name });
    if (!policy.ok) return policy;
    const passwordHash = await this.passwords.hash(policy.value);
    return inTransaction(this.db, async (tx) => {
      const now = this.db.clock.now();
      const invitation = await this.invitations.lockByToken(tx, hashSecret(input.token));
      const open = checkAcceptance(invitation, now);
      if (!open.ok) return open;
      if (invitation === null) return refuse('token_invalid', 'This invitation is not valid any more.');
      const email = await this.personal.open(invitation.id, invitation.emailEncrypted, tx);
      if (email === null) return refuse('token_invalid', 'This invitation is not valid any more.');
      const made = await this.accounts.create(tx, {
        tenantId: invitation.tenantId,
        roles: invitation.roles,
        email,
        emailVerified: true,
        name: input.name,
        locale: input.locale,
        passwordHash,
        method: 'invitation',
      });
      const user = made ?? (await this.join(tx, caller, invitation));
      if (user === null) return refuse('token_invalid', 'This invitation is not valid any more.');
      await this.invitations.update(tx, invitation.id, { status: 'accepted', acceptedBy: user.id, answeredAt: now });
      await tx.audit({
        ...auditedAs(user.id, caller),
        action: 'invitation.accepted',
        object: { type: 'invitation', id: invitation.id },
        tenantId: invitation.tenantId,
        after: { user_id: user.id, roles: invitation.roles },
      });
      // The address lives on with the account; the copy under the invitation's key is not needed.
      await this.personal.destroy(tx, invitation.id);
      return ok({ userId: user.id, joined: made === null ? ('existing' as const) : ('created' as const) });
    });
  }

  private async join(tx: Tx, caller: Caller, invitation: InvitationRecord): Promise<UserRecord | null> {
    const known = await this.users.byEmail(tx, invitation.tenantId, invitation.emailIndex);
    if (known === null || known.status !== 'active') return null;
    const patch = { roles: invitation.roles, emailVerifiedAt: known.emailVerifiedAt ?? this.db.clock.now() };
    const about = { action: 'user.joined', changed: ['roles'], before: { roles: known.roles }, after: { roles: invitation.roles } };
    return this.accounts.change(tx, known, patch, about, auditedAs(known.id, caller));
  }
}
