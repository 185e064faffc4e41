import { Injectable } from '@nestjs/common';
import { ok, refuse, type Refusal, type Result } from '@autobroker/kernel';
import { type Payment, stateOf } from '../domain/payment';
import { isWaiting } from '../domain/vocabulary';
import { type Caller, maySee, scopeOfCaller } from './caller';
import { Desks } from './desks';
import { PaymentReader } from './ports';

/** Gives up a payment that has not been made yet, so that another can be begun. If it is made meanwhile, the money counts. */
@Injectable()
export class CancelPayment {
  constructor(
    private readonly reader: PaymentReader,
    private readonly desks: Desks,
  ) {}

  async run(id: string, caller: Caller): Promise<Result<Payment, Refusal<'not_found' | 'transition_not_allowed'>>> {
    const found = await this.reader.payment(scopeOfCaller(caller), id);
    if (found === null || !maySee(caller, found)) return refuse('not_found', 'There is no such payment.');
    const done = await this.desks.on(
      found.orderId,
      (desk): Result<Payment, Refusal<'transition_not_allowed'>> => {
        const payment = desk.payment(id);
        if (!isWaiting(stateOf(payment))) return refuse('transition_not_allowed', `The payment is ${stateOf(payment)} already.`);
        if (!desk.isAsked(id, 'cancel')) desk.giveUp(payment, 'abandoned', 'cancel');
        return ok(desk.payment(id));
      },
      { scope: scopeOfCaller(caller), by: caller.by },
    );
    return done?.value ?? refuse('not_found', 'There is no such payment.');
  }
}
