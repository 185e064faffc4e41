import { ok, refuse } from '@autobroker/kernel';
import { databaseOf, type Database } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from './caller';
import type { Answer } from './in-transaction';
import { Sessions, type SessionRecord } from './ports';
import { REAL_TIME, type RealTime } from './real-time';

@Injectable()
export class ListSessions {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly sessions: Sessions,
    @Inject(REAL_TIME) private readonly time: RealTime,
  ) {}

  async execute(caller: Caller): Promise<Answer<readonly SessionRecord[]>> {
    const { id, kind } = caller.principal;
    if (id === null || kind !== 'user') return refuse('permission_denied', 'Only a signed-in person can do this.');
    return ok(await this.sessions.active(this.db, id, this.time.now()));
  }
}
