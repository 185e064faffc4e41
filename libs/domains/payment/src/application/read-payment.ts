import { Inject, Injectable } from '@nestjs/common';
import { ok, refuse, type Refusal, type Result } from '@autobroker/kernel';
import { databaseOf, scopeOf, type Database } from '@autobroker/platform/database';
import type { Payment } from '../domain/payment';
import { PaymentStore } from './ports';

@Injectable()
export class ReadPayment {
  constructor(
    @Inject(databaseOf('payment')) private readonly db: Database,
    private readonly store: PaymentStore,
  ) {}

  /** Another tenant's does not exist for the one who asks. */
  async run(id: string, tenantId: string): Promise<Result<Payment, Refusal<'not_found'>>> {
    const found = await this.store.byId(scopeOf({ tenantId }), this.db, id);
    return found === null ? refuse('not_found', 'There is no such payment') : ok(found);
  }
}
