import { databaseOf, type Database } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from './caller';
import { Sessions, type SessionRecord } from './ports';
import { REAL_TIME, type RealTime } from './real-time';

@Injectable()
export class ListSessions {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly sessions: Sessions,
    @Inject(REAL_TIME) private readonly time: RealTime,
  ) {}

  execute(caller: Caller): Promise<readonly SessionRecord[]> {
    return this.sessions.active(this.db, caller.principal.id ?? '', this.time.now());
  }
}
