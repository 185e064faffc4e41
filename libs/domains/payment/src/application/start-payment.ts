import { Inject, Injectable } from '@nestjs/common';
import { ok, type PaymentLeg, type PaymentMethod, refuse, type Refusal, type Result } from '@autobroker/kernel';
import type { OrderDesk } from '../domain/desk';
import { type OrderAccount, owedOf } from '../domain/order-account';
import { type Payment, providerOf, stateOf } from '../domain/payment';
import { isWaiting } from '../domain/vocabulary';
import { type Caller, maySee, scopeOfCaller } from './caller';
import { paymentConfig, type PaymentConfig } from './config';
import { Desks } from './desks';
import { OrderNewsBoard } from './order-news-board';
import { PaymentReader } from './ports';
import { PaymentGateways } from './provider';
import { noSuchCard, SavedCards } from './saved-cards';

type StartRefusal = Refusal<'not_found' | 'nothing_owed' | 'payment_in_progress' | 'payment_method_unavailable' | 'currency_mismatch' | 'validation_failed'>;

export interface StartAsk {
  readonly orderId: string;
  readonly leg: PaymentLeg;
  readonly method: PaymentMethod;
  /** By which of their saved cards the buyer pays. */
  readonly savedCardId: string | null;
  /** What the buyer has been shown; refused when it is not what is owed. */
  readonly amount: { readonly amount: number; readonly currency: string } | null;
}

/** An order's news may be a moment behind its own answer to the buyer. */
const patienceMs = 3_000;

/** Bank transfers reach us in these. */
const transferable: readonly string[] = ['EUR', 'USD', 'GBP'];

/** Transaction A of a payment: what is owed is asked for, by one payment at a time. */
@Injectable()
export class StartPayment {
  constructor(
    private readonly reader: PaymentReader,
    private readonly desks: Desks,
    private readonly gateways: PaymentGateways,
    private readonly cards: SavedCards,
    private readonly board: OrderNewsBoard,
    @Inject(paymentConfig.token) private readonly config: PaymentConfig,
  ) {}

  async run(ask: StartAsk, caller: Caller): Promise<Result<Payment, StartRefusal>> {
    const order = await this.waitFor(ask, caller);
    if (order === null || !maySee(caller, order)) return refuse('not_found', 'There is no such order.');
    if (ask.method === 'bank_transfer' && !transferable.includes(order.currency)) return refuse('payment_method_unavailable', `Bank transfers are not taken in ${order.currency}.`);
    if (!(await this.gateways.of(providerOf(ask.method)).isAvailable())) return refuse('payment_method_unavailable', 'This way to pay is not set up here.');
    const card = await this.cardFor(ask, order, caller);
    if (!card.ok) return card;
    const started = await this.desks.on(ask.orderId, (desk) => this.start(desk, ask), { scope: scopeOfCaller(caller), by: caller.by });
    return started?.value ?? refuse('not_found', 'There is no such order.');
  }

  /** Only the buyer pays by a card of theirs, and only what is held and can be let go again. */
  private async cardFor({ savedCardId, leg, method }: StartAsk, { buyerId }: OrderAccount, caller: Caller): Promise<Result<void, StartRefusal>> {
    if (savedCardId === null) return ok();
    const wrong = (code: string, detail: string): Result<never, StartRefusal> => refuse('validation_failed', `A saved card ${detail}.`, { errors: [{ pointer: '/saved_card_id', code, detail }] });
    if (method !== 'card') return wrong('not_a_card', 'goes with the method card');
    if (leg !== 'deposit') return wrong('deposit_only', 'pays a deposit');
    const card = await this.cards.one(savedCardId, caller);
    if (!card.ok) return card;
    return card.value.state === 'ready' && card.value.buyerId === buyerId ? ok() : noSuchCard();
  }

  private start(desk: OrderDesk, { leg, method, amount, savedCardId }: StartAsk): Result<Payment, StartRefusal> {
    const { order } = desk;
    const payments = [...desk.payments.values()];
    const open = payments.find((one) => one.leg === leg && isWaiting(stateOf(one)));
    if (open !== undefined) return refuse('payment_in_progress', 'A payment for this is under way; cancel it to pay another way.', { extra: { payment_id: open.id } });
    const owed = owedOf(order, payments, leg);
    if (owed === 0) return refuse('nothing_owed', leg === 'deposit' ? 'No deposit is owed now.' : 'The balance is not owed yet, or paid.');
    if (amount !== null && amount.currency !== order.currency) return refuse('currency_mismatch', `The order is in ${order.currency}.`);
    if (amount !== null && amount.amount !== owed) return refuse('validation_failed', `What is owed is ${owed}.`, { errors: [{ pointer: '/amount/amount', code: 'not_owed', detail: `Is not the ${owed} that is owed.` }] });
    const span = method === 'bank_transfer' ? this.config.transferTimeMs : this.config.payTimeMs;
    return ok(desk.begin({ leg, method, amount: owed, savedCardId, expiresAt: new Date(desk.now.getTime() + span) }));
  }

  /** Until the order is known here and owes something, woken by its news; what is there in the end is what counts. */
  private async waitFor({ orderId, leg }: StartAsk, caller: Caller): Promise<OrderAccount | null> {
    // Waited for before it is looked: news that come in between are not missed.
    const news = this.board.listen(orderId, patienceMs);
    const look = (): Promise<OrderAccount | null> => this.reader.order(scopeOfCaller(caller), orderId);
    try {
      for (;;) {
        const order = await look();
        if (!mayStillCome(order, leg)) return order;
        if (!(await news.next())) return await look();
      }
    } finally {
      news.stop();
    }
  }
}

const mayStillCome = (order: OrderAccount | null, leg: PaymentLeg): boolean => order === null || (leg === 'deposit' ? order.state === 'requested' : !order.isContracted && order.state === 'inspection');
