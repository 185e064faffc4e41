import { euCountries, ok, sellsAsOwn, type Capacity, type CurrencyCode, type Payee, type Refusal, type Result } from '@autobroker/kernel';
import { exact, percentOf, type Span } from '../costs/amount';
import { landedCost } from '../costs/landed';
import { type CostLine, type CostQuestion, lineOf, noRule } from '../costs/question';
import { type CostRule, rulesFor } from '../costs/rules';
import { brokerLine } from '../costs/services';

export interface QuoteLine {
  readonly code: string;
  readonly label: string;
  readonly amount: number;
  readonly payee: Payee;
  readonly because: string;
  readonly rule: CostRule | null;
}

/** What may be due besides: from, to, or nobody knows. It is settled at cost and not in the total. */
export interface OpenLine {
  readonly code: string;
  readonly label: string;
  readonly amount: Span | null;
  readonly because: string;
  readonly rule: CostRule | null;
}

export interface AgreedFee {
  readonly code: string;
  readonly label: string;
  readonly amount: number;
}

export interface QuoteDraft {
  readonly currency: CurrencyCode;
  readonly lines: readonly QuoteLine[];
  readonly open: readonly OpenLine[];
  readonly total: number;
}

export interface QuoteOrder {
  readonly capacity: Capacity;
  readonly question: CostQuestion;
  /** Without, the buyer comes for the car. */
  readonly isDelivered: boolean;
  readonly fees: readonly AgreedFee[];
}

/**
 * What a buyer pays, and to whom. Only what is exact binds; what is a range or unknown is named beside it. Everything follows
 * the same rules as a landed cost.
 */
export function draftQuote({ capacity, question, isDelivered, fees }: QuoteOrder, rules: readonly CostRule[]): Result<QuoteDraft, Refusal<'no_rule' | 'validation_failed'>> {
  const fee = brokerLine({ ...question, brokerFee: capacity !== 'seller_agent' }, rules);
  if (fee !== null && fee.amount === null) return noRule(`There is no schedule of fees in ${question.currency}.`);
  const asked = asSoldBy(capacity, question, fee?.amount?.most ?? 0);
  const landed = landedCost(asked, rules);
  if (!landed.ok) return landed;
  const own = sellsAsOwn(capacity);
  // Who sells as its own has its papers in the price.
  const lines = landed.value.lines.filter(({ code }) => (isDelivered || !code.startsWith('transport')) && !(own && code === 'doc_fee'));
  const tax = capacity === 'buyer_agent' ? feeTaxLine(asked, lines, rules) : null;
  if (tax !== null) lines.push(tax);
  const binding: QuoteLine[] = [];
  const open: OpenLine[] = [];
  for (const line of lines) {
    const { code, label, amount, because, rule } = line;
    if (amount !== null && amount.least === amount.most) binding.push({ code, label, amount: amount.least, payee: payeeOf(line, own), because, rule });
    else open.push({ code, label, amount, because, rule });
  }
  for (const { code, label, amount } of fees) binding.push({ code, label, amount, payee: 'broker', because: 'as agreed with the broker', rule: null });
  return ok({ currency: question.currency, lines: binding, open, total: binding.reduce((sum, { amount }) => sum + amount, 0) });
}

/** The question as the buyer's invoice will have it. The seller pays an agent of its own: then the buyer has no fee. */
function asSoldBy(capacity: Capacity, question: CostQuestion, fee: number): CostQuestion {
  if (capacity === 'buyer_agent') return { ...question, brokerFee: true };
  if (capacity === 'seller_agent') return { ...question, brokerFee: false };
  // What was bought without tax shown is sold under the margin scheme.
  const seller = question.seller === 'dealer_vat' ? 'dealer_vat' : 'dealer_margin';
  return { ...question, brokerFee: false, price: question.price + fee, seller };
}

/**
 * Tax on an agent's fee within the union: of a private buyer where the car is sold, of a business at home, where it owes the
 * tax itself.
 */
function feeTaxLine({ origin, destination, buyer, buyerVatId, day }: CostQuestion, lines: readonly CostLine[], rules: readonly CostRule[]): CostLine | null {
  const fee = lines.find(({ code }) => code === 'broker_fee');
  const place = origin ?? destination.country;
  if (fee === undefined || !euCountries.has(place) || !euCountries.has(destination.country)) return null;
  const [code, label] = ['broker_fee_vat', 'Value added tax on the broker’s fee'];
  if (origin === null) return { code, label, amount: null, rule: null, because: 'where the car is sold was not told' };
  const rule = rulesFor(rules, 'vat', place, day)[0];
  if (rule === undefined) return { code, label, amount: null, rule: null, because: `there is no rule for ${place}` };
  if (buyer === 'business' && buyerVatId && place !== destination.country) return lineOf(rule, code, label, exact(0), 'the buyer owes the tax at home');
  const { amount } = fee;
  const share = amount === null ? null : { least: percentOf(amount.least, rule.terms.percent), most: percentOf(amount.most, rule.terms.percent) };
  return lineOf(rule, code, label, share, `${rule.terms.percent} % of the fee`);
}

function payeeOf({ code, rule }: CostLine, own: boolean): Payee {
  if (code === 'price' || code === 'doc_fee') return own ? 'broker' : 'seller';
  if (code === 'broker_fee') return 'broker';
  if (code.startsWith('transport')) return 'carrier';
  return rule?.terms.kind === 'auction_buyer_fee' || rule?.terms.kind === 'auction_bid_fee' || rule?.terms.kind === 'auction_fixed_fee' ? 'auction' : 'authority';
}
