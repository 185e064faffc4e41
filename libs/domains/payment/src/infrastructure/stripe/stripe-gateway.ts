import { Inject, Injectable } from '@nestjs/common';
import type { IncomingHttpHeaders } from 'node:http';
import { ok } from '@autobroker/kernel';
import Stripe from 'stripe';
import { paymentConfig, type PaymentConfig } from '../../application/config';
import { type Answer, type EvidencePack, type LookHint, type Movement, type OpenAsk, PaymentGateway, type ProviderAnswer, type ProviderPayout, type ReadEvent } from '../../application/provider';
import type { Dispute } from '../../domain/desk-state';
import type { Payment } from '../../domain/payment';
import type { RefundPart } from '../../domain/refunds';
import type { ChargeableCard } from '../../domain/saved-card';
import { StripeBooks } from './stripe-books';
import { cashOf, sendCashBack } from './stripe-cash';
import { StripeConnection } from './stripe-connection';
import { isMissing, refusalOf } from './stripe-errors';
import { StripeEvents } from './stripe-events';
import { pageOf } from './stripe-page';
import { chargeOf, idOf, type StripeState, truthOf } from './stripe-truth';

const expand = ['latest_charge.balance_transaction'];
const ofSession = ['payment_intent.latest_charge.balance_transaction'];

interface Wanted {
  readonly refunds: boolean;
  readonly disputes: boolean;
}

/** Cards by Checkout, so that no card ever comes near us; bank transfers to an account of the order's own. */
@Injectable()
export class StripeGateway extends PaymentGateway {
  override readonly provider = 'stripe';

  constructor(
    private readonly connection: StripeConnection,
    private readonly events: StripeEvents,
    private readonly books: StripeBooks,
    @Inject(paymentConfig.token) private readonly config: PaymentConfig,
  ) {
    super();
  }

  override async isAvailable(): Promise<boolean> {
    return (await this.connection.find()) !== null;
  }

  override open(ask: OpenAsk): Answer {
    return this.answer(async (stripe) => {
      if (ask.payment.method === 'bank_transfer') return this.openTransfer(stripe, ask);
      return ask.saved === null ? this.openCheckout(stripe, ask) : this.chargeSaved(stripe, ask, ask.saved);
    });
  }

  override async look(payment: Payment, hint: LookHint): Promise<ProviderAnswer | null> {
    const stripe = await this.connection.connect();
    try {
      const session = payment.refs.session ?? hint.session ?? null;
      // Of a page that we know the intent is the page's own: another one that names our payment is not it.
      const intent = payment.refs.intent ?? (session === null ? (hint.intent ?? null) : null);
      const state = await this.read(stripe, { ...payment.refs, session, intent }, { refunds: payment.refunded > 0, disputes: payment.chargedBack > 0 });
      return state === null || !isAbout(state, payment.id) ? null : truthOf(await this.withCash(stripe, payment, state));
    } catch (error) {
      if (isMissing(error)) return null;
      refusalOf(error);
      throw error;
    }
  }

  override capture(payment: Payment, amount: number, key: string): Answer {
    return this.onIntent(payment, async (stripe, intent) => {
      await stripe.paymentIntents.capture(intent, { amount_to_capture: amount }, { idempotencyKey: key });
    });
  }

  override release(payment: Payment, key: string): Answer {
    return this.onIntent(payment, async (stripe, intent) => {
      await stripe.paymentIntents.cancel(intent, { cancellation_reason: 'requested_by_customer' }, { idempotencyKey: key });
    });
  }

  override cancel(payment: Payment, key: string): Answer {
    const { session } = payment.refs;
    if (session === null) {
      return this.onIntent(payment, async (stripe, intent) => {
        const { customer } = await stripe.paymentIntents.cancel(intent, { cancellation_reason: 'abandoned' }, { idempotencyKey: key });
        const owner = idOf(customer);
        if (payment.method === 'bank_transfer' && owner !== null) await sendCashBack(stripe, owner, payment);
      });
    }
    return this.answer(async (stripe) => {
      await stripe.checkout.sessions.expire(session, {}, { idempotencyKey: key });
      return this.again(stripe, payment);
    });
  }

  override sendBack(payment: Payment): Answer {
    return this.onIntent(payment, async (stripe) => {
      if (payment.refs.customer !== null) await sendCashBack(stripe, payment.refs.customer, payment);
    });
  }

  /** Checkout confirms by itself. */
  override async confirm(payment: Payment): Answer {
    return this.answer((stripe) => this.again(stripe, payment));
  }

