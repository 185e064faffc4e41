import type { Tx } from '@autobroker/platform/database';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Caller } from './caller';
import type { UserRecord } from './ports';

const rowsPerMinute = 10;

/** Failed sign-ins leave an audit row, but guessing must not fill the disk: so many a minute for one address and account. */
@Injectable()
export class RefusedLogins {
  private readonly written = new LRUCache<string, { count: number }>({ max: 10_000, ttl: 60_000 });

  async record(tx: Tx, caller: Caller, user: UserRecord | null, reason: string): Promise<void> {
    const key = `${caller.ip}|${user?.id ?? ''}`;
    const seen = this.written.get(key) ?? { count: 0 };
    if (seen.count >= rowsPerMinute) return;
    seen.count += 1;
    if (seen.count === 1) this.written.set(key, seen);
    await tx.audit({
      actor: { kind: 'anonymous', id: null },
      from: { ip: caller.ip, request_id: caller.requestId },
      action: 'session.refused',
      object: { type: 'user', id: user?.id ?? 'unknown' },
      tenantId: user?.tenantId ?? (caller.tenantId === '' ? null : caller.tenantId),
      reason,
    });
  }
}
