import { Inject, Injectable } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { ok, type PaymentLeg, type PaymentMethod, refuse, type Refusal, type Result, uuidv7 } from '@autobroker/kernel';
import type { OrderDesk } from '../domain/desk';
import { type OrderAccount, owedOf } from '../domain/order-account';
import { newPayment, type Payment, providerOf, stateOf } from '../domain/payment';
import { isWaiting, keyOf } from '../domain/vocabulary';
import { type Caller, maySee, scopeOfCaller } from './caller';
import { paymentConfig, type PaymentConfig } from './config';
import { Desks } from './desks';
import { PaymentReader } from './ports';
import { PaymentGateways } from './provider';

type StartRefusal = Refusal<'not_found' | 'nothing_owed' | 'payment_in_progress' | 'payment_method_unavailable' | 'currency_mismatch' | 'validation_failed'>;

export interface StartAsk {
  readonly orderId: string;
  readonly leg: PaymentLeg;
  readonly method: PaymentMethod;
  /** What the buyer has been shown; refused when it is not what is owed. */
  readonly amount: { readonly amount: number; readonly currency: string } | null;
}

/** An order's news may be a moment behind its own answer to the buyer. */
const patienceMs = 1_500;
const firstStepMs = 4;
const lastStepMs = 50;

/** Bank transfers reach us in these. */
const transferable: readonly string[] = ['EUR', 'USD', 'GBP'];

/** Transaction A of a payment: what is owed is asked for, by one payment at a time. */
@Injectable()
export class StartPayment {
  constructor(
    private readonly reader: PaymentReader,
    private readonly desks: Desks,
    private readonly gateways: PaymentGateways,
    @Inject(paymentConfig.token) private readonly config: PaymentConfig,
  ) {}

  async run(ask: StartAsk, caller: Caller): Promise<Result<Payment, StartRefusal>> {
    const order = await this.waitFor(ask, caller);
    if (order === null || !maySee(caller, order)) return refuse('not_found', 'There is no such order.');
    if (ask.method === 'bank_transfer' && !transferable.includes(order.currency)) return refuse('payment_method_unavailable', `Bank transfers are not taken in ${order.currency}.`);
    if (!(await this.gateways.of(providerOf(ask.method)).isAvailable())) return refuse('payment_method_unavailable', 'This way to pay is not set up here.');
    const started = await this.desks.on(ask.orderId, (desk) => this.start(desk, ask), { scope: scopeOfCaller(caller), by: caller.by });
    return started?.value ?? refuse('not_found', 'There is no such order.');
  }

  private start(desk: OrderDesk, { leg, method, amount }: StartAsk): Result<Payment, StartRefusal> {
    const { order } = desk;
    const payments = [...desk.payments.values()];
    const open = payments.find((one) => one.leg === leg && isWaiting(stateOf(one)));
    if (open !== undefined) return refuse('payment_in_progress', 'A payment for this is under way; cancel it to pay another way.', { extra: { payment_id: open.id } });
    const owed = owedOf(order, payments, leg);
    if (owed === 0) return refuse('nothing_owed', leg === 'deposit' ? 'No deposit is owed now.' : 'The balance is not owed yet, or paid.');
    if (amount !== null && amount.currency !== order.currency) return refuse('currency_mismatch', `The order is in ${order.currency}.`);
    if (amount !== null && amount.amount !== owed) return refuse('validation_failed', `What is owed is ${owed}.`, { errors: [{ pointer: '/amount/amount', code: 'not_owed', detail: `Is not the ${owed} that is owed.` }] });
    const attempt = payments.filter((one) => one.leg === leg).length + 1;
    const span = method === 'bank_transfer' ? this.config.transferTimeMs : this.config.payTimeMs;
    const payment = newPayment({
      id: uuidv7(desk.now),
      tenantId: order.tenantId,
      orderId: order.orderId,
      buyerId: order.buyerId,
      leg,
      method,
      attempt,
      key: keyOf(order.orderId, leg, 'pay', attempt),
      amount: owed,
      currency: order.currency,
      at: desk.now,
      expiresAt: new Date(desk.now.getTime() + span),
    });
    desk.add(payment);
    desk.ask('open', payment);
    return ok(payment);
  }

  /** Until the order is known here and owes something; what is there in the end is what counts. */
  private async waitFor({ orderId, leg }: StartAsk, caller: Caller): Promise<OrderAccount | null> {
    for (let [waited, step] = [0, firstStepMs]; ; waited += step, step = Math.min(step * 2, lastStepMs)) {
      const order = await this.reader.order(scopeOfCaller(caller), orderId);
      const mayStillCome = order === null || (leg === 'deposit' ? order.state === 'requested' : !order.isContracted && order.state === 'inspection');
      if (!mayStillCome || waited >= patienceMs) return order;
      await pause(step, undefined, { ref: false });
    }
  }
}
