import { sessionRevoked, type EventData } from '@autobroker/contracts';
import type { AuditEntry, Tx } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { RecentRevocations, SESSION_REVOCATIONS, type SessionRevocations } from '@autobroker/platform/auth';
import { sessionPolicy } from '../domain/session';
import { Sessions } from './ports';
import { REAL_TIME, type RealTime } from './real-time';

type Reason = EventData<typeof sessionRevoked>['reason'];

/** Ends sign-ins and tells every process, so that their access tokens stop working before they expire. */
@Injectable()
export class SessionEnder {
  constructor(
    private readonly sessions: Sessions,
    @Inject(SESSION_REVOCATIONS) private readonly revocations: SessionRevocations,
    @Inject(REAL_TIME) private readonly time: RealTime,
  ) {}

  async end(
    tx: Tx,
    person: { id: string; tenantId: string | null },
    reason: Reason,
    by: Pick<AuditEntry, 'actor' | 'from'>,
    only: { ids?: readonly string[]; except?: string } = {},
  ): Promise<number> {
    const now = this.time.now();
    const tokensExpireAt = new Date(now.getTime() + sessionPolicy.accessTokenMs);
    const ended = await this.sessions.revoke(tx, person.id, now, reason, only);
    if (ended.length === 0) return 0;
    await tx.publish(sessionRevoked, {
      key: person.id,
      tenantId: person.tenantId,
      data: {
        subject_id: person.id,
        session_ids: ended,
        reason,
        tokens_expire_at: tokensExpireAt.toISOString(),
      },
    });
    // Others hear the event within milliseconds; the process that answers must not be later than its own answer.
    tx.afterCommit(() => {
      if (this.revocations instanceof RecentRevocations) for (const id of ended) this.revocations.revokeSession(id, tokensExpireAt);
    });
    await tx.auditAll(
      ended.map((id) => ({
        ...by,
        action: 'session.revoked',
        object: { type: 'session', id },
        tenantId: person.tenantId,
        reason,
        after: { user_id: person.id },
      })),
    );
    return ended.length;
  }
}
