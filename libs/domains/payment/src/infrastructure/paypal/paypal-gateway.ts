import { Inject, Injectable } from '@nestjs/common';
import type { Order } from '@paypal/paypal-server-sdk' with { 'resolution-mode': 'import' };
import type { IncomingHttpHeaders } from 'node:http';
import { ok } from '@autobroker/kernel';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { z } from 'zod';
import { type Answer, type EvidencePack, type LookHint, type Movement, type OpenAsk, PaymentGateway, type ProviderAnswer, type ProviderPayout, ProviderUnreachableError, type ReadEvent } from '../../application/provider';
import type { Dispute } from '../../domain/desk-state';
import type { Payment } from '../../domain/payment';
import type { RefundPart } from '../../domain/refunds';
import { PaypalBooks } from './paypal-books';
import { type PaypalApi, PaypalConnection } from './paypal-connection';
import { isMissing, refusalOf } from './paypal-errors';
import { PaypalEvents } from './paypal-events';
import { captureOf, disputeSchema, holdOf, latestHoldOf, type PaypalDispute, toPaypal, truthOf } from './paypal-truth';


const whole = 'return=representation';
/** So long PayPal honours a hold for certain; after that it is asked for again first. */
const honourMs = 3 * 86_400_000;
const listSchema = z.looseObject({ items: z.array(z.looseObject({ dispute_id: z.string() })) });

/** The buyer agrees at PayPal's page, and we then hold or take: nothing is taken that we don't ask for. */
@Injectable()
export class PaypalGateway extends PaymentGateway {
  override readonly provider = 'paypal';

  constructor(
    @Inject(databaseOf('payment')) private readonly db: Database,
    private readonly connection: PaypalConnection,
    private readonly events: PaypalEvents,
    private readonly books: PaypalBooks,
  ) {
    super();
  }

  override async isAvailable(): Promise<boolean> {
    return (await this.connection.find()) !== null;
  }

  override open({ payment, orderNumber, returnUrl, cancelUrl }: OpenAsk): Answer {
    const { id, amount, currency, key, leg } = payment;
    return this.answer(payment, async ({ orders, sdk }) => {
      const { result } = await orders.createOrder({
        paypalRequestId: key,
        prefer: whole,
        body: {
          intent: leg === 'deposit' ? sdk.CheckoutPaymentIntent.Authorize : sdk.CheckoutPaymentIntent.Capture,
          purchaseUnits: [{ customId: id, invoiceId: key, description: `${leg === 'deposit' ? 'Deposit' : 'Balance'} ${orderNumber}`, amount: toPaypal(amount, currency) }],
          applicationContext: { returnUrl, cancelUrl, userAction: sdk.OrderApplicationContextUserAction.PayNow, shippingPreference: sdk.OrderApplicationContextShippingPreference.NoShipping },
        },
      });
      return result;
    });
  }

  override async look(payment: Payment, hint: LookHint): Promise<ProviderAnswer | null> {
    const session = payment.refs.session ?? hint.session;
    if (session === undefined) return null;
    const api = await this.connection.connect();
    try {
      const { result } = await api.orders.getOrder({ id: session });
      if (result.purchaseUnits?.[0]?.customId !== payment.id) return null;
      return await this.told(api, payment, result);
    } catch (error) {
      // An order that nobody has agreed to is forgotten after some hours.
      if (isMissing(error)) return payment.refs.session === null ? null : forgotten(payment);
      refusalOf(error);
      throw error;
    }
  }

  override confirm(payment: Payment, key: string): Answer {
    return this.answer(payment, async ({ orders }) => {
      const id = sessionOf(payment);
      if (payment.leg === 'deposit') await orders.authorizeOrder({ id, paypalRequestId: key, prefer: whole });
      else await orders.captureOrder({ id, paypalRequestId: key, prefer: whole });
      return (await orders.getOrder({ id })).result;
    });
  }

  override capture(payment: Payment, amount: number, key: string): Answer {
    return this.answer(payment, async (api) => {
      const { orders, payments } = api;
      const { result: order } = await orders.getOrder({ id: sessionOf(payment) });
      const authorizationId = await this.honoured(api, payment, order, key);
      await payments.captureAuthorizedPayment({ authorizationId, paypalRequestId: key, prefer: whole, body: { amount: toPaypal(amount, payment.currency), finalCapture: true } });
      return (await orders.getOrder({ id: sessionOf(payment) })).result;
    });
  }

  override release(payment: Payment, key: string): Answer {
    return this.answer(payment, async ({ orders, payments }) => {
      const { result: order } = await orders.getOrder({ id: sessionOf(payment) });
      await payments.voidPayment({ authorizationId: holdOf(order)?.id ?? '', paypalRequestId: key });
      return (await orders.getOrder({ id: sessionOf(payment) })).result;
    });
  }

