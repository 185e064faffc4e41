import { ok, Rational, type Refusal, type Result } from '@autobroker/kernel';
import { exact, percentOf } from './amount';
import { euCountries } from './data/eu';
import { type CostLine, type CostQuestion, lineOf, noRule } from './question';
import { type CostRule, rulesFor } from './rules';

/** A car that is at most six months old, or has run at most 6,000 kilometres, is new wherever it crosses a border. */
const newDays = 183;
const newKm = 6_000;

export function isNewMeansOfTransport({ ageDays, mileageKm }: Pick<CostQuestion, 'ageDays' | 'mileageKm'>): boolean | null {
  if ((ageDays !== null && ageDays <= newDays) || (mileageKm !== null && mileageKm <= newKm)) return true;
  return ageDays === null || mileageKm === null ? null : false;
}

/** Value added tax, by who sells to whom across which border. Prices of private sellers and of the margin scheme show none. */
export function euTaxLines(question: CostQuestion, rules: readonly CostRule[]): Result<CostLine[], Refusal<'no_rule'>> {
  const { destination, origin, day, seller, buyer, buyerVatId, price } = question;
  const rule = rulesFor(rules, 'vat', destination.country, day)[0];
  if (rule === undefined || !euCountries.has(destination.country)) return noRule(`There is no rule for taxes in ${destination.country} on ${day}.`);
  const { percent } = rule.terms;
  const crosses = origin !== null && origin !== destination.country;
  if (origin !== null && !euCountries.has(origin)) return noRule(`There is no rule yet for what is imported from ${origin} into ${destination.country}.`);
  const registration: CostLine = { code: 'registration_fee', label: 'Registration', amount: null, rule: null, because: 'no rule yet' };
  const tax = (amount: number, because: string): Result<CostLine[], Refusal<'no_rule'>> => ok([lineOf(rule, 'vat', 'Value added tax', exact(amount), because), registration]);
  if (crosses && isNewMeansOfTransport(question) === true) return tax(percentOf(price, percent), `a new means of transport: ${percent} % where it arrives, whoever buys`);
  if (seller === 'private') return tax(0, 'a private seller charges none');
  if (seller === 'dealer_margin') return tax(0, 'margin scheme: the tax is in the price and can’t be deducted');
  if (crosses && buyer === 'business') {
    if (!buyerVatId) return noRule('A delivery within the community is without tax only for a buyer with a VAT number.');
    return tax(0, 'delivery within the community: the buyer owes the tax at home');
  }
  return tax(percentOf(price, percent), `${percent} % on the net price`);
}

/** The tax that is inside a margin: it is never shown on an invoice. */
export function marginTax(bought: number, sold: number, percent: string): number {
  const rate = Rational.parse(percent);
  const margin = Math.max(0, sold - bought);
  return percentOf(margin, rate.times(100).dividedBy(rate.plus(100)));
}
