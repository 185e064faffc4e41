import { Inject, Injectable } from '@nestjs/common';
import { ok, refuse, type Refusal, type Result } from '@autobroker/kernel';
import { type Database, databaseOf, scopeOf } from '@autobroker/platform/database';
import { undoneBy } from '../domain/saga';
import { byOf, type Caller } from './caller';
import { Compensations, type ListWindow, type OpsItem, OpsQueue } from './ports';

/** What only people can settle. */
@Injectable()
export class WorkOpsQueue {
  constructor(
    @Inject(databaseOf('orders')) private readonly db: Database,
    private readonly queue: OpsQueue,
    private readonly compensations: Compensations,
  ) {}

  list(open: boolean, window: ListWindow, caller: Caller): ReturnType<OpsQueue['list']> {
    return this.queue.list(scopeOf(caller), open, window);
  }

  /** Somebody has seen to it, and says how. */
  resolve(id: string, note: string, caller: Caller): Promise<Result<OpsItem, Refusal<'not_found' | 'conflict'>>> {
    return this.db.transaction<Result<OpsItem, Refusal<'not_found' | 'conflict'>>>(async (tx) => {
      const item = await this.queue.lock(scopeOf(caller), tx, id);
      if (item === null) return refuse('not_found', 'There is no such item');
      if (item.resolvedAt !== null) return refuse('conflict', 'It is settled already');
      const now = this.db.clock.now();
      await this.queue.resolve(tx, id, caller.id, note, now);
      const undone = undoneBy(item);
      if (undone !== null) await this.compensations.done(tx, item.orderId, undone, now);
      await tx.audit({ ...byOf(caller), action: 'order.ops_item_resolved', object: { type: 'order', id: item.orderId }, tenantId: item.tenantId, after: { kind: item.kind, detail: item.detail } });
      return ok({ ...item, resolvedAt: now, resolvedBy: caller.id, note });
    });
  }
}
