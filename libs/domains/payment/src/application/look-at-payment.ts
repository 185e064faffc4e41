import { Injectable } from '@nestjs/common';
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
  ) {}

  /** False when the provider knows nothing of it. */
  async run(paymentId: string, hint: LookHint = {}): Promise<boolean> {
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
      const { authorized, captured, isDead } = desk.payment(payment.id);
      const isAsked = desk.isAsked(payment.id, 'confirm');
      // The buyer has agreed at the provider's page, and the provider waits for our word.
      if (answer.phase === 'approved' && authorized === 0 && captured === 0 && !isDead && !isAsked) desk.ask('confirm', { id: payment.id, leg: payment.leg });
    });
    return answer !== null;
  }
}
