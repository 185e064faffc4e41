import { Inject, Injectable } from '@nestjs/common';
import { orderOpened } from '@autobroker/contracts';
import { uuidv7, type Refusal, type Result } from '@autobroker/kernel';
import { databaseOf, scopeOf, type AuditEntry, type Database } from '@autobroker/platform/database';
import { openOrder, type Order } from '../domain/order';
import { OrderStore } from './ports';

/** On whose behalf, and from where: for the audit log. */
export interface Requester extends Pick<AuditEntry, 'actor' | 'from'> {
  readonly tenantId: string;
}

@Injectable()
export class OpenOrder {
  constructor(
    @Inject(databaseOf('orders')) private readonly db: Database,
    private readonly store: OrderStore,
  ) {}

  async run(input: { readonly title: string }, by: Requester): Promise<Result<Order, Refusal<'validation_failed'>>> {
    const now = this.db.clock.now();
    const opened = openOrder({ id: uuidv7(now), tenantId: by.tenantId, title: input.title, at: now });
    if (!opened.ok) return opened;
    const order = opened.value;
    await this.db.transaction(async (tx) => {
      await this.store.insert(scopeOf(by), tx, order);
      await tx.audit({
        actor: by.actor,
        ...(by.from === undefined ? {} : { from: by.from }),
        action: 'order.opened',
        object: { type: 'order', id: order.id },
        tenantId: by.tenantId,
        after: { title: order.title },
      });
      await tx.publish(orderOpened, {
        key: order.id,
        tenantId: by.tenantId,
        data: { order_id: order.id, version: order.version },
      });
    });
    return opened;
  }
}
