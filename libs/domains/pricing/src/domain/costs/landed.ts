import { ok, refuse, type CurrencyCode, type Refusal, type Result } from '@autobroker/kernel';
import { type Span, exact, plus } from './amount';
import { auctionLines } from './auction';
import type { CostRule } from './rules';
import { brokerLine, transportLines } from './services';
import { euTaxLines } from './vat';
import { usLines } from './us';

export type BuyerKind = 'private' | 'business';
export type SellerKind = 'private' | 'dealer_margin' | 'dealer_vat' | 'auction';

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
  /** Days since it was first registered, and its kilometres: for what a «new means of transport» is. */
  readonly ageDays: number | null;
  readonly mileageKm: number | null;
  readonly tradeIn: number;
  /** Per cent, of county and city together; null when nobody told. */
  readonly localRate: string | null;
  readonly auction: { readonly house: 'COPART' | 'IAAI'; readonly tier: 'standard' | 'high_volume'; readonly bid: 'live' | 'proxy' } | null;
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
  readonly rule: Pick<CostRule, 'key' | 'source' | 'confidence' | 'validFrom' | 'note'> | null;
  readonly because: string;
}

export interface LandedCost {
  readonly lines: readonly CostLine[];
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
  rule: { key: rule.key, source: rule.source, confidence: rule.confidence, validFrom: rule.validFrom, note: rule.note },
  because,
});

/** All that a car costs until it stands where its buyer wants it. What no rule speaks of is refused or named, never guessed. */
export function landedCost(question: CostQuestion, rules: readonly CostRule[]): Result<LandedCost, Refusal<'no_rule' | 'validation_failed'>> {
  const price: CostLine = { code: 'price', label: 'Price', amount: exact(question.price), rule: null, because: 'as asked or bid' };
  const lines: CostLine[] = [price];
  const auction = auctionLines(question, rules);
  if (!auction.ok) return auction;
  lines.push(...auction.value);
  const broker = brokerLine(question, rules);
  if (broker !== null) lines.push(broker);
  lines.push(...transportLines(question, rules));
  const taxes = question.destination.country === 'US' ? usLines(question, rules) : euTaxLines(question, rules);
  if (!taxes.ok) return taxes;
  lines.push(...taxes.value);
  const known = lines.flatMap(({ amount }) => (amount === null ? [] : [amount]));
  const total = known.reduce(plus, exact(0));
  const unknown = lines.filter(({ amount }) => amount === null).map(({ code }) => code);
  return ok({ lines, currency: question.currency, total, isExact: unknown.length === 0 && total.least === total.most, unknown });
}

export const noRule = (what: string): Result<never, Refusal<'no_rule'>> => refuse('no_rule', what);
