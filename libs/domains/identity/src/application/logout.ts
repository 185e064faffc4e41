import { ok, refuse } from '@autobroker/kernel';
import { databaseOf, type Database } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { auditedBy, type Caller } from './caller';
import { inTransaction, type Answer } from './in-transaction';
import { Sessions, Users } from './ports';
import { SessionEnder } from './session-ender';

/** Ending one's own sign-ins: this one, another one, or all. */
@Injectable()
export class Logout {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly sessions: Sessions,
    private readonly users: Users,
    private readonly ender: SessionEnder,
  ) {}

  /** Signing out twice is signing out. */
  async here(caller: Caller): Promise<void> {
    const { id, sessionId } = caller.principal;
    if (id === null || sessionId === null) return;
    await this.end(caller, id, 'logout', { ids: [sessionId] });
  }

  async everywhere(caller: Caller): Promise<Answer<void>> {
    const { id, kind } = caller.principal;
    // An API key acts for its owner, but must not be able to throw them out.
    if (id === null || kind !== 'user') return refuse('permission_denied', 'Only a signed-in person can do this.');
    await this.end(caller, id, 'logout_all', {});
    return ok(undefined);
  }

  async one(caller: Caller, sessionId: string): Promise<Answer<void>> {
    const { id, kind } = caller.principal;
    if (kind !== 'user') return refuse('permission_denied', 'Only a signed-in person can do this.');
    const session = await this.sessions.byId(this.db, sessionId);
    if (id === null || session === null || session.userId !== id) return refuse('not_found', 'There is no such session.');
    await this.end(caller, id, 'revoked', { ids: [sessionId] });
    return ok(undefined);
  }

  private async end(caller: Caller, userId: string, reason: 'logout' | 'logout_all' | 'revoked', only: { ids?: string[] }): Promise<void> {
    await inTransaction(this.db, async (tx) => {
      const user = await this.users.byId(tx, userId);
      if (user !== null) await this.ender.end(tx, user, reason, auditedBy(caller), only);
      return ok(undefined);
    });
  }
}
