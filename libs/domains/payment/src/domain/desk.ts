import type { PaymentLeg } from '@autobroker/kernel';
import { type AskedPayment, begun } from './begin';
import { type OrderMoney, stepsFor, type Step } from './converge';
import { type AskedRefund, type DeskMeans, type DeskState, type Dispute, type NewOperation, type Oddity, type Payout, payoutsDue, type Told } from './desk-state';
import { type Balances, balancesOf, depositApplied, disputeReinstated, disputeWithdrawn, fee, held, type Journal, type LedgerEntry, orderClosed, type Paid, refunded, refundReturned, released, sale, saleEntries, taken, transferReturned } from './ledger';
import { hearOf, type OrderAccount, type OrderNews, receivedOf } from './order-account';
import { type Payment, stateOf } from './payment';
import { failedOf, newPart, newRequest, type PlannedPart, type RefundPart, type RefundRequest, sourcesOf, stateByParts } from './refunds';
import { type DisputeTruth, mergeTruth, type ProviderTruth, type RefundTruth } from './truth';
import { type Failure, type FailureReason, isWaiting, keyOf, type OperationKind } from './vocabulary';

const disputeRank: Readonly<Record<DisputeTruth['status'], number>> = { opened: 0, evidence_sent: 1, won: 2, lost: 2, withdrawn: 2 };
const refundRank: Readonly<Record<RefundPart['status'], number>> = { pending: 0, submitted: 1, succeeded: 2, failed: 3 };
/** Steps follow from each other a few times at most. */
const mostRounds = 12;

/**
 * An order's money on a desk: everything known lies there, news are taken in one after the other, and what has to be done,
 * written in the ledger and told to others is collected. Whoever put it there writes it all down in one transaction.
 */
export class OrderDesk {
  order: OrderAccount;
  readonly payments: Map<string, Payment>;
  readonly requests: Map<string, RefundRequest>;
  readonly parts: Map<string, RefundPart>;
  readonly disputes: Map<string, Dispute>;
  readonly journals: Journal[] = [];
  readonly told: Told[] = [];
  readonly opened: NewOperation[] = [];
  readonly payouts: Payout[] = [];
  readonly oddities: Oddity[] = [];
  /** The sale as the ledger has it, with what is being written. */
  postedSale: readonly LedgerEntry[];
  /** What the provider was asked about: its next time is to be set anew, whatever it said. */
  readonly lookedAt = new Set<string>();
  /** And about these it is to be asked now. */
  readonly toBeLookedAt = new Set<string>();
  private readonly asked: Map<string, number>;

  constructor(
    private readonly state: DeskState,
    private readonly means: DeskMeans,
  ) {
    this.order = state.order;
    this.payments = byId(state.payments);
    this.requests = byId(state.requests);
    this.parts = byId(state.parts);
    this.disputes = byId(state.disputes);
    this.asked = new Map(state.asked);
    this.postedSale = state.postedSale;
  }

  get now(): Date {
    return this.means.now;
  }

  payment(id: string): Payment {
    const found = this.payments.get(id);
    if (found === undefined) throw new Error(`payment ${id} is not on the desk of order ${this.order.orderId}`);
    return found;
  }

  hear(news: OrderNews): void {
    const { isCancelled } = this.order;
    this.order = hearOf(this.order, news) ?? this.order;
    if (this.order.isCancelled && !isCancelled) this.lookForWhatLies();
  }

  /** The buyer pays so much: by one payment more, which is to be opened. */
  begin(asked: AskedPayment): Payment {
    const payment = begun(this.order, [...this.payments.values()], asked, this.means.newId(), this.now);
    this.add(payment);
    this.ask('open', payment);
    return payment;
  }

  add(payment: Payment): void {
    this.payments.set(payment.id, payment);
  }

  change(id: string, change: Partial<Payment>): void {
    this.payments.set(id, { ...this.payment(id), ...change, updatedAt: this.now });
  }

  /** Something the provider refused, though it should not have: it is not asked again before somebody has looked. */
  odd(kind: Oddity['kind'], payment: Payment, more: { readonly expected?: number | null } = {}): void {
    this.oddities.push({ kind, paymentId: payment.id, providerRef: payment.refs.charge ?? payment.refs.intent ?? payment.refs.session, expected: more.expected ?? null, actual: null, currency: payment.currency });
  }

