import type { Role, Tier } from '@autobroker/contracts';
import { ok, refuse } from '@autobroker/kernel';
import { databaseOf, type Database, type Tx } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { adminRole, checkLastAdmin, checkRoleChange } from '../domain/role-grants';
import { AccountWriter } from './account-writer';
import { auditedBy, type Caller } from './caller';
import { inTransaction, type Answer } from './in-transaction';
import { Users, type UserPatch, type UserRecord } from './ports';
import { scopeFor } from './scope-for';
import { SessionEnder } from './session-ender';
import { RevokeApiKeys } from './revoke-api-keys';

export interface UserAdministration {
  readonly roles?: readonly Role[] | undefined;
  readonly status?: 'active' | 'disabled' | undefined;
  readonly tier?: Tier | null | undefined;
  readonly holdReason?: string | null | undefined;
  readonly reason?: string | undefined;
}

const isRole = (role: string, roles: readonly Role[]): role is Role => roles.some((one) => one === role);

/** What an admin (in their tenant) or an operator (anywhere) changes about somebody else. */
@Injectable()
export class AdministerUser {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly users: Users,
    private readonly accounts: AccountWriter,
    private readonly ender: SessionEnder,
    private readonly apiKeys: RevokeApiKeys,
  ) {}

  async execute(caller: Caller, userId: string, change: UserAdministration, expected?: number): Promise<Answer<UserRecord>> {
    return inTransaction(this.db, async (tx) => {
      const seen = await this.users.inScope(tx, scopeFor(caller.principal), userId);
      if (seen === null || seen.status === 'erased') return refuse('not_found', 'There is no such account.');
      const otherActiveAdmins = seen.tenantId === null ? 1 : await this.users.otherActiveAdmins(tx, seen.tenantId, userId);
      const user = await this.users.lock(tx, userId);
      if (user === null || user.status === 'erased') return refuse('not_found', 'There is no such account.');
      const allowed = this.check(caller, user, change, otherActiveAdmins);
      if (!allowed.ok) return allowed;
      return ok(await this.write(tx, caller, user, allowed.value, change, expected));
    });
  }

  private check(caller: Caller, user: UserRecord, change: UserAdministration, otherActiveAdmins: number): Answer<UserPatch> {
    const operator = caller.principal.roles.includes('operator');
    if (user.roles.includes('operator') && !operator) return refuse('not_found', 'There is no such account.');
    if (change.tier !== undefined && !operator) return refuse('permission_denied', 'Tiers are assigned by an operator.');
    if (change.status === 'disabled' && user.id === caller.principal.id) return refuse('conflict', 'Nobody disables their own account.');
    let roles: Role[] = user.roles;
    if (change.roles !== undefined) {
      const wanted = change.roles;
      const granted = checkRoleChange({ by: caller.principal.roles, current: user.roles, wanted, inTenant: user.tenantId !== null });
      if (!granted.ok) return granted;
      roles = granted.value.filter((role) => isRole(role, wanted));
    }
    const status = change.status ?? user.status;
    const admin = checkLastAdmin({
      wasActiveAdmin: user.tenantId !== null && user.status === 'active' && user.roles.includes(adminRole),
      staysActiveAdmin: status === 'active' && roles.includes(adminRole),
      otherActiveAdmins,
    });
    if (!admin.ok) return admin;
    return ok({
      ...(change.roles === undefined ? {} : { roles }),
      ...(change.status === undefined ? {} : { status: change.status }),
      ...(change.tier === undefined ? {} : { tier: change.tier }),
      ...(change.holdReason === undefined ? {} : { holdReason: change.holdReason }),
    });
  }

  private async write(
    tx: Tx,
    caller: Caller,
    user: UserRecord,
    patch: UserPatch,
    change: UserAdministration,
    expected: number | undefined,
  ): Promise<UserRecord> {
    const by = auditedBy(caller);
    const facts = ({ roles, status, tier, holdReason }: UserRecord): unknown => ({ roles, status, tier, held: holdReason !== null });
    const after = { ...user, ...patch };
    const next = await this.accounts.change(
      tx,
      user,
      patch,
      {
        action: 'user.administered',
        changed: Object.keys(patch),
        before: facts(user),
        after: facts(after),
        ...(change.reason === undefined ? {} : { reason: change.reason }),
      },
      by,
      expected,
    );
    if (next.status === 'disabled' && user.status !== 'disabled') {
      await this.ender.end(tx, user, 'disabled', by);
      await this.apiKeys.allOf(tx, user, by);
    } else if (patch.roles !== undefined && patch.roles.join() !== user.roles.join()) {
      // Access tokens carry the roles: the old ones must not live out their quarter of an hour.
      await this.ender.end(tx, user, 'roles_changed', by);
    }
    return next;
  }
}
