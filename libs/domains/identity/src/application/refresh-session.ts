import { err, refusal } from '@autobroker/kernel';
import { databaseOf, type Database } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { isStaff } from '@autobroker/contracts';
import { decideRefresh } from '../domain/refresh-rotation';
import { sessionPolicy } from '../domain/session';
import { auditedAs, type Caller } from './caller';
import type { Answer } from './in-transaction';
import { Sessions, Users } from './ports';
import { REAL_TIME, type RealTime } from './real-time';
import { hashSecret } from './secret';
import { SessionEnder } from './session-ender';
import { SessionStarter, type SignedIn, type StartedSession } from './session-starter';

const refused = err(refusal('refresh_token_invalid', 'Sign in again.'));

/** One refresh token for the next, with roles and tier as they are now. See domain/refresh-rotation for who is refused why. */
@Injectable()
export class RefreshSession {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly sessions: Sessions,
    private readonly users: Users,
    private readonly starter: SessionStarter,
    private readonly ender: SessionEnder,
    @Inject(REAL_TIME) private readonly time: RealTime,
  ) {}

  async execute(caller: Caller, refreshToken: string): Promise<Answer<SignedIn>> {
    const arrivedAt = this.time.now();
    // The end of a family must stay ended, so refusals commit here.
    const outcome = await this.db.transaction(async (tx): Promise<Answer<StartedSession>> => {
      const found = await this.sessions.lockByToken(tx, hashSecret(refreshToken));
      if (found === null) return refused;
      const { token, session } = found;
      const user = await this.users.byId(tx, session.userId);
      if (user === null || user.status !== 'active' || !(await this.starter.tenantOpen(tx, user))) return refused;

      const decision = decideRefresh({
        token,
        session,
        staff: isStaff(user),
        arrivedAt,
        now: this.time.now(),
        policy: sessionPolicy,
      });
      if (decision.kind === 'rotate') return { ok: true, value: await this.starter.continue(tx, user, session, token) };
      if (decision.kind === 'revoke_family') {
        const by = auditedAs(user.id, caller);
        await tx.audit({
          ...by,
          action: 'session.refresh_reused',
          object: { type: 'session', id: session.id },
          tenantId: user.tenantId,
          reason: 'a refresh token came back after its exchange',
        });
        await this.ender.end(tx, user, 'refresh_reused', by, { ids: [session.id] });
      }
      return refused;
    });
    return outcome.ok ? { ok: true, value: await this.starter.grant(outcome.value) } : outcome;
  }
}