  /** Asks something of the provider, under a key that nothing else has. */
  ask(kind: OperationKind, payment: Pick<Payment, 'id' | 'leg'>, more: { readonly amount?: number; readonly subjectId?: string } = {}): NewOperation {
    const operation = { id: this.means.newId(), isPending: true, key: keyOf(this.order.orderId, payment.leg, kind, this.nth(payment.leg, kind)), kind, paymentId: payment.id, amount: more.amount ?? null, subjectId: more.subjectId ?? null };
    this.opened.push(operation);
    return operation;
  }

  /** Asks for the end of what is not taken; its first reason is the one that counts. */
  giveUp(payment: Payment, reason: FailureReason, by: 'cancel' | 'void'): void {
    if (payment.givenUpFor === null) this.change(payment.id, { givenUpFor: reason });
    this.ask(by, payment);
  }

  isAsked(paymentId: string, kind: OperationKind): boolean {
    return [...this.state.operations, ...this.opened].some((one) => one.paymentId === paymentId && one.kind === kind && one.isPending);
  }

  /** Takes in what the provider says of a payment. */
  take(paymentId: string, truth: ProviderTruth): void {
    const before = this.payment(paymentId);
    this.lookedAt.add(paymentId);
    const { payment, facts } = mergeTruth(before, truth, this.now);
    this.payments.set(paymentId, payment);
    for (const fact of facts) {
      if (fact.kind === 'authorized') {
        this.journals.push(held(paidBy(payment), fact.amount));
        if (!payment.isMismatched) this.told.push({ kind: 'authorized', payment, amount: fact.amount });
      } else if (fact.kind === 'released') this.journals.push(released(paidBy(payment), fact.amount));
      else if (fact.kind === 'captured') this.captured(before, paymentId, fact);
      else if (fact.kind === 'failed') this.told.push({ kind: 'failed', payment, failure: fact.failure });
      else this.oddities.push({ kind: 'amount_mismatch', paymentId, providerRef: payment.refs.charge ?? payment.refs.intent, expected: payment.amount, actual: fact.amount, currency: fact.currency });
    }
    if (facts.some(({ kind }) => kind === 'failed')) this.lookForWhatLies();
    for (const one of truth.costs) if (one.amount !== 0) this.journals.push(fee({ ...paidBy(this.payment(paymentId)), providerRef: one.of }, one.ref, one.amount));
    for (const one of truth.refunds) this.takeRefund(paymentId, one);
    for (const one of truth.cash?.returns ?? []) this.journals.push(transferReturned(paidBy(this.payment(paymentId)), one.ref, one.amount));
    for (const one of truth.disputes) this.takeDispute(paymentId, one);
  }

  /** The provider will have nothing to do with it: it ends before it began. */
  abandon(paymentId: string, failure: Failure): void {
    const payment = this.payment(paymentId);
    if (payment.isDead || payment.authorized > 0 || payment.captured > 0) return;
    this.change(paymentId, { isDead: true, isUnknown: false, isProcessing: false, action: null, failure });
    this.told.push({ kind: 'failed', payment: this.payment(paymentId), failure });
  }

  /** A refund of so much, shared out as planned; nothing is sent before it is approved. */
  refund({ isApproved, ...asked }: AskedRefund, planned: readonly PlannedPart[], needsSecond: boolean): RefundRequest {
    const request = newRequest(asked, this.order, needsSecond, this.now);
    this.requests.set(request.id, request);
    return isApproved ? this.approve(request.id, planned, { by: asked.requestedBy, note: null }) : request;
  }

  approve(requestId: string, planned: readonly PlannedPart[], decision: { readonly by: string | null; readonly note: string | null }): RefundRequest {
    const request = this.request(requestId);
    const approved: RefundRequest = { ...request, state: 'approved', decidedBy: decision.by, decisionNote: decision.note, decidedAt: this.now };
    this.requests.set(requestId, approved);
    this.sendParts(requestId, planned);
    return approved;
  }

  /** A part that failed goes out again, as a part of its own; the failed one stays what it was. */
  sendAgain(requestId: string, planned: readonly PlannedPart[]): void {
    const request = this.request(requestId);
    const failed = failedOf(requestId, this.parts.values());
    // All of it has been looked at: what does not go out again now goes by itself when it is owed and there.
    const stuck = failed.reduce((sum, { amount }) => sum + amount, 0);
    if (isAutomatic(request)) this.order = { ...this.order, stuckRefunds: Math.max(0, this.order.stuckRefunds - stuck) };
    for (const part of failed) this.parts.set(part.id, { ...part, isReplaced: true });
    this.requests.set(requestId, { ...request, state: 'approved', settledAt: null });
    this.sendParts(requestId, planned);
  }