  override refund(payment: Payment, part: RefundPart, key: string): Answer {
    return this.onIntent(
      payment,
      async (stripe, intent) => {
        await stripe.refunds.create({ payment_intent: intent, amount: part.amount, metadata: { refund_id: part.id, payment_id: payment.id } }, { idempotencyKey: key });
      },
      { refunds: true, disputes: false },
    );
  }

  override submitEvidence(payment: Payment, dispute: Dispute, pack: EvidencePack, key: string): Answer {
    return this.answer(async (stripe) => {
      await stripe.disputes.update(dispute.ref, { evidence: { ...pack.fields, uncategorized_text: pack.text }, submit: true }, { idempotencyKey: key });
      return this.again(stripe, payment, { refunds: false, disputes: true });
    });
  }

  override readEvent(body: Buffer, headers: IncomingHttpHeaders): Promise<ReadEvent> {
    return this.events.read(body, headers);
  }

  override async movements(from: Date, to: Date): Promise<readonly Movement[]> {
    return this.books.movements(await this.connection.connect(), from, to);
  }

  override async totalOf(ref: string, currency: string): Promise<number | null> {
    return this.books.totalOf(await this.connection.connect(), ref, currency);
  }

  override async payouts(from: Date, to: Date): Promise<readonly ProviderPayout[]> {
    return this.books.payouts(await this.connection.connect(), from, to);
  }

  override listen(): Promise<void> {
    return this.events.listen();
  }

  /**
   * The buyer is not there. Where the bank wants to see them it does not let the card be charged: then they are sent to
   * Checkout as without a saved card, and nothing is left of the attempt. Any other refusal is the bank's last word.
   */
  private async chargeSaved(stripe: Stripe, ask: OpenAsk, { customer, method }: ChargeableCard): Promise<StripeState> {
    const { payment, orderNumber } = ask;
    const { id, orderId, tenantId, amount, currency, key, leg } = payment;
    try {
      const intent = await stripe.paymentIntents.create(
        {
          amount,
          currency: currency.toLowerCase(),
          customer,
          payment_method: method,
          allowed_payment_method_types: ['card'],
          capture_method: leg === 'deposit' ? 'manual' : 'automatic',
          confirm: true,
          off_session: true,
          // An attempt that fails must not be taken for the payment: its events do not name it.
          metadata: { off_session_for: id, order_id: orderId, tenant_id: tenantId, leg },
          description: titleOf(payment, orderNumber),
          expand,
        },
        { idempotencyKey: `${key}:saved` },
      );
      return { session: null, intent, refunds: [], disputes: [] };
    } catch (error) {
      const failed = error instanceof Stripe.errors.StripeCardError ? error.payment_intent : undefined;
      if (failed === undefined) throw error;
      const state = failed.last_payment_error?.code === 'authentication_required' ? await this.openCheckout(stripe, ask) : null;
      const gone = await stripe.paymentIntents.cancel(failed.id, { cancellation_reason: 'abandoned' }, { idempotencyKey: `${key}:saved:over` });
      return state ?? { session: null, intent: { ...gone, last_payment_error: failed.last_payment_error }, refunds: [], disputes: [] };
    }
  }

  private async openCheckout(stripe: Stripe, { payment, orderNumber, saved, returnUrl, cancelUrl }: OpenAsk): Promise<StripeState> {
    const { id, amount, currency, key, expiresAt, leg } = payment;
    const metadata = metadataOf(payment);
    const name = titleOf(payment, orderNumber);
    const session = await stripe.checkout.sessions.create(
      {
        ...pageOf({ id, expiresAt, metadata, returnUrl, cancelUrl }),
        mode: 'payment',
        line_items: [{ price_data: { currency: currency.toLowerCase(), unit_amount: amount, product_data: { name } }, quantity: 1 }],
        ...(saved === null ? {} : { customer: saved.customer }),
        payment_intent_data: { capture_method: leg === 'deposit' ? 'manual' : 'automatic', metadata, description: name },
      },
      { idempotencyKey: key },
    );
    return { session, intent: null, refunds: [], disputes: [] };
  }

