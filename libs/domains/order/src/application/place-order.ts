import { Inject, Injectable } from '@nestjs/common';
import { ok, refuse, uuidv7, type PaymentMethod, type Refusal, type Result } from '@autobroker/kernel';
import { type Database, databaseOf, scopeOf, type Tx } from '@autobroker/platform/database';
import type { QuoteRefusal } from '@autobroker/platform/quotes';
import { deadlinesOf } from '../domain/deadlines';
import type { Order } from '../domain/order';
import { placed } from '../domain/place';
import { byOf, type Caller } from './caller';
import { OfferChecks } from './offer-checks';
import { changeOf, tell } from './open-order';
import { buyerTaxedBy, type Party } from './party';
import { type KnownVehicle, OrderStore, Parties, Policies, Surroundings } from './ports';
import { Quotes } from './quotes';

export interface PlaceRequest {
  readonly quote: string;
  readonly locale: Order['locale'];
  readonly payingBy: PaymentMethod;
  /** Whose order it is, where somebody else places it for them. */
  readonly buyerId: string;
  readonly buyer: Party | null;
}

export type PlaceRefusal = QuoteRefusal | Refusal<'quote_used' | 'vehicle_unavailable'>;

/** What placing looks at and writes to: five things that belong together. */
@Injectable()
export class PlacingTools {
  constructor(
    readonly quotes: Quotes,
    readonly around: Surroundings,
    readonly policies: Policies,
    readonly checks: OfferChecks,
    readonly parties: Parties,
  ) {}
}

/** A buyer takes a quote. Its signature is trusted; nobody else is asked. */
@Injectable()
export class PlaceOrder {
  constructor(
    @Inject(databaseOf('orders')) private readonly db: Database,
    private readonly store: OrderStore,
    private readonly tools: PlacingTools,
  ) {}

  async run(request: PlaceRequest, caller: Caller): Promise<Result<Order, PlaceRefusal>> {
    const { quotes, around, policies } = this.tools;
    const quote = await quotes.read(request.quote, { tenantId: caller.tenantId, buyerId: request.buyerId });
    if (!quote.ok) return quote;
    const now = this.db.clock.now();
    const { vehicleId, listingId, madeAt } = quote.value;
    const [told, movedTo, { policy }, number] = await Promise.all([
      around.vehicle(this.db, vehicleId),
      listingId === null ? null : around.movedSince(this.db, listingId, madeAt),
      policies.of(this.db, caller.tenantId),
      this.store.nextNumber(now),
    ]);
    const isElsewhere = movedTo !== null && movedTo !== vehicleId;
    const vehicle = isElsewhere ? await around.vehicle(this.db, movedTo) : told;
    if (vehicle !== null && isGone(vehicle, caller.tenantId)) return refuse('vehicle_unavailable', 'The car is not for sale any more');
    const { tenantId, id: placedBy } = caller;
    const placing = { id: uuidv7(now), number, tenantId, buyerId: request.buyerId, placedBy, locale: request.locale, payingBy: request.payingBy, movedTo: isElsewhere ? movedTo : null, car: vehicle?.car ?? null, buyerTaxed: request.buyer === null ? null : buyerTaxedBy(request.buyer), at: now };
    const order = placed(placing, quote.value, policy);
    const isPlaced = await this.db.transaction((tx) => this.write(tx, order, caller, vehicle, deadlinesOf(order, policy.deadlines), request));
    return isPlaced ? ok(order) : refuse('quote_used', 'An order was placed with this quote');
  }

  private async write(tx: Tx, order: Order, by: Caller, vehicle: KnownVehicle | null, deadlines: ReturnType<typeof deadlinesOf>, { buyer, quote }: PlaceRequest): Promise<boolean> {
    const change = changeOf({ what: 'place', before: null, after: order, reason: null, by: byOf(by) });
    if (!(await this.store.insert(scopeOf(by), tx, { order, entries: [change.entry], deadlines }, quote))) return false;
    if (buyer !== null) await this.tools.parties.save(tx, order, 'buyer', order.buyerId, buyer, order.createdAt);
    await tell(tx, [change]);
    await this.tools.checks.ask(tx, order, vehicle, order.createdAt);
    return true;
  }
}

/** A car that somebody holds may be free again tomorrow: only what is sold, withdrawn or another's stock is out of the question. */
const isGone = ({ status, ownerTenantId }: KnownVehicle, tenantId: string): boolean =>
  status === 'sold' || status === 'withdrawn' || status === 'deleted' || (ownerTenantId !== null && ownerTenantId !== tenantId);