  refuse(requestId: string, decision: { readonly by: string | null; readonly note: string | null }): RefundRequest {
    const refusedOne: RefundRequest = { ...this.request(requestId), state: 'refused', decidedBy: decision.by, decisionNote: decision.note, decidedAt: this.now };
    this.requests.set(requestId, refusedOne);
    return refusedOne;
  }

  /** The provider does not take a refund. */
  failPart(partId: string): void {
    const part = this.parts.get(partId);
    if (part !== undefined) this.movePart(part, { ref: part.providerRef ?? '', refundId: partId, amount: part.amount, status: 'failed' });
  }

  /** Does what there is to do, until nothing is left. `answered` are those of what was being asked that have an answer now; those of `done` may be asked again. */
  settle(done: ReadonlySet<string> = new Set(), answered: ReadonlySet<string> = done): void {
    for (let round = 0; round < mostRounds; round += 1) {
      const steps = stepsFor(this.money(done, answered));
      if (steps.length === 0) return;
      for (const step of steps) this.do(step);
    }
    throw new Error(`the money of order ${this.order.orderId} does not come to rest`);
  }

  /** What the ledger holds for the order, with what is being written. */
  balances(): Balances {
    const sums = new Map(this.state.balances);
    for (const [account, amount] of balancesOf(this.journals)) sums.set(account, (sums.get(account) ?? 0) + amount);
    return sums;
  }

  /** Some of what was being asked has been answered. */
  private money(done: ReadonlySet<string>, answered: ReadonlySet<string>): OrderMoney {
    const balances = this.balances();
    return {
      order: this.order,
      payments: [...this.payments.values()],
      parts: [...this.parts.values()],
      operations: [...this.state.operations.filter(({ id }) => !done.has(id)).map((one) => ({ ...one, isPending: one.isPending && !answered.has(one.id) })), ...this.opened],
      postedSale: this.postedSale,
      hasOpenBalance: (['buyer_receivable', 'deposit_liability', 'refunds', 'chargebacks'] as const).some((account) => (balances.get(account) ?? 0) !== 0),
    };
  }

  private do(step: Step): void {
    const { order } = this;
    switch (step.do) {
      case 'cancel':
      case 'void':
        this.giveUp(this.payment(step.paymentId), step.reason, step.do);
        return;
      case 'capture':
        this.ask('capture', this.payment(step.paymentId), { amount: step.amount });
        return;
      case 'refund':
        this.refundBySystem(step.origin, step.parts);
        return;
      case 'post_sale':
        this.postSale(order.lines, saleEntries(order.lines, order.tax));
        return;
      case 'reverse_sale':
        this.postSale([], []);
        return;
      case 'apply': {
        const payment = this.payment(step.paymentId);
        const applied = payment.applied + step.amount;
        this.journals.push(depositApplied(paidBy(payment), step.amount, applied));
        this.change(payment.id, { applied });
        return;
      }
      case 'settle':
        this.order = { ...order, settledAt: this.now };
        this.told.push({ kind: 'order_settled', received: step.received, givenBack: order.goodwill });
        this.lookForWhatLies();
        return;
      case 'plan_payouts':
        this.payouts.push(...payoutsDue(order, this.means));
        this.order = { ...order, payoutsPlannedAt: this.now };
        return;
      case 'close':
        this.close(step);
    }
  }

  /** What has been sent and waited for what was owed waits for nothing any more. */
  private lookForWhatLies(): void {
    for (const one of this.payments.values()) if (one.method === 'bank_transfer' && one.refs.customer !== null && !isWaiting(stateOf(one))) this.toBeLookedAt.add(one.id);
  }

  private postSale(lines: OrderAccount['lines'], owed: readonly LedgerEntry[]): void {
    const { order } = this;
    const journal = sale(order.orderId, order.currency, owed, this.postedSale, order.salePostings + 1);
    if (journal !== null) this.journals.push(journal);
    this.postedSale = owed;
    this.order = { ...order, postedLines: lines, salePostings: order.salePostings + 1 };
  }

