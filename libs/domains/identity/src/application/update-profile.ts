import { ok, refuse } from '@autobroker/kernel';
import { databaseOf, type Database } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { AccountWriter } from './account-writer';
import { auditedBy, type Caller } from './caller';
import { inTransaction, type Answer } from './in-transaction';
import { PersonalData } from './personal-data';
import { Users, type UserPatch, type UserRecord } from './ports';

export interface ProfileChange {
  readonly name?: string | null | undefined;
  readonly phone?: string | null | undefined;
  readonly locale?: string | undefined;
  readonly preferences?: Record<string, unknown> | undefined;
}

@Injectable()
export class UpdateProfile {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly users: Users,
    private readonly accounts: AccountWriter,
    private readonly personal: PersonalData,
  ) {}

  async execute(caller: Caller, change: ProfileChange, expected?: number): Promise<Answer<UserRecord>> {
    const { id, kind } = caller.principal;
    if (id === null || kind !== 'user') return refuse('permission_denied', 'Only a signed-in person can do this.');
    return inTransaction(this.db, async (tx) => {
      const user = await this.users.lock(tx, id);
      if (user === null || user.status !== 'active') return refuse('not_found', 'There is no such account.');
      const patch: UserPatch = {
        ...(change.name === undefined ? {} : { nameEncrypted: await this.personal.sealOptional(tx, id, change.name, 'name') }),
        ...(change.phone === undefined ? {} : { phoneEncrypted: await this.personal.sealOptional(tx, id, change.phone, 'phone') }),
        ...(change.locale === undefined ? {} : { locale: change.locale }),
        ...(change.preferences === undefined ? {} : { preferences: { ...user.preferences, ...change.preferences } }),
      };
      const changed = Object.entries(change).flatMap(([name, value]) => (value === undefined ? [] : [name]));
      return ok(await this.accounts.change(tx, user, patch, { action: 'user.updated', changed }, auditedBy(caller), expected));
    });
  }
}
