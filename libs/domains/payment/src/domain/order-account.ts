import type { CurrencyCode, OrderState, Payee } from '@autobroker/kernel';
import type { TaxedSale } from './ledger';
import { heldOf, netOf, type Payment } from './payment';

export interface PriceLine {
  readonly code: string;
  readonly amount: number;
  readonly payee: Payee;
}

export type CarReturnState = 'none' | 'awaited' | 'settled';

/** An order as far as its money goes: what was heard of it, and what has been done about it. */
export interface OrderAccount {
  readonly orderId: string;
  readonly tenantId: string;
  readonly buyerId: string;
  readonly number: string;
  /** Of the last event that was heard. */
  readonly version: number;
  readonly state: OrderState;
  /** Where it stood before a dispute. */
  readonly resumeState: OrderState | null;
  readonly currency: CurrencyCode;
  readonly total: number;
  readonly deposit: number;
  readonly lines: readonly PriceLine[];
  /** As the order last had it, from its contract on; null while that has not been heard. */
  readonly tax: TaxedSale | null;
  /** These three stay so once they are. */
  readonly isInspectionBegun: boolean;
  readonly isContracted: boolean;
  readonly isCancelled: boolean;
  readonly retain: number;
  /** Whether the car has to come back and be looked at before anything goes back. */
  readonly carReturn: CarReturnState;
  /** By then the buyer has everything back that is not kept. */
  readonly refundDueAt: Date | null;
  readonly completedAt: Date | null;
  /** Given back to the buyer of a sale that goes on: not owed again. */
  readonly goodwill: number;
  /** The price that the ledger has the sale at; empty before, and after it was reversed. */
  readonly postedLines: readonly PriceLine[];
  readonly salePostings: number;
  /** Refunds that failed at the buyer's bank: somebody has to look before they are sent again. */
  readonly stuckRefunds: number;
  readonly payoutsPlannedAt: Date | null;
  readonly settledAt: Date | null;
  readonly closedAt: Date | null;
  readonly closings: number;
}

export interface OrderNews {
  readonly orderId: string;
  readonly tenantId: string;
  readonly version: number;
  readonly state: OrderState | null;
  readonly at: Date;
  readonly who?: { readonly buyerId: string; readonly number: string };
  readonly price?: { readonly currency: CurrencyCode; readonly total: number; readonly deposit: number; readonly lines: readonly PriceLine[] };
  readonly tax?: TaxedSale;
  readonly cancelled?: { readonly retain: number; readonly refundDueAt: Date; readonly awaitsReturn: boolean };
  /** The car is back: so much is kept. */
  readonly returned?: { readonly retain: number };
  readonly resumeState?: OrderState;
}

const inspected: readonly OrderState[] = ['inspection', 'contracted', 'balance_paid', 'titling', 'in_transit', 'delivered', 'completed'];
const sold: readonly OrderState[] = ['contracted', 'balance_paid', 'titling', 'in_transit', 'delivered', 'completed'];

/** Takes news of an order in, in whichever order they come: the highest version says where it stands; what cannot be undone stays. */
export function hearOf(known: OrderAccount | null, news: OrderNews): OrderAccount | null {
  const base = known ?? begun(news);
  if (base === null) return null;
  const isNewer = known === null || news.version > known.version;
  const seen = [news.state, news.resumeState ?? null];
  const has = (states: readonly OrderState[]): boolean => seen.some((state) => state !== null && states.includes(state));
  return {
    ...base,
    version: Math.max(base.version, news.version),
    state: isNewer && news.state !== null ? news.state : base.state,
    resumeState: isNewer ? (news.resumeState ?? (news.state === null ? base.resumeState : null)) : base.resumeState,
    ...(isNewer && news.price !== undefined ? news.price : {}),
    tax: isNewer || base.tax === null ? (news.tax ?? base.tax) : base.tax,
    isInspectionBegun: base.isInspectionBegun || has(inspected),
    isContracted: base.isContracted || has(sold),
    isCancelled: base.isCancelled || news.state === 'cancelled',
    ...keptAfter(base, news),
    refundDueAt: news.cancelled?.refundDueAt ?? base.refundDueAt,
    completedAt: base.completedAt ?? (news.state === 'completed' ? news.at : null),
  };
}

/** What was settled when the car was back stands, whenever the cancellation is heard. */
function keptAfter({ retain, carReturn }: OrderAccount, { cancelled, returned }: OrderNews): Pick<OrderAccount, 'retain' | 'carReturn'> {
  if (returned !== undefined) return { retain: returned.retain, carReturn: 'settled' };
  if (cancelled === undefined || carReturn === 'settled') return { retain, carReturn };
  return { retain: cancelled.retain, carReturn: cancelled.awaitsReturn ? 'awaited' : 'none' };
}

/** News that do not say whose order it is and what it costs can't begin one. */
function begun({ orderId, tenantId, version, state, who, price }: OrderNews): OrderAccount | null {
  if (who === undefined || price === undefined || state === null) return null;
  return {
    orderId,
    tenantId,
    ...who,
    ...price,
    version,
    state,
    resumeState: null,
    tax: null,
    isInspectionBegun: false,
    isContracted: false,
    isCancelled: false,
    retain: 0,
    carReturn: 'none',
    refundDueAt: null,
    completedAt: null,
    goodwill: 0,
    postedLines: [],
    salePostings: 0,
    stuckRefunds: 0,
    payoutsPlannedAt: null,
    settledAt: null,
    closedAt: null,
    closings: 0,
  };
}

const isOn = (order: OrderAccount, state: OrderState): boolean => order.state === state || (order.state === 'disputed' && order.resumeState === state);

/** What the buyer still owes of a leg now, what is held counted as paid; zero where the leg is not open. */
export function owedOf(order: OrderAccount, payments: readonly Payment[], leg: 'deposit' | 'balance'): number {
  if (order.isCancelled) return 0;
  const standing = payments.filter(({ isMismatched }) => !isMismatched).reduce((sum, payment) => sum + heldOf(payment) + Math.max(0, netOf(payment)), 0);
  if (leg === 'deposit') return order.isContracted || !isOn(order, 'reserved') ? 0 : Math.max(0, order.deposit - standing);
  return order.isContracted ? Math.max(0, order.total - order.goodwill - standing) : 0;
}

/** All that has come and not gone back. */
export const receivedOf = (payments: readonly Payment[]): number => payments.reduce((sum, payment) => sum + netOf(payment), 0);
