import type { BuyerKind, Capacity, CurrencyCode, PaymentMethod, SellerKind } from '@autobroker/kernel';
import { usualGuarantee } from './capacity';
import { dueOf } from './deadlines';
import { type CarSnapshot, noProgress, type Order, type PriceLine, type Progress, type QuoteFacts } from './order';
import { depositOf } from './price';
import type { TenantPolicy } from './tenant-policy';

/** What the signed quote says. */
export interface PlacedQuote extends QuoteFacts {
  readonly madeAt: Date;
  readonly vehicleId: string;
  readonly listingId: string | null;
  readonly capacity: Capacity;
  readonly sellerKind: SellerKind;
  readonly buyerKind: BuyerKind;
  readonly jurisdiction: Order['jurisdiction'];
  readonly currency: CurrencyCode;
  readonly lines: readonly PriceLine[];
  readonly total: number;
}

export interface Placing {
  readonly id: string;
  readonly number: string;
  readonly tenantId: string;
  readonly buyerId: string;
  readonly placedBy: string;
  readonly locale: Order['locale'];
  readonly payingBy: PaymentMethod;
  /** Where the offer belongs to another car by now than the quote says. */
  readonly movedTo: string | null;
  readonly car: CarSnapshot | null;
  readonly buyerTaxed: Progress['buyerTaxed'];
  readonly at: Date;
}

/** A new order: nothing is held, nothing is owed. */
export function placed(placing: Placing, quote: PlacedQuote, policy: TenantPolicy): Order {
  const { at, buyerTaxed, movedTo, ...rest } = placing;
  const { madeAt: _madeAt, vehicleId, listingId, capacity, sellerKind, buyerKind, jurisdiction, currency, lines, total, ...from } = quote;
  const order: Order = {
    ...rest,
    version: 1,
    state: 'requested',
    enteredAt: at,
    dueAt: null,
    holdsVehicle: false,
    vehicleId: movedTo ?? vehicleId,
    formerly: movedTo === null ? [] : [vehicleId],
    listingId,
    capacity,
    sellerKind,
    buyerKind,
    jurisdiction,
    quote: from,
    price: { currency, total, deposit: depositOf(total, policy.depositShare), lines },
    priceAgreedAt: at.toISOString(),
    deposit: null,
    settledAt: null,
    resumeState: null,
    progress: { ...noProgress, buyerTaxed, contract: { ...noProgress.contract, guaranteeMonths: usualGuarantee(capacity, sellerKind, buyerKind) } },
    cancellation: null,
    createdAt: at,
    updatedAt: at,
  };
  return { ...order, dueAt: dueOf(order, policy.deadlines) };
}
