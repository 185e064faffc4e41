import type { RevocationSource, RevokedSession } from '@autobroker/platform/auth';
import { databaseOf, type Database } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { sessionPolicy } from '../domain/session';
import { OAuthClients, Sessions } from './ports';
import { REAL_TIME, type RealTime } from './real-time';

/** The port of platform/auth: for a process that could not hear every `session.revoked`. */
@Injectable()
export class RevokedLately implements RevocationSource {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly sessions: Sessions,
    private readonly clients: OAuthClients,
    @Inject(REAL_TIME) private readonly time: RealTime,
  ) {}

  async recent(): Promise<readonly RevokedSession[]> {
    const since = new Date(this.time.now().getTime() - sessionPolicy.accessTokenMs);
    const ended = [...(await this.sessions.revokedSince(this.db, since)), ...(await this.clients.tokensRevokedSince(this.db, since))];
    // The last token may have been handed out a moment before the end.
    return ended.map(({ id, revokedAt }) => ({ id, tokensExpireAt: new Date(revokedAt.getTime() + sessionPolicy.accessTokenMs) }));
  }
}
