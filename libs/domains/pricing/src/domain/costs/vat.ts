import { ok, Rational, type Refusal, type Result } from '@autobroker/kernel';
import { percentOf } from './amount';
import { euCountries } from './data/eu';
import { type CostLine, type CostQuestion, lineOf, noRule } from './question';
import { type CostRule, rulesFor } from './rules';

/** A car that is at most six months old, or has run at most 6,000 kilometres, is new wherever it crosses a border. */
const newMonths = 6;
const newKm = 6_000;

/** So many calendar months later; the last day of a month that has fewer. */
function monthsAfter(day: string, months: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0));
  const then = new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(date.getUTCDate(), last.getUTCDate())));
  return then.toISOString().slice(0, 10);
}

export function isNewMeansOfTransport({ isNew, firstRegistration, mileageKm, day }: Pick<CostQuestion, 'isNew' | 'firstRegistration' | 'mileageKm' | 'day'>): boolean | null {
  if (isNew || (mileageKm !== null && mileageKm <= newKm)) return true;
  if (firstRegistration !== null && day <= monthsAfter(firstRegistration, newMonths)) return true;
  return firstRegistration === null || mileageKm === null ? null : false;
}

interface Tax {
  readonly amount: number;
  readonly because: string;
}

/** Value added tax, by who sells to whom across which border. Prices of private sellers and of the margin scheme show none. */
export function euTaxLines(question: CostQuestion, rules: readonly CostRule[]): Result<CostLine[], Refusal<'no_rule'>> {
  const { destination, origin, day } = question;
  const rule = rulesFor(rules, 'vat', destination.country, day)[0];
  if (rule === undefined || !euCountries.has(destination.country)) return noRule(`There is no rule for taxes in ${destination.country} on ${day}.`);
  if (origin !== null && !euCountries.has(origin)) return noRule(`There is no rule yet for what is imported from ${origin} into ${destination.country}.`);
  const { percent } = rule.terms;
  const news = isNewMeansOfTransport(question);
  // What was not told may be either way: the tax is then a range.
  const borders = origin === null ? [false, true] : [origin !== destination.country];
  const taxes = borders.flatMap((crosses) => (news === null ? [false, true] : [news]).map((isNew) => taxOf(question, percent, crosses, isNew)));
  const known = taxes.filter((tax) => tax !== null);
  if (known.length === 0) return noRule('A delivery within the community is without tax only for a buyer with a VAT number.');
  const amounts = known.map(({ amount }) => amount);
  const because = [...new Set(known.map((tax) => tax.because))].join('; or ');
  return ok([
    lineOf(rule, 'vat', 'Value added tax', { least: Math.min(...amounts), most: Math.max(...amounts) }, because),
    { code: 'registration_fee', label: 'Registration', amount: null, rule: null, because: 'no rule yet' },
  ]);
}

/** Null where it takes a number that the buyer did not give. */
function taxOf({ seller, buyer, buyerVatId, price }: CostQuestion, percent: string, crosses: boolean, isNew: boolean): Tax | null {
  const whole = percentOf(price, percent);
  if (crosses && isNew) return { amount: whole, because: `a new means of transport: ${percent} % where it arrives, whoever buys` };
  if (seller === 'private') return { amount: 0, because: 'a private seller charges none' };
  if (seller === 'dealer_margin') return { amount: 0, because: 'margin scheme: the tax is in the price and can’t be deducted' };
  if (!crosses || buyer !== 'business') return { amount: whole, because: `${percent} % on the net price` };
  return buyerVatId ? { amount: 0, because: 'delivery within the community: the buyer owes the tax at home' } : null;
}

/** The tax that is inside a margin: it is never shown on an invoice. */
export function marginTax(bought: number, sold: number, percent: string): number {
  const rate = Rational.parse(percent);
  const margin = Math.max(0, sold - bought);
  return percentOf(margin, rate.times(100).dividedBy(rate.plus(100)));
}
