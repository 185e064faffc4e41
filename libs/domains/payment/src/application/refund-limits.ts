import { Inject, Injectable } from '@nestjs/common';
import { ok, refuse, type Refusal, type Result } from '@autobroker/kernel';
import { type Database, databaseOf, scopeOf } from '@autobroker/platform/database';
import { type Caller, scopeOfCaller } from './caller';
import { paymentConfig, type PaymentConfig } from './config';
import { PaymentReader, RefundLimitStore } from './ports';

export interface RefundLimit {
  readonly amount: number;
  /** 0: the installation's, as long as the tenant has set none. */
  readonly version: number;
}

/** Above which amount a tenant's refunds need four eyes, by currency. */
@Injectable()
export class RefundLimits {
  constructor(
    @Inject(databaseOf('payment')) private readonly db: Database,
    private readonly reader: PaymentReader,
    private readonly store: RefundLimitStore,
    @Inject(paymentConfig.token) private readonly config: PaymentConfig,
  ) {}

  async of(tenantId: string, currency: string): Promise<RefundLimit> {
    return (await this.reader.refundLimit(scopeOf({ tenantId }), currency)) ?? { amount: this.config.refundLimit, version: 0 };
  }

  async set(ask: { readonly currency: string; readonly amount: number; readonly version: number | undefined }, caller: Caller): Promise<Result<RefundLimit, Refusal<'precondition_failed'>>> {
    const before = await this.of(caller.tenantId, ask.currency);
    if (ask.version !== undefined && ask.version !== before.version) return refuse('precondition_failed', 'The limit has changed since it was read.');
    return this.db.transaction(async (tx) => {
      const version = await this.store.put(tx, scopeOfCaller(caller), { currency: ask.currency, amount: ask.amount, expected: before.version }, this.db.clock.now());
      if (version === null) return refuse('precondition_failed', 'The limit has changed since it was read.');
      await tx.audit({ ...caller.by, action: 'refund_limit.set', object: { type: 'refund_limit', id: ask.currency }, tenantId: caller.tenantId, before: { amount: before.amount }, after: { amount: ask.amount } });
      return ok({ amount: ask.amount, version });
    });
  }
}
