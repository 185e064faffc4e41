import { ok, refuse } from '@autobroker/kernel';
import { databaseOf, type Database } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { auditedBy, type Caller } from './caller';
import { inTransaction, type Answer } from './in-transaction';
import { Users } from './ports';
import { scopeFor } from './scope-for';
import { SessionEnder } from './session-ender';

/** An admin ends somebody else's sessions: a lost laptop. */
@Injectable()
export class SignOutPerson {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly users: Users,
    private readonly ender: SessionEnder,
  ) {}

  async execute(caller: Caller, userId: string): Promise<Answer<void>> {
    return inTransaction(this.db, async (tx) => {
      const user = await this.users.inScope(tx, scopeFor(caller.principal), userId);
      if (user === null || user.status === 'erased') return refuse('not_found', 'There is no such account.');
      await this.ender.end(tx, user, 'revoked', auditedBy(caller));
      return ok(undefined);
    });
  }
}
