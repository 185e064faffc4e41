import type { DeskState, NewOperation, Told } from './desk-state';
import { OrderDesk } from './desk';
import { balancesOf, isBalanced, type Journal, postedSaleOf } from './ledger';
import { hearOf, type OrderNews, owedOf } from './order-account';
import { newPayment, type Payment } from './payment';
import { planRefund } from './refunds';
import type { DisputeTruth, ProviderTruth, RefundTruth } from './truth';
import { keyOf } from './vocabulary';

export const tenantId = 'tenant';
export const start = Date.parse('2026-11-20T12:00:00Z');
export const price = { currency: 'EUR' as const, total: 10_000, deposit: 1_000, lines: [{ code: 'price', amount: 9_000, payee: 'seller' as const }, { code: 'broker_fee', amount: 800, payee: 'broker' as const }, { code: 'vat', amount: 200, payee: 'authority' as const }] };

/** One payment at a provider that keeps its word: never takes more than it holds, nor gives back more than it took. */
class Remote {
  opened = false;
  authorized = 0;
  captured = 0;
  released = false;
  over = false;
  expired = false;
  refunds: RefundTruth[] = [];
  disputes: DisputeTruth[] = [];
  constructor(
    readonly id: string,
    readonly amount: number,
    readonly manual: boolean,
  ) {}

  get refunded(): number {
    return this.refunds.filter(({ status }) => status !== 'failed').reduce((sum, { amount }) => sum + amount, 0);
  }

  pay(): void {
    if (!this.opened || this.over || this.authorized > 0 || this.captured > 0) return;
    this.authorized = this.manual ? this.amount : 0;
    this.captured = this.manual ? 0 : this.amount;
  }

  do(operation: NewOperation): 'done' | 'refused' {
    const isHeld = this.authorized > 0 && !this.released && this.captured === 0;
    switch (operation.kind) {
      case 'open':
        this.opened = true;
        return 'done';
      case 'cancel':
        if (this.authorized > 0 || this.captured > 0) return 'refused';
        this.over = true;
        return 'done';
      case 'void':
        if (!isHeld) return 'refused';
        this.released = true;
        return 'done';
      case 'capture':
        if (!isHeld) return 'refused';
        this.captured = Math.min(this.authorized, operation.amount ?? this.authorized);
        return 'done';
      case 'refund': {
        const amount = operation.amount ?? 0;
        if (this.refunds.some(({ refundId }) => refundId === operation.subjectId)) return 'done';
        if (amount > this.captured - this.refunded || this.disputes.length > 0) return 'refused';
        this.refunds.push({ ref: `re_${operation.subjectId}`, refundId: operation.subjectId, amount, status: 'succeeded' });
        return 'done';
      }
      default:
        return 'done';
    }
  }

  truth(asOf: number): ProviderTruth {
    const phase = this.over ? 'over' : this.captured > 0 ? 'taken' : this.authorized > 0 ? (this.released ? 'over' : 'held') : 'waiting';
    return {
      asOf,
      refs: { session: `cs_${this.id}`, ...(this.authorized + this.captured > 0 ? { intent: `pi_${this.id}`, charge: `ch_${this.id}` } : {}) },
      phase,
      asked: { amount: this.amount, currency: 'eur' },
      authorized: this.authorized,
      captured: this.captured,
      isReleased: this.released,
      hasExpired: this.expired,
      captureBefore: null,
      failure: null,
      action: phase === 'waiting' ? { type: 'redirect', url: 'https://pay', transfer: null } : null,
      refunds: [...this.refunds],
      disputes: [...this.disputes],
      costs: this.captured > 0 ? [{ ref: `txn_${this.id}`, of: `ch_${this.id}`, amount: 30 }] : [],
    };
  }
}

/** An order, its payments and a provider, with everything between them that can go wrong. What is written is kept as a database would. */
export class World {
  time = start;
  state: DeskState | null = null;
  readonly journals = new Map<string, Journal>();
  readonly told: Told[] = [];
  readonly remotes = new Map<string, Remote>();
  readonly pending: NewOperation[] = [];
  /** Answers of the provider that are on their way, or were lost and may still come. */
  readonly inFlight: { readonly paymentId: string; readonly truth: ProviderTruth }[] = [];
  private ids = 0;

  newId = (): string => `id${String((this.ids += 1)).padStart(5, '0')}`;

