import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { beforeHoldEnds } from '../domain/converge';
import { heldOf } from '../domain/payment';
import { paymentConfig, type PaymentConfig } from './config';
import { Desks } from './desks';
import { PaymentReader } from './ports';

/** A hold is never left to end by itself: a day before, it is taken if the car is being looked at, and let go if not. */
@Injectable()
export class WatchHolds {
  constructor(
    @Inject(databaseOf('payment')) private readonly db: Database,
    private readonly reader: PaymentReader,
    private readonly desks: Desks,
    @Inject(paymentConfig.token) private readonly config: PaymentConfig,
  ) {}

  async run(): Promise<{ readonly captured: number; readonly released: number }> {
    const now = this.db.clock.now();
    const counts = { captured: 0, released: 0 };
    for (const { id, orderId } of await this.reader.endingHolds(new Date(now.getTime() + this.config.captureMarginMs), 500)) {
      await this.desks.on(orderId, (desk) => {
        const payment = desk.payment(id);
        const decision = beforeHoldEnds(desk.order, payment, now, this.config.captureMarginMs);
        if (decision === null || desk.isAsked(id, 'capture') || desk.isAsked(id, 'void')) return;
        if (decision === 'capture') {
          desk.ask('capture', payment, { amount: heldOf(payment) });
          counts.captured += 1;
        } else {
          desk.giveUp(payment, 'released', 'void');
          counts.released += 1;
        }
      });
    }
    return counts;
  }
}