  private async openTransfer(stripe: Stripe, { payment, orderNumber }: OpenAsk): Promise<StripeState> {
    const { orderId, amount, currency, key } = payment;
    // A key is remembered for a day or so; the account that the buyer was told of stays theirs.
    const customer = payment.refs.customer ?? (await stripe.customers.create({ metadata: { order_id: orderId }, description: orderNumber }, { idempotencyKey: `${orderId}:customer` })).id;
    const country = this.config.transferCountry;
    const byCurrency = { USD: { type: 'us_bank_transfer' as const }, GBP: { type: 'gb_bank_transfer' as const } };
    const transfer = currency === 'USD' || currency === 'GBP' ? byCurrency[currency] : { type: 'eu_bank_transfer' as const, eu_bank_transfer: { country } };
    const intent = await stripe.paymentIntents.create(
      {
        amount,
        currency: currency.toLowerCase(),
        customer,
        allowed_payment_method_types: ['customer_balance'],
        payment_method_data: { type: 'customer_balance' },
        payment_method_options: { customer_balance: { funding_type: 'bank_transfer', bank_transfer: transfer } },
        confirm: true,
        metadata: metadataOf(payment),
        description: titleOf(payment, orderNumber),
        expand,
      },
      { idempotencyKey: key },
    );
    return { session: null, intent, refunds: [], disputes: [] };
  }

  private onIntent(payment: Payment, act: (stripe: Stripe, intent: string) => Promise<void>, wanted?: Wanted): Answer {
    return this.answer(async (stripe) => {
      const { intent } = payment.refs;
      if (intent === null) throw new Error(`payment ${payment.id} has no PaymentIntent`);
      await act(stripe, intent);
      return this.again(stripe, payment, wanted);
    });
  }

  private async again(stripe: Stripe, payment: Payment, wanted: Wanted = { refunds: false, disputes: false }): Promise<StripeState> {
    const state = await this.read(stripe, payment.refs, { refunds: wanted.refunds || payment.refunded > 0, disputes: wanted.disputes || payment.chargedBack > 0 });
    if (state === null) throw new Error(`Stripe has lost payment ${payment.id}`);
    return this.withCash(stripe, payment, state);
  }

  /** While a transfer is waited for, what comes is its. */
  private async withCash(stripe: Stripe, { method, currency }: Payment, state: StripeState): Promise<StripeState> {
    const [status, owner] = [state.intent?.status, idOf(state.intent?.customer)];
    if (method !== 'bank_transfer' || owner === null || (status !== 'canceled' && status !== 'succeeded')) return state;
    return { ...state, cash: await cashOf(stripe, owner, currency) };
  }

  /** By the PaymentIntent as soon as there is one: the session says no more than it then. */
  private async read(stripe: Stripe, refs: Payment['refs'], wanted: Wanted): Promise<StripeState | null> {
    const session = refs.intent === null && refs.session !== null ? await stripe.checkout.sessions.retrieve(refs.session, { expand: ofSession }) : null;
    const within = session?.payment_intent;
    const intent = refs.intent !== null ? await stripe.paymentIntents.retrieve(refs.intent, { expand }) : within === undefined || within === null || typeof within === 'string' ? null : within;
    if (session === null && intent === null) return null;
    const charge = chargeOf(intent);
    if (intent === null || charge?.captured !== true) return { session: session ?? (await this.sessionWhile(stripe, intent, refs)), intent, refunds: [], disputes: [] };
    const refunds = wanted.refunds || charge.amount_refunded > 0 ? (await stripe.refunds.list({ payment_intent: intent.id, limit: 100, expand: ['data.balance_transaction', 'data.failure_balance_transaction'] })).data : [];
    const disputes = wanted.disputes || charge.disputed ? (await stripe.disputes.list({ payment_intent: intent.id, limit: 100 })).data : [];
    return { session, intent, refunds, disputes };
  }

  /** While nothing is held, whether the buyer may still try is the session's to say. */
  private async sessionWhile(stripe: Stripe, intent: Stripe.PaymentIntent | null, refs: Payment['refs']): Promise<Stripe.Checkout.Session | null> {
    const isOpen = intent?.status === 'requires_payment_method' || intent?.status === 'requires_action' || intent?.status === 'requires_confirmation';
    return isOpen && refs.session !== null ? stripe.checkout.sessions.retrieve(refs.session) : null;
  }

  private async answer(act: (stripe: Stripe) => Promise<StripeState>): Answer {
    const stripe = await this.connection.connect();
    try {
      return ok(truthOf(await act(stripe)));
    } catch (error) {
      return refusalOf(error);
    }
  }
}

const titleOf = ({ leg }: Payment, orderNumber: string): string => `${leg === 'deposit' ? 'Deposit' : 'Balance'} ${orderNumber}`;
const metadataOf = ({ id, orderId, tenantId, leg }: Payment) => ({ payment_id: id, order_id: orderId, tenant_id: tenantId, leg });

/** What an event leads to is ours only if it says so itself. */
const isAbout = ({ session, intent }: StripeState, paymentId: string): boolean => (intent?.metadata['payment_id'] ?? intent?.metadata['off_session_for'] ?? session?.metadata?.['payment_id']) === paymentId;