  hear(news: Omit<OrderNews, 'orderId' | 'tenantId' | 'at'>): void {
    const whole: OrderNews = { orderId: 'order', tenantId, at: new Date(this.time), who: { buyerId: 'buyer', number: 'AB-1' }, price, ...news };
    if (this.state === null) {
      const order = hearOf(null, whole);
      if (order === null) return;
      this.state = { order, payments: [], requests: [], parts: [], disputes: [], operations: [], asked: new Map(), balances: new Map(), postedSale: [] };
    }
    this.on((desk) => desk.hear(whole));
  }

  /** One transaction. */
  on(work: (desk: OrderDesk) => void, done: ReadonlySet<string> = new Set()): void {
    const { state } = this;
    if (state === null) return;
    this.time += 1;
    const desk = new OrderDesk(state, { now: new Date(this.time), newId: this.newId });
    work(desk);
    desk.settle(done);
    for (const journal of desk.journals) {
      if (!isBalanced(journal)) throw new Error(`journal ${journal.key} is not balanced`);
      if (!this.journals.has(journal.key)) this.journals.set(journal.key, journal);
    }
    this.told.push(...desk.told);
    this.pending.push(...desk.opened);
    const asked = new Map(state.asked);
    for (const { key } of desk.opened) {
      const [, leg = '', kind = ''] = key.split(':');
      asked.set(`${leg}:${kind}`, (asked.get(`${leg}:${kind}`) ?? 0) + 1);
    }
    this.state = { ...state, order: desk.order, payments: [...desk.payments.values()], requests: [...desk.requests.values()], parts: [...desk.parts.values()], disputes: [...desk.disputes.values()], operations: [...state.operations.filter(({ id }) => !done.has(id)), ...desk.opened], asked, balances: balancesOf([...this.journals.values()]), postedSale: postedSaleOf([...this.journals.values()]) };
  }

  /** The buyer begins to pay. Two at once are possible only where the first was begun before; the route refuses it else. */
  begin(leg: 'deposit' | 'balance', amount?: number): void {
    const { state } = this;
    if (state === null) return;
    const owed = owedOf(state.order, state.payments, leg);
    if (owed === 0) return;
    const id = this.newId();
    const attempt = state.payments.filter((one) => one.leg === leg).length + 1;
    const payment: Payment = newPayment({ id, tenantId, orderId: 'order', buyerId: 'buyer', leg, method: 'card', attempt, key: keyOf('order', leg, 'pay', attempt), amount: owed, currency: 'EUR', at: new Date(this.time), expiresAt: new Date(this.time + 3_600_000) });
    this.remotes.set(id, new Remote(id, amount ?? owed, leg === 'deposit'));
    this.on((desk) => {
      desk.add(payment);
      desk.ask('open', payment);
    });
  }

  /** The provider does what it was asked; the answer is written down, or lost with the process that waited for it. */
  run(index: number, isLost: boolean): void {
    const operation = this.pending[index];
    if (operation === undefined) return;
    const remote = this.remote(operation.paymentId);
    const outcome = remote.do(operation);
    if (isLost) return;
    this.pending.splice(index, 1);
    const truth = remote.truth(this.time);
    this.on((desk) => {
      desk.take(operation.paymentId, truth);
      if (operation.kind === 'refund' && outcome === 'refused' && operation.subjectId !== null) desk.failPart(operation.subjectId);
    }, new Set([operation.id]));
  }

  remote(id: string): Remote {
    const found = this.remotes.get(id);
    if (found === undefined) throw new Error(`no payment ${id} at the provider`);
    return found;
  }

  look(paymentId: string): void {
    this.inFlight.push({ paymentId, truth: this.remote(paymentId).truth((this.time += 1)) });
  }

  arrive(index: number, isKept: boolean): void {
    const one = this.inFlight[index];
    if (one === undefined) return;
    if (!isKept) this.inFlight.splice(index, 1);
    this.on((desk) => desk.take(one.paymentId, one.truth));
  }

  askRefund(amount: number): void {
    const { state } = this;
    if (state === null) return;
    const plan = planRefund(state.payments, state.parts, amount);
    if (!plan.ok) return;
    this.on((desk) => desk.refund({ id: this.newId(), amount, reason: 'goodwill', origin: 'manual', requestedBy: 'agent', isApproved: true }, plan.value, false));
  }

  /** Everything that was begun comes to its end, and every answer arrives. */
  drain(): void {
    for (let turn = 0; turn < 200 && (this.pending.length > 0 || this.inFlight.length > 0); turn += 1) {
      if (this.inFlight.length > 0) this.arrive(0, false);
      else this.run(0, false);
    }
    for (const id of this.remotes.keys()) {
      this.look(id);
      this.arrive(this.inFlight.length - 1, false);
    }
    if (this.pending.length > 0) this.drain();
  }
}
