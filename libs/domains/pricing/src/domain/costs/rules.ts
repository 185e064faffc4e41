import type { CurrencyCode } from '@autobroker/kernel';

/** How sure we are: read in the law or with the authority, told by several others, or contradicted somewhere. */
export const confidences = ['official', 'reported', 'unverified'] as const;
export type Confidence = (typeof confidences)[number];

/** A step of a table: from this amount on, in minor units, a fixed fee or a share in per cent (a decimal as text). */
export interface FeeStep {
  readonly from: number;
  readonly fee?: number;
  readonly percent?: string;
}

/** A rate for the whole of a price that lies at or above an amount, up to the next step. */
export interface RateStep {
  readonly from: number;
  readonly percent: string;
}

export interface SalesTax {
  readonly kind: 'sales_tax';
  /** Of the state, in per cent; two where it depends on what we are not told. */
  readonly percent: string;
  readonly percentAtMost?: string;
  /** Another rate for cars that nobody has driven yet. */
  readonly newPercent?: string;
  /** Rates of used cars by their whole price, where cheap ones are taxed less or not at all; nor is what is not taxed taxed locally. */
  readonly usedSteps?: readonly RateStep[];
  /** What counties and cities may add; null where they may add nothing. `base` is the part of the price that they tax. */
  readonly local: { readonly atMost: string | null; readonly base: number | null } | null;
  /** Another rate for the whole price above an amount. */
  readonly above?: { readonly amount: number; readonly percent: string };
  /** A further rate on what is above an amount. */
  readonly beyond?: { readonly amount: number; readonly percent: string };
  /** A further rate on the part between two amounts. */
  readonly between?: { readonly from: number; readonly to: number; readonly percent: string };
  /** A tax of its own beside the sales tax; the first part of a used car's price may cost a fee instead. */
  readonly excise?: { readonly percent: string; readonly usedFirst?: { readonly amount: number; readonly fee: number } };
  readonly least?: number;
  readonly most?: number;
  /** Whether what is traded in is taken off before the tax; `unclear` where tables say «partly» and not what part. */
  readonly tradeIn: 'full' | 'none' | 'new_only' | 'unclear';
  readonly tradeInMost?: number;
}
export interface FlatFee<K extends 'title_fee' | 'registration_fee' | 'auction_fixed_fee'> {
  readonly kind: K;
  readonly code: string;
  readonly least: number;
  readonly most: number;
  /** And this share of the price. */
  readonly percent?: string;
  /** Instead, for a car that nobody has driven yet. */
  readonly ofNew?: number | readonly [least: number, most: number];
  /** Instead, for a car that was registered in another country before; null where nobody tells what that costs. */
  readonly ofArrival?: readonly [least: number, most: number] | null;
  /** More comes on top, by weight, value or age, and nobody says how much: then there is no amount to tell. */
  readonly isOpen?: boolean;
}
export interface DocFeeCap {
  readonly kind: 'doc_fee_cap';
  readonly most: number;
  /** Or this share of the price, whichever is less. */
  readonly percent?: string;
}
export interface ValueAddedTax {
  readonly kind: 'vat';
  readonly percent: string;
}
/** What a country takes, beside the value added tax, of a car that comes to its roads; without a share no rule says how much. */
export interface RegistrationTax {
  readonly kind: 'registration_tax';
  readonly name: string;
  /** Of a car that was registered elsewhere before, or of every car with each new owner. What is new at home has it in its price. */
  readonly due: 'on_arrival' | 'always';
  /** Of the price, from the least to the most. */
  readonly percent?: readonly [least: string, most: string];
}
/** What whoever buys of a private person owes where the car stands, in the place of a value added tax. */
export interface TransferTax {
  readonly kind: 'transfer_tax';
  readonly name: string;
  readonly percent: readonly [least: string, most: string];
  /** Up to this price nothing is due, in the rule's currency. */
  readonly freeUpTo?: number;
  /** Whoever buys to sell again owes none. */
  readonly privateBuyersOnly?: boolean;
}
export interface AuctionFees {
  readonly kind: 'auction_buyer_fee' | 'auction_bid_fee';
  readonly variant: string;
  readonly steps: readonly FeeStep[];
}
export interface Transport {
  readonly kind: 'transport';
  readonly method: 'formula' | 'bands';
  /** Miles up to which nothing is due, and by how many cents a mile costs up to where. */
  readonly freeMiles: number;
  readonly base: number;
  readonly bands: readonly { readonly upToMiles: number | null; readonly least: number; readonly most: number }[];
}
/** What a closed trailer, or a car that does not run, costs besides: a share of the way's price, an amount, or both. */
export interface TransportExtra {
  readonly kind: 'transport_extra';
  readonly variant: 'enclosed' | 'inoperable';
  readonly percent?: readonly [least: string, most: string];
  readonly amount?: readonly [least: number, most: number];
}
export interface BrokerFee {
  readonly kind: 'broker_fee';
  readonly percent: string;
  readonly least: number;
  readonly most: number | null;
}

export type RuleTerms = SalesTax | FlatFee<'title_fee'> | FlatFee<'registration_fee'> | FlatFee<'auction_fixed_fee'> | DocFeeCap | ValueAddedTax | RegistrationTax | TransferTax | AuctionFees | Transport | TransportExtra | BrokerFee;
export type RuleKind = RuleTerms['kind'];

/** A rule as a row: valid from a day to before a day, from a source, for a place. */
export interface CostRule {
  readonly key: string;
  /** `US-FL`, `DE`, `COPART`, `US`, `*`. */
  readonly jurisdiction: string;
  readonly terms: RuleTerms;
  readonly currency: CurrencyCode;
  /** Days, YYYY-MM-DD; `validTo` is the first day on which it no longer holds. */
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly source: string;
  readonly confidence: Confidence;
  readonly note: string | null;
}

export const holdsOn = ({ validFrom, validTo }: CostRule, day: string): boolean => validFrom <= day && (validTo === null || day < validTo);

/** The rules of a kind for a place on a day; of several the one that began last. */
export function rulesFor<K extends RuleKind>(rules: readonly CostRule[], kind: K, jurisdiction: string, day: string): (CostRule & { readonly terms: Extract<RuleTerms, { kind: K }> })[] {
  const isKind = (rule: CostRule): rule is CostRule & { readonly terms: Extract<RuleTerms, { kind: K }> } => rule.terms.kind === kind;
  return rules
    .filter((rule) => rule.jurisdiction === jurisdiction && holdsOn(rule, day))
    .filter(isKind)
    .sort((a, b) => (a.validFrom < b.validFrom ? 1 : a.validFrom > b.validFrom ? -1 : 0));
}
