import { databaseOf, type Database, type Tx } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { PersonalData } from './personal-data';
import { Users, type UserRecord } from './ports';

/** Who signs in: somebody of the tenant whose address this is, or an operator, who may come by any door. */
@Injectable()
export class UserFinder {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly users: Users,
    private readonly personal: PersonalData,
  ) {}

  async forSignIn(tenantId: string, email: string): Promise<UserRecord | null> {
    const index = this.personal.emailIndex(email);
    // Both are always asked, so that the time tells nothing.
    const [ofTenant, operator] = await Promise.all([
      tenantId === '' ? null : this.users.byEmail(this.db, tenantId, index),
      this.users.byEmail(this.db, null, index),
    ]);
    return ofTenant ?? operator;
  }

  lock(tx: Tx, userId: string): Promise<UserRecord | null> {
    return this.users.lock(tx, userId);
  }

  async storeHash(tx: Tx, user: UserRecord, passwordHash: string): Promise<void> {
    await this.users.update(tx, user.id, { passwordHash }, this.db.clock.now());
  }
}
