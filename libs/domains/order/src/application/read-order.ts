import { Inject, Injectable } from '@nestjs/common';
import { ok, refuse, type Refusal, type Result } from '@autobroker/kernel';
import { databaseOf, scopeOf, type Database } from '@autobroker/platform/database';
import type { Order } from '../domain/order';
import { OrderStore } from './ports';

@Injectable()
export class ReadOrder {
  constructor(
    @Inject(databaseOf('orders')) private readonly db: Database,
    private readonly store: OrderStore,
  ) {}

  /** Another tenant's does not exist for the one who asks. */
  async run(id: string, tenantId: string): Promise<Result<Order, Refusal<'not_found'>>> {
    const found = await this.store.byId(scopeOf({ tenantId }), this.db, id);
    return found === null ? refuse('not_found', 'There is no such order') : ok(found);
  }
}
