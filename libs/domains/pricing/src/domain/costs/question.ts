import { refuse, type BuyerKind, type CurrencyCode, type Refusal, type Result, type SellerKind } from '@autobroker/kernel';
import type { Span } from './amount';
import type { CostRule } from './rules';

export interface Destination {
  readonly country: string;
  /** `FL`; needed where taxes are the state's. */
  readonly region: string | null;
}

/** What is bought, by whom, from whom, and where it goes. Amounts are minor units of the currency. */
export interface CostQuestion {
  readonly price: number;
  readonly currency: CurrencyCode;
  readonly day: string;
  readonly origin: string | null;
  readonly destination: Destination;
  readonly buyer: BuyerKind;
  readonly buyerVatId: boolean;
  readonly seller: SellerKind;
  readonly isNew: boolean;
  /** The day of its first registration, and its kilometres: for what a «new means of transport» is. */
  readonly firstRegistration: string | null;
  readonly mileageKm: number | null;
  readonly tradeIn: number;
  /** What a dealer under the margin scheme has paid for it: only the dealer asks so. */
  readonly boughtFor: number | null;
  /** Per cent, of county and city together; null when nobody told. */
  readonly localRate: string | null;
  readonly auction: { readonly house: 'COPART' | 'IAAI'; readonly tier: 'standard' | 'high_volume'; readonly bid: 'live' | 'proxy'; readonly title: 'clean' | 'non_clean' | null } | null;
  readonly miles: number | null;
  readonly transportMethod: 'formula' | 'bands';
  readonly enclosed: boolean;
  readonly inoperable: boolean;
  readonly brokerFee: boolean;
}

export interface CostLine {
  readonly code: string;
  readonly label: string;
  /** Null: there is such a cost, and no rule says how much it is. */
  readonly amount: Span | null;
  readonly rule: CostRule | null;
  readonly because: string;
}

export interface LandedCost {
  readonly lines: readonly CostLine[];
  /** What is inside the price already and on no invoice: the tax on a dealer's margin. Not in the total. */
  readonly inside: readonly CostLine[];
  readonly currency: CurrencyCode;
  /** Of the lines that are known. */
  readonly total: Span;
  readonly isExact: boolean;
  readonly unknown: readonly string[];
}

export const lineOf = (rule: CostRule, code: string, label: string, amount: Span | null, because: string): CostLine => ({
  code,
  label,
  amount,
  rule,
  because,
});

export const noRule = (what: string): Result<never, Refusal<'no_rule'>> => refuse('no_rule', what);