  private refundBySystem(origin: 'cancellation' | 'surplus', planned: readonly PlannedPart[]): void {
    const amount = planned.reduce((sum, part) => sum + part.amount, 0);
    this.refund({ id: this.means.newId(), amount, reason: origin === 'cancellation' ? 'order_cancelled' : 'paid_too_much', origin, requestedBy: null, isApproved: true }, planned, false);
  }

  private close({ refunded: back, retained }: { readonly refunded: number; readonly retained: number }): void {
    const { order } = this;
    const journal = orderClosed(order.orderId, order.currency, this.balances(), order.closings + 1);
    if (journal !== null) this.journals.push(journal);
    if (order.closedAt === null) this.told.push({ kind: 'refund_settled', refunded: back, retained });
    this.order = { ...order, closedAt: order.closedAt ?? this.now, closings: order.closings + 1 };
  }

  private captured(before: Payment, paymentId: string, { amount, total }: { readonly amount: number; readonly total: number }): void {
    const { order } = this;
    const payment = this.payment(paymentId);
    const others = [...this.payments.values()].filter(({ id }) => id !== paymentId);
    const open = order.isContracted && !order.isCancelled && !payment.isMismatched && payment.leg === 'balance' ? Math.max(0, order.total - order.goodwill - receivedOf(others) - payment.applied) : 0;
    const towards = Math.min(amount, open);
    this.journals.push(taken(paidBy(payment), payment.leg === 'deposit' ? 'deposit_captured' : 'balance_received', { amount, towards, upTo: total }));
    if (before.authorized > 0 && before.captured === 0 && !before.isReleased) this.journals.push(released(paidBy(payment), before.authorized));
    if (towards > 0) this.change(paymentId, { applied: payment.applied + towards });
    if (!payment.isMismatched) this.told.push({ kind: 'captured', payment, amount });
  }

  private sendParts(requestId: string, planned: readonly PlannedPart[]): void {
    for (const { paymentId, amount } of planned) {
      const part = newPart({ id: this.means.newId(), requestId, paymentId, amount });
      this.parts.set(part.id, part);
      this.ask('refund', this.payment(paymentId), { amount, subjectId: part.id });
    }
  }

  private takeRefund(paymentId: string, truth: RefundTruth): void {
    const all = [...this.parts.values()].filter((part) => part.paymentId === paymentId);
    const known = all.find((part) => part.providerRef === truth.ref) ?? all.find((part) => part.id === truth.refundId && part.providerRef === null);
    this.movePart(known ?? this.foreign(paymentId, truth), truth);
  }

  /** The provider has decided a dispute, or somebody has given money back at its own desk: of that nobody here knows. */
  private foreign(paymentId: string, truth: RefundTruth): RefundPart {
    const request: AskedRefund = { id: this.means.newId(), amount: truth.amount, reason: truth.isOfDispute === true ? 'dispute_lost' : 'refunded_at_provider', origin: 'provider', requestedBy: null, isApproved: true };
    this.refund(request, [], false);
    const part: RefundPart = { ...newPart({ id: this.means.newId(), requestId: request.id, paymentId, amount: truth.amount }), providerRef: truth.ref };
    this.parts.set(part.id, part);
    if (truth.isOfDispute !== true) this.oddities.push({ kind: 'foreign_refund', paymentId, providerRef: truth.ref, expected: null, actual: truth.amount, currency: this.order.currency });
    return part;
  }

  private movePart(part: RefundPart, truth: RefundTruth): void {
    const status = truth.status === 'pending' ? 'submitted' : truth.status;
    if (refundRank[status] <= refundRank[part.status]) return;
    const payment = this.payment(part.paymentId);
    const paid = { ...paidBy(payment), providerRef: truth.ref === '' ? part.providerRef : truth.ref };
    const wasOut = part.status === 'submitted' || part.status === 'succeeded';
    let fromHeld = part.fromHeld;
    if (status !== 'failed' && !wasOut) {
      const sources = sourcesOf(payment, part.amount);
      fromHeld = sources.fromHeld;
      this.journals.push(refunded(paid, part.id, sources));
      this.change(payment.id, { refunded: payment.refunded + part.amount, refundedHeld: payment.refundedHeld + fromHeld });
      this.giveUpOf(part, part.amount);
    }
    if (status === 'failed') {
      if (wasOut) {
        this.journals.push(refundReturned(paid, part.id, { fromHeld, fromApplied: part.amount - fromHeld }));
        this.change(payment.id, { refunded: payment.refunded - part.amount, refundedHeld: payment.refundedHeld - fromHeld });
        this.giveUpOf(part, -part.amount);
      }
      this.partFailed(part);
    }
    this.parts.set(part.id, { ...part, status, fromHeld, providerRef: paid.providerRef });
    const request = this.request(part.requestId);
    if (status === 'succeeded') this.told.push({ kind: 'refunded', payment: this.payment(payment.id), refundId: request.id, amount: part.amount, reason: request.reason });
    const state = stateByParts([...this.parts.values()].filter(({ requestId }) => requestId === request.id));
    if (state !== request.state && request.state !== 'refused') this.requests.set(request.id, { ...request, state, settledAt: state === 'approved' ? null : this.now });
  }

