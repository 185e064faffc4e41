import { ok, type OrderState, type Result, type VehicleStatus } from '@autobroker/kernel';
import { anOrder } from '../../libs/domains/order/src/domain/an-order';
import { factsOf, type Sight } from '../../libs/domains/order/src/domain/facts';
import type { SaleInHand } from '../../libs/domains/order/src/domain/hear-money';
import type { Mover, OrderTrigger } from '../../libs/domains/order/src/domain/life';
import { type Cancellation, changed, type Order, type Progress } from '../../libs/domains/order/src/domain/order';
import { decide, type Ending, enter, follow, refreshed, type StepRefusal } from '../../libs/domains/order/src/domain/step';
import { usualDeadlines } from '../../libs/domains/order/src/domain/tenant-policy';
import type { OrderNews } from '../../libs/domains/payment/src/domain/order-account';

export const start = new Date('2026-11-20T12:00:00.000Z');
export const holdEnds = new Date('2026-11-27T12:00:00.000Z');
/** When every time to withdraw, to pay or to wait is over. */
const later = new Date('2028-11-20T12:00:00.000Z');

export const total = 3;
export const deposit = 1;
const lines = [{ code: 'price', amount: 2, payee: 'seller' as const }, { code: 'broker_fee', amount: 1, payee: 'broker' as const }];

export const placedOrder = (id: string): Order => {
  const order = anOrder({});
  return { ...order, id, listingId: null, quote: { ...order.quote, askedPrice: 2 }, price: { currency: 'EUR', total, deposit, lines: lines.map((line) => ({ ...line, rule: null })) } };
};

export interface Around {
  readonly isSigned: boolean;
  readonly car: VehicleStatus;
  readonly isLater?: boolean;
}

/** Papers are there when they are needed, and the offer stands: what money and the car do is what is explored. */
const sightOf = ({ isSigned, car, isLater = false }: Around): Sight => ({
  now: isLater ? later : start,
  policy: usualDeadlines,
  broker: null,
  buyer: null,
  papers: [
    { kind: 'mandate', version: 1, issuedAt: start, complete: true, signedAt: start, timeZone: null },
    ...(isSigned ? [{ kind: 'purchase_contract', version: 1, issuedAt: start, complete: true, signedAt: start, timeZone: null }] : []),
  ],
  vehicle: { status: car, price: null, isOwn: true, car: null },
  offer: null,
});

/** An order in one transaction: what is told of it is collected. */
export class SaleOrder implements SaleInHand {
  readonly news: OrderNews[] = [];
  private readonly sight: Sight;

  constructor(
    public order: Order,
    around: Around,
  ) {
    this.sight = sightOf(around);
  }

  get now(): Date {
    return this.sight.now;
  }

  move(trigger: OrderTrigger, who: Mover | readonly Mover[], { ending }: { readonly ending?: Ending } = {}): Result<Order, StepRefusal> {
    const step = decide(this.order, trigger, who, factsOf(this.order, this.sight));
    if (!step.ok) return step;
    this.put(enter(this.order, step.value, this.sight, ending));
    this.followUp();
    return ok(this.order);
  }

  note(_what: string, after: Order): void {
    this.put(refreshed(after, this.sight));
  }

  progress(more: Partial<Progress>): void {
    this.note('noted', { ...this.order, version: this.order.version + 1, progress: { ...this.order.progress, ...more } });
  }

  /** The car that was withdrawn from is back, and it is said what is kept. */
  returned(cancellation: Cancellation, retain: number): void {
    const { id: orderId, tenantId, version } = (this.order = changed(this.order, this.now, { cancellation: { ...cancellation, retain, awaitsReturn: false } }));
    this.news.push({ orderId, tenantId, version, state: null, at: start, returned: { retain } });
  }

  followUp(): void {
    for (const { after } of follow(this.order, this.sight)) this.put(after);
  }

  private put(after: Order): void {
    const before = this.order;
    this.order = after;
    if (before.state !== after.state) this.news.push(newsOf(before, after));
  }
}

export function newsOf(before: Order | null, { id, tenantId, buyerId, number, version, state, price, cancellation, resumeState }: Order): OrderNews {
  const base = { orderId: id, tenantId, version, state, at: start };
  if (before?.state === 'disputed' && state !== 'cancelled' && state !== 'completed') return base;
  return {
    ...base,
    who: { buyerId, number },
    price: { currency: price.currency, total: price.total, deposit: price.deposit, lines: price.lines },
    ...(cancellation === null ? {} : { cancelled: { retain: cancellation.retain, refundDueAt: new Date(cancellation.refundDueAt), awaitsReturn: cancellation.awaitsReturn } }),
    ...(resumeState === null ? {} : { resumeState }),
  };
}

export const isOneOf = (state: OrderState, states: readonly OrderState[]): boolean => states.includes(state);
