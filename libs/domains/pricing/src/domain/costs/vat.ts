import { ok, Rational, type Refusal, type Result } from '@autobroker/kernel';
import { exact, percentOf, type Span } from './amount';
import { euCountries } from './data/eu';
import { type CostLine, type CostQuestion, lineOf, noRule } from './question';
import { type CostRule, rulesFor } from './rules';

/** A car that is at most six months old, or has run at most 6,000 kilometres, is new wherever it crosses a border. */
const newMonths = 6;
const newKm = 6_000;

type Age = Pick<CostQuestion, 'firstRegistration' | 'mileageKm' | 'day'>;

/** Null where neither is so and one of them is not known. */
export function isNewMeansOfTransport({ firstRegistration, mileageKm, day }: Age): boolean | null {
  if (mileageKm !== null && mileageKm <= newKm) return true;
  if (firstRegistration !== null && day <= monthsAfter(firstRegistration, newMonths)) return true;
  return firstRegistration === null || mileageKm === null ? null : false;
}

/** The same day so many months later, or the last of its month where that has no such day. */
export function monthsAfter(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** Value added tax, by who sells to whom across which border. Prices of private sellers and of the margin scheme show none. */
export function euTaxLines(question: CostQuestion, rules: readonly CostRule[]): Result<CostLine[], Refusal<'no_rule'>> {
  const { destination, origin, day, price } = question;
  const rule = rulesFor(rules, 'vat', destination.country, day)[0];
  if (rule === undefined || !euCountries.has(destination.country)) return noRule(`There is no rule for taxes in ${destination.country} on ${day}.`);
  if (origin !== null && !euCountries.has(origin)) return noRule(`There is no rule yet for what is imported from ${origin} into ${destination.country}.`);
  const { percent } = rule.terms;
  const registration: CostLine = { code: 'registration_fee', label: 'Registration', amount: null, rule: null, because: 'no rule yet' };
  const tax = (amount: Span, because: string): Result<CostLine[], Refusal<'no_rule'>> => ok([lineOf(rule, 'vat', 'Value added tax', amount, because), registration]);
  const full = percentOf(price, percent);
  const crosses = origin !== null && origin !== destination.country;
  const isNew = crosses ? question.isNew || isNewMeansOfTransport(question) : false;
  if (isNew === true) return tax(exact(full), `a new means of transport: ${percent} % where it arrives, whoever buys`);
  const used = usedTax(question, full, percent);
  if (!used.ok) return used;
  const { amount, because } = used.value;
  if (isNew === null && amount !== full) return tax({ least: amount, most: full }, `${because}; ${percent} % if it is at most six months old or has run at most 6,000 km, which was not told`);
  return tax(exact(amount), because);
}

function usedTax({ origin, destination, seller, buyer, buyerVatId }: CostQuestion, full: number, percent: string): Result<{ amount: number; because: string }, Refusal<'no_rule'>> {
  if (seller === 'private') return ok({ amount: 0, because: 'a private seller charges none' });
  if (seller === 'dealer_margin') return ok({ amount: 0, because: 'margin scheme: the tax is in the price and can’t be deducted' });
  if (origin !== null && origin !== destination.country && buyer === 'business') {
    if (!buyerVatId) return noRule('A delivery within the community is without tax only for a buyer with a VAT number.');
    return ok({ amount: 0, because: 'delivery within the community: the buyer owes the tax at home' });
  }
  return ok({ amount: full, because: `${percent} % on the net price` });
}

/** For a dealer who tells what the car has cost: the tax that the margin holds, by the rate of where it is sold. */
export function insideLines({ seller, boughtFor, price, origin, destination, day }: CostQuestion, rules: readonly CostRule[]): CostLine[] {
  if (seller !== 'dealer_margin' || boughtFor === null) return [];
  const rule = rulesFor(rules, 'vat', origin ?? destination.country, day)[0];
  if (rule === undefined) return [];
  return [lineOf(rule, 'margin_vat', 'Tax inside the margin', exact(marginTax(boughtFor, price, rule.terms.percent)), `${rule.terms.percent} % inside the margin of ${Math.max(0, price - boughtFor) / 100}`)];
}

/** The tax that is inside a margin: it is never shown on an invoice. */
export function marginTax(bought: number, sold: number, percent: string): number {
  const rate = Rational.parse(percent);
  const margin = Math.max(0, sold - bought);
  return percentOf(margin, rate.times(100).dividedBy(rate.plus(100)));
}