  /** What people give back of a sale that goes on is not owed again, from the moment that it has left: before, it is still here. */
  private giveUpOf({ requestId }: RefundPart, amount: number): void {
    if (this.request(requestId).origin === 'manual' && !this.order.isCancelled) this.order = { ...this.order, goodwill: Math.max(0, this.order.goodwill + amount) };
  }

  /** It is not sent again by itself: somebody has to look first. */
  private partFailed(part: RefundPart): void {
    const request = this.request(part.requestId);
    if (isAutomatic(request)) this.order = { ...this.order, stuckRefunds: this.order.stuckRefunds + part.amount };
    this.oddities.push({ kind: 'refund_failed', paymentId: part.paymentId, providerRef: part.providerRef, expected: part.amount, actual: 0, currency: this.order.currency });
  }

  private takeDispute(paymentId: string, truth: DisputeTruth): void {
    const payment = this.payment(paymentId);
    const known = [...this.disputes.values()].find(({ ref, provider }) => ref === truth.ref && provider === payment.provider);
    const { tenantId, orderId } = this.order;
    const before: Dispute = known ?? { id: this.means.newId(), tenantId, orderId, paymentId, provider: payment.provider, ref: truth.ref, version: 0, amount: truth.amount, currency: payment.currency, reason: truth.reason, status: 'opened', dueBy: truth.dueBy, takenBack: 0, givenBack: 0, openedAt: this.now, changedAt: this.now };
    const status = disputeRank[truth.status] > disputeRank[before.status] ? truth.status : before.status;
    const [takenBack, givenBack] = [Math.max(before.takenBack, truth.takenBack), Math.max(before.givenBack, truth.givenBack)];
    const paid = { ...paidBy(payment), providerRef: truth.ref };
    if (takenBack > before.takenBack) this.journals.push(disputeWithdrawn(paid, takenBack - before.takenBack, takenBack));
    if (givenBack > before.givenBack) this.journals.push(disputeReinstated(paid, givenBack - before.givenBack, givenBack));
    const isNews = known === undefined || status !== before.status;
    if (!isNews && takenBack === before.takenBack && givenBack === before.givenBack) return;
    const dispute: Dispute = { ...before, status, takenBack, givenBack, dueBy: truth.dueBy ?? before.dueBy, changedAt: this.now };
    this.disputes.set(dispute.id, dispute);
    const mine = [...this.disputes.values()].filter((one) => one.paymentId === paymentId);
    this.change(paymentId, { chargedBack: mine.reduce((sum, one) => sum + one.takenBack - one.givenBack, 0) });
    if (known === undefined) this.oddities.push({ kind: 'dispute_opened', paymentId, providerRef: truth.ref, expected: null, actual: truth.amount, currency: payment.currency });
    if (isNews) this.told.push({ kind: 'disputed', payment: this.payment(paymentId), dispute });
  }

  private request(id: string): RefundRequest {
    const found = this.requests.get(id);
    if (found === undefined) throw new Error(`refund ${id} is not on the desk of order ${this.order.orderId}`);
    return found;
  }

  private nth(leg: PaymentLeg, kind: OperationKind): number {
    const next = (this.asked.get(`${leg}:${kind}`) ?? 0) + 1;
    this.asked.set(`${leg}:${kind}`, next);
    return next;
  }
}

const byId = <T extends { readonly id: string }>(rows: readonly T[]): Map<string, T> => new Map(rows.map((row) => [row.id, row]));
const isAutomatic = ({ origin }: RefundRequest): boolean => origin === 'cancellation' || origin === 'surplus';
const paidBy = (payment: Payment): Paid => ({ paymentId: payment.id, provider: payment.provider, providerRef: payment.refs.charge ?? payment.refs.intent, currency: payment.currency });
