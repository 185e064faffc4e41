import type { VehicleStatus } from '@autobroker/kernel';
import type { Order } from '../../libs/domains/order/src/domain/order';
import type { Told } from '../../libs/domains/payment/src/domain/desk-state';
import type { OrderNews } from '../../libs/domains/payment/src/domain/order-account';
import type { SaleState } from '../../libs/domains/vehicle/src/domain/sale-status';
import type { Money } from './sale-money';
import type { SaleOrder } from './sale-order';

/** An order with its money, and what is on its way between the services: each of it arrives, in any order. */
export interface Sale {
  readonly order: Order;
  readonly isSigned: boolean;
  readonly money: Money | null;
  readonly toMoney: readonly OrderNews[];
  readonly toOrder: readonly Told[];
  readonly toCar: readonly CarNews[];
}

export interface CarNews {
  readonly version: number;
  readonly state: SaleState;
}

export interface World {
  readonly sales: readonly Sale[];
  readonly car: { readonly status: VehicleStatus; readonly sales: readonly (CarNews | null)[] };
}

/** What may happen in a world, so that each can be explored to its end. */
export interface May {
  readonly sales: 1 | 2;
  /** How many things at most are on their way before somebody does the next. */
  readonly onTheWay: number;
  /** How many things at most are being asked of the provider when something else happens. */
  readonly asked: number;
  /** Until the contract only, to the balance, or to the end. */
  readonly upTo: 'contract' | 'balance' | 'end';
  readonly tries: number;
  /** Answers of the provider are late, or come twice. */
  readonly lateAnswers: boolean;
  readonly otherAmounts: boolean;
  readonly refundsFail: boolean;
  readonly disputes: boolean;
  readonly claims: boolean;
  readonly goodwill: boolean;
  readonly giveUp: boolean;
  /** The time to pay may run out: how often a buyer tries is bounded, so that where sales must go on it does not. */
  readonly lapses: boolean;
  /** Whether sales may come to nothing. */
  readonly cancels: boolean;
  /** The database lets no two orders hold one car. */
  readonly oneHold: boolean;
}

export const onlyWhatIsUsual: May = { sales: 1, onTheWay: 1, asked: 1, upTo: 'balance', tries: 1, lateAnswers: false, otherAmounts: false, refundsFail: false, disputes: false, claims: false, goodwill: false, giveUp: false, lapses: true, cancels: true, oneHold: true };

/** What is told of an order goes to both who follow it. */
export function worked(sale: Sale, hand: SaleOrder, may: Pick<May, 'sales'>): Sale {
  const meaning: Readonly<Record<string, SaleState>> = { reserved: 'holds', cancelled: 'over', completed: 'sold' };
  // One buyer alone has nobody to share the car with.
  const toCar = may.sales === 1 ? [] : hand.news.flatMap(({ state, version }): CarNews[] => {
    const means = state === null ? undefined : meaning[state];
    return means === undefined ? [] : [{ version, state: means }];
  });
  return { ...sale, order: hand.order, toMoney: [...sale.toMoney, ...hand.news], toCar: [...sale.toCar, ...toCar] };
}
