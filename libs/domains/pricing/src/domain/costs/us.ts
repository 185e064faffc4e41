import { ok, type Refusal, type Result } from '@autobroker/kernel';
import { exact, fromTo, percentOf, type Span } from './amount';
import { type CostLine, type CostQuestion, lineOf, noRule } from './question';
import { type CostRule, type FlatFee, rulesFor } from './rules';
import { salesTaxLines } from './sales-tax';

/** Taxes and fees of the state in which a car is registered. */
export function usLines(question: CostQuestion, all: readonly CostRule[]): Result<CostLine[], Refusal<'no_rule'>> {
  const { destination, day, origin } = question;
  if (destination.region === null) return noRule('Taxes and fees are the state’s: name it as the region of the destination.');
  if (origin !== null && origin !== 'US') return noRule(`There is no rule yet for what is imported from ${origin} into the United States.`);
  if (question.currency !== 'USD') return noRule(`Taxes of the United States are worked out in USD, not in ${question.currency}.`);
  // Fees of a table are no fees in other money.
  const rules = all.filter(({ currency }) => currency === 'USD');
  const place = `US-${destination.region}`;
  const tax = rulesFor(rules, 'sales_tax', place, day)[0];
  const title = rulesFor(rules, 'title_fee', place, day)[0];
  if (tax === undefined || title === undefined) return noRule(`There is no rule for ${place} on ${day}.`);
  const registration = rulesFor(rules, 'registration_fee', place, day)[0];
  const lines = salesTaxLines(tax, question);
  lines.push(feeLine(title, 'Title', question));
  if (registration === undefined) lines.push({ code: 'registration_fee', label: 'Registration', amount: null, rule: null, because: 'by weight, value or age; no rule yet' });
  else lines.push(feeLine(registration, 'Registration', question));
  if (question.seller === 'dealer_margin' || question.seller === 'dealer_vat') lines.push(docFeeLine(question, rules, place));
  return ok(lines);
}

function feeLine(rule: CostRule & { readonly terms: FlatFee<'title_fee' | 'registration_fee'> }, label: string, { price, isNew }: CostQuestion): CostLine {
  const { code, least, most, percent, ofNew, isOpen } = rule.terms;
  if (ofNew !== undefined && isNew) return lineOf(rule, code, label, fromTo(ofNew), typeof ofNew === 'number' ? 'fixed, for a new car' : 'for a new car, by what it is');
  if (isOpen === true) return lineOf(rule, code, label, null, least === 0 ? 'by weight, value or age' : `at least ${least / 100}, and more on top that no rule tells`);
  const share = percent === undefined ? 0 : percentOf(price, percent);
  const amount: Span = { least: least + share, most: most + share };
  const fixed = least === most ? 'fixed' : 'tables differ, or it depends on the car';
  return lineOf(rule, code, label, amount, percent === undefined ? fixed : `${least / 100} and ${percent} % of ${price / 100}`);
}

/** A dealer may ask nothing, or up to the cap; without one there is no saying how much. */
function docFeeLine({ price, day }: CostQuestion, rules: readonly CostRule[], place: string): CostLine {
  const [code, label] = ['doc_fee', 'Dealer’s document fee'];
  const cap = rulesFor(rules, 'doc_fee_cap', place, day)[0];
  if (cap === undefined) return { code, label, amount: null, rule: null, because: 'no cap is known' };
  const { most, percent } = cap.terms;
  const limit = percent === undefined ? exact(most) : exact(Math.min(most, percentOf(price, percent)));
  return lineOf(cap, code, label, { least: 0, most: limit.most }, 'at most the cap');
}
