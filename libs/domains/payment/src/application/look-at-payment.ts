import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '@autobroker/platform/database';
import { settleWhatLies } from '../domain/lying';
import { type Payment, stateOf } from '../domain/payment';
import { isWaiting } from '../domain/vocabulary';
import { paymentConfig, type PaymentConfig } from './config';
import { Desks } from './desks';
import { PaymentReader } from './ports';
import { type LookHint, PaymentGateways } from './provider';

/** Asks the provider what has become of a payment, and takes in what it says. */
@Injectable()
export class LookAtPayment {
  constructor(
    private readonly reader: PaymentReader,
    private readonly gateways: PaymentGateways,
    private readonly desks: Desks,
    @Inject(paymentConfig.token) private readonly config: PaymentConfig,
  ) {}

  /** False when the provider knows nothing of it. Where there is such a payment, `also` is written with what was found. */
  async run(paymentId: string, hint: LookHint = {}, also?: (tx: Tx) => Promise<void>): Promise<boolean> {
    const found = await this.reader.forLook(paymentId);
    if (found === null) return false;
    const { payment, asOf } = found;
    const answer = await this.gateways.of(payment.provider).look(payment, hint);
    await this.desks.on(payment.orderId, (desk) => {
      if (answer === null) {
        desk.lookedAt.add(payment.id);
        return;
      }
      desk.take(payment.id, { ...answer, asOf });
      const now = desk.payment(payment.id);
      // The buyer has agreed at the provider's page, and the provider waits for our word.
      if (answer.phase === 'approved' && now.authorized === 0 && now.captured === 0 && !now.isDead && now.givenUpFor === null && !desk.isAsked(payment.id, 'confirm')) desk.ask('confirm', now);
      else if (hasRunOut(now, desk.now) && !desk.isAsked(payment.id, 'cancel')) desk.giveUp(now, 'abandoned', 'cancel');
      else if (answer.cash !== undefined && answer.cash !== null) settleWhatLies(desk, payment.id, answer.cash, this.config.transferTimeMs);
    }, also === undefined ? {} : { also });
    return answer !== null;
  }
}

/** Nobody has paid in time. What has come in part is not sent away by itself. */
function hasRunOut(payment: Payment, now: Date): boolean {
  const isPartly = payment.action?.transfer !== null && payment.action?.transfer !== undefined && payment.action.transfer.remaining < payment.amount;
  return isWaiting(stateOf(payment)) && !isPartly && payment.expiresAt <= now && (payment.refs.session !== null || payment.refs.intent !== null);
}