  /** There is nothing to cancel at PayPal: without our word an order that was agreed to comes to nothing by itself. */
  override cancel(payment: Payment): Answer {
    return this.answer({ ...payment, givenUpFor: payment.givenUpFor ?? 'abandoned' }, async ({ orders }) => (await orders.getOrder({ id: sessionOf(payment) })).result);
  }

  override refund(payment: Payment, part: RefundPart, key: string): Answer {
    return this.answer(payment, async ({ orders, payments }) => {
      const captureId = payment.refs.charge;
      if (captureId === null) throw new Error(`payment ${payment.id} has no capture`);
      await payments.refundCapturedPayment({ captureId, paypalRequestId: key, prefer: whole, body: { amount: toPaypal(part.amount, payment.currency), customId: part.id } });
      return (await orders.getOrder({ id: sessionOf(payment) })).result;
    });
  }

  /** PayPal keeps nothing that no payment has taken. */
  override sendBack(payment: Payment): Answer {
    return Promise.reject(new Error(`payment ${payment.id} has nothing at PayPal to send back`));
  }

  override submitEvidence(payment: Payment, dispute: Dispute, { text, fields }: EvidencePack): Answer {
    return this.answer(payment, async (api) => {
      const notes = [text, ...Object.entries(fields).map(([name, value]) => `${name}: ${value}`)].join('\n').slice(0, 2_000);
      const { status } = await api.rest('POST', `/v1/customer/disputes/${encodeURIComponent(dispute.ref)}/provide-evidence`, { evidences: [{ evidence_type: 'OTHER', notes }] });
      if (status >= 500) throw new ProviderUnreachableError(`PayPal answered ${status}`, true);
      return (await api.orders.getOrder({ id: sessionOf(payment) })).result;
    });
  }

  override readEvent(body: Buffer, headers: IncomingHttpHeaders): Promise<ReadEvent> {
    return this.events.read(body, headers);
  }

  override async movements(from: Date, to: Date): Promise<readonly Movement[]> {
    return this.books.movements(await this.connection.connect(), from, to);
  }

  /** Its transaction search does not go by what a movement is about. */
  override totalOf(): Promise<number | null> {
    return Promise.resolve(null);
  }

  override async payouts(from: Date, to: Date): Promise<readonly ProviderPayout[]> {
    return this.books.payouts(await this.connection.connect(), from, to);
  }

  override listen(): Promise<void> {
    return this.events.listen();
  }

  /** A hold that is older than PayPal honours for certain is asked for once more; where it can't be, it is tried as it is. */
  private async honoured({ payments }: PaypalApi, payment: Payment, order: Order, key: string): Promise<string> {
    const hold = latestHoldOf(order);
    const id = hold?.id ?? '';
    const age = this.db.clock.now().getTime() - new Date(hold?.createTime ?? 0).getTime();
    if (age < honourMs) return id;
    try {
      const { result } = await payments.reauthorizePayment({ authorizationId: id, paypalRequestId: `${key}:again`, prefer: whole, body: { amount: toPaypal(payment.authorized, payment.currency) } });
      return result.id ?? id;
    } catch (error) {
      refusalOf(error);
      return id;
    }
  }

  private async answer(payment: Payment, act: (api: PaypalApi) => Promise<Order>): Answer {
    const api = await this.connection.connect();
    try {
      return ok(await this.told(api, payment, await act(api)));
    } catch (error) {
      return refusalOf(error);
    }
  }

  private async told(api: PaypalApi, payment: Payment, order: Order): Promise<ProviderAnswer> {
    const capture = captureOf(order)?.id;
    const disputes = capture === undefined ? [] : await this.disputesOf(api, capture);
    const isGivenUp = payment.givenUpFor !== null && order.status !== 'COMPLETED';
    return truthOf({ order, disputes, isGivenUp, now: this.db.clock.now() });
  }

  private async disputesOf(api: PaypalApi, capture: string): Promise<readonly PaypalDispute[]> {
    const { status, body } = await api.rest('GET', `/v1/customer/disputes?disputed_transaction_id=${encodeURIComponent(capture)}`);
    if (status !== 200) throw new ProviderUnreachableError(`PayPal answered ${status} about disputes`, false);
    const found: PaypalDispute[] = [];
    for (const { dispute_id: id } of listSchema.parse(body).items) found.push(disputeSchema.parse((await api.rest('GET', `/v1/customer/disputes/${encodeURIComponent(id)}`)).body));
    return found;
  }
}

function sessionOf({ id, refs }: Payment): string {
  if (refs.session === null) throw new Error(`payment ${id} has no order at PayPal`);
  return refs.session;
}

const forgotten = ({ amount, currency, refs }: Payment): ProviderAnswer => ({ refs, phase: 'over', asked: { amount, currency }, authorized: 0, captured: 0, isReleased: false, hasExpired: false, captureBefore: null, failure: null, action: null, refunds: [], disputes: [], costs: [] });
