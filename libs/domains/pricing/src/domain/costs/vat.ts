import { euCountries, isNewTransport, ok, Rational, type Refusal, type Result } from '@autobroker/kernel';
import { exact, percentOf } from './amount';
import { type CostLine, type CostQuestion, lineOf, noRule } from './question';
import { registrationLines, transferTaxLines } from './registration';
import { type CostRule, rulesFor } from './rules';

/** Null where neither is so and one of them is not known. */
export const isNewMeansOfTransport = ({ isNew, ...car }: Pick<CostQuestion, 'isNew' | 'firstRegistration' | 'mileageKm' | 'day'>): boolean | null => isNew || isNewTransport(car);

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
  const isNew = isNewMeansOfTransport(question);
  // What was not told may be either way: the tax is then a range, and one way without a rule leaves no answer.
  const borders = origin === null ? [false, true] : [origin !== destination.country];
  const taxes = borders.flatMap((crosses) => (isNew === null ? [false, true] : [isNew]).map((asNew) => taxOf(question, percent, crosses, asNew)));
  const ways = taxes.filter((tax) => tax !== null);
  if (ways.length < taxes.length) return noRule('A delivery within the community is without tax only for a buyer with a VAT number: give it, or say that the car comes from the same country.');
  const amounts = ways.map(({ amount }) => amount);
  const reasons = [...new Set(ways.map(({ because }) => because))];
  return ok([
    lineOf(rule, 'vat', 'Value added tax', { least: Math.min(...amounts), most: Math.max(...amounts) }, reasons.length === 1 ? reasons.join() : `${reasons.join('; or ')}: ${untold(question)} was not told`),
    ...transferTaxLines(question, rules),
    ...registrationLines(question, rules),
  ]);
}

/** Null where it takes a number that the buyer did not give. */
function taxOf({ seller, buyer, buyerVatId, price }: CostQuestion, percent: string, crosses: boolean, isNew: boolean): Tax | null {
  const full = percentOf(price, percent);
  if (crosses && isNew) return { amount: full, because: `a new means of transport: ${percent} % where it arrives, whoever buys` };
  if (seller === 'private') return { amount: 0, because: 'a private seller charges none' };
  if (seller === 'dealer_margin') return { amount: 0, because: 'margin scheme: the tax is in the price and can’t be deducted' };
  if (!crosses || buyer !== 'business') return { amount: full, because: `${percent} % on the net price` };
  return buyerVatId ? { amount: 0, because: 'delivery within the community: the buyer owes the tax at home' } : null;
}

function untold(question: CostQuestion): string {
  const words = [question.origin === null ? 'where it comes from' : null, isNewMeansOfTransport(question) === null ? 'whether it is at most six months old or has run at most 6,000 km' : null];
  return words.filter((word) => word !== null).join(', and ');
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
