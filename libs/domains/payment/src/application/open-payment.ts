import { Inject, Injectable } from '@nestjs/common';
import { paymentOpened } from '@autobroker/contracts';
import { uuidv7, type Refusal, type Result } from '@autobroker/kernel';
import { databaseOf, scopeOf, type AuditEntry, type Database } from '@autobroker/platform/database';
import { openPayment, type Payment } from '../domain/payment';
import { PaymentStore } from './ports';

/** On whose behalf, and from where: for the audit log. */
export interface Requester extends Pick<AuditEntry, 'actor' | 'from'> {
  readonly tenantId: string;
}

@Injectable()
export class OpenPayment {
  constructor(
    @Inject(databaseOf('payment')) private readonly db: Database,
    private readonly store: PaymentStore,
  ) {}

  async run(input: { readonly title: string }, by: Requester): Promise<Result<Payment, Refusal<'validation_failed'>>> {
    const now = this.db.clock.now();
    const opened = openPayment({ id: uuidv7(now), tenantId: by.tenantId, title: input.title, at: now });
    if (!opened.ok) return opened;
    const payment = opened.value;
    await this.db.transaction(async (tx) => {
      await this.store.insert(scopeOf(by), tx, payment);
      await tx.audit({
        actor: by.actor,
        ...(by.from === undefined ? {} : { from: by.from }),
        action: 'payment.opened',
        object: { type: 'payment', id: payment.id },
        tenantId: by.tenantId,
        after: { title: payment.title },
      });
      await tx.publish(paymentOpened, {
        key: payment.id,
        tenantId: by.tenantId,
        data: { payment_id: payment.id, version: payment.version },
      });
    });
    return opened;
  }
}
