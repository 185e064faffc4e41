import { ok, Rational, type Refusal, type Result } from '@autobroker/kernel';
import { exact, percentOf, plus, type Span } from './amount';
import { type CostLine, type CostQuestion, lineOf, noRule } from './question';
import { type CostRule, rulesFor, type SalesTax } from './rules';

/** Taxes and fees of the state in which a car is registered. */
export function usLines(question: CostQuestion, rules: readonly CostRule[]): Result<CostLine[], Refusal<'no_rule'>> {
  const { destination, day } = question;
  if (destination.region === null) return noRule('Taxes and fees are the state’s: name it as the region of the destination.');
  if (question.currency !== 'USD') return noRule(`Taxes of the United States are worked out in USD, not in ${question.currency}.`);
  if (question.origin !== null && question.origin !== 'US') return noRule(`There is no rule yet for what is imported from ${question.origin} into the United States.`);
  const place = `US-${destination.region}`;
  const tax = rulesFor(rules, 'sales_tax', place, day)[0];
  const title = rulesFor(rules, 'title_fee', place, day)[0];
  if (tax === undefined || title === undefined) return noRule(`There is no rule for ${place} on ${day}.`);
  const registration = rulesFor(rules, 'registration_fee', place, day)[0];
  const lines = taxLines(tax, question);
  lines.push(lineOf(title, 'title_fee', 'Title', { least: title.terms.least, most: title.terms.most }, title.terms.least === title.terms.most ? 'fixed' : 'tables differ, or it depends on the car'));
  if (registration === undefined) lines.push({ code: 'registration_fee', label: 'Registration', amount: null, rule: null, because: 'by weight, value or age; no rule yet' });
  else lines.push(lineOf(registration, 'registration_fee', 'Registration', { least: registration.terms.least, most: registration.terms.most }, 'fixed'));
  const cap = rulesFor(rules, 'doc_fee_cap', place, day)[0];
  if (question.seller === 'dealer_margin' || question.seller === 'dealer_vat') {
    // A dealer may ask nothing, or up to the cap; without one there is no saying how much.
    if (cap === undefined) lines.push({ code: 'doc_fee', label: 'Dealer’s document fee', amount: null, rule: null, because: 'no cap is known' });
    else {
      const most = cap.terms.percent === undefined ? cap.terms.most : Math.min(cap.terms.most, percentOf(question.price, cap.terms.percent));
      lines.push(lineOf(cap, 'doc_fee', 'Dealer’s document fee', { least: 0, most }, 'at most the cap'));
    }
  }
  return ok(lines);
}

type TaxRule = CostRule & { readonly terms: SalesTax };

function taxLines(rule: TaxRule, question: CostQuestion): CostLine[] {
  const { terms } = rule;
  const base = taxable(terms, question);
  const bounds = terms.least !== undefined || terms.most !== undefined;
  const state = within(terms, spanOf(terms, base, question));
  const lines = [lineOf(rule, 'sales_tax', 'Sales tax of the state', state, `${rateText(terms, base, question)} of ${basis(base)}${bounds ? ', within its bounds' : ''}`)];
  const exempt = !question.isNew && isZero(usedRate(terms, question));
  if (terms.besides !== undefined && !exempt) {
    const { from, to, percent } = terms.besides;
    const part = (amount: number): number => Math.max(0, Math.min(amount, to ?? amount) - from);
    lines.push(lineOf(rule, 'further_state_tax', 'Further tax of the state', { least: percentOf(part(base.least), percent), most: percentOf(part(base.most), percent) }, `${percent} % of the part from ${from / 100}${to === null ? '' : ` to ${to / 100}`}`));
  }
  if (terms.local !== null) lines.push(exempt ? lineOf(rule, 'local_tax', 'Tax of county and city', exact(0), 'so cheap a used car is not taxed') : localLine(rule, base, question.localRate));
  if (terms.beyond !== undefined && base.most > terms.beyond.amount) {
    const { amount, percent } = terms.beyond;
    lines.push(lineOf(rule, 'luxury_tax', 'Luxury tax', { least: percentOf(Math.max(0, base.least - amount), percent), most: percentOf(Math.max(0, base.most - amount), percent) }, `${percent} % of what is above ${amount / 100}`));
  }
  return lines;
}

/** The price, without what is traded in where that is not taxed. */
function taxable(terms: SalesTax, { price, tradeIn, isNew }: CostQuestion): Span {
  const credit = Math.min(price, tradeIn, terms.tradeInMost ?? Number.MAX_SAFE_INTEGER);
  if (terms.tradeIn === 'none' || credit === 0) return exact(price);
  if (terms.tradeIn === 'full') return exact(price - credit);
  // In such states it depends on the car or on who sells: with a new one it is taken off wherever anything is.
  return isNew ? exact(price - credit) : { least: price - credit, most: price };
}

/** What a used car is taxed at for being cheap; the whole price counts, with what is traded in. */
const usedRate = ({ usedBelow = [] }: SalesTax, { price }: CostQuestion): string | undefined => [...usedBelow].sort((a, b) => a.below - b.below).find(({ below }) => price < below)?.percent;
const isZero = (percent: string | undefined): boolean => percent !== undefined && Rational.parse(percent).equals(0);

function rateAt(terms: SalesTax, base: number, question: CostQuestion): string {
  const { above, percent, newPercent } = terms;
  const own = question.isNew ? newPercent : usedRate(terms, question);
  return own ?? (above !== undefined && base > above.amount ? above.percent : percent);
}

function spanOf(terms: SalesTax, base: Span, question: CostQuestion): Span {
  const { usedFirst } = terms;
  const at = (amount: number, percent: string): number =>
    usedFirst === undefined || question.isNew ? percentOf(amount, percent) : usedFirst.fee + percentOf(Math.max(0, amount - usedFirst.amount), percent);
  return { least: at(base.least, rateAt(terms, base.least, question)), most: at(base.most, terms.percentAtMost ?? rateAt(terms, base.most, question)) };
}

function within({ least = 0, most = Number.MAX_SAFE_INTEGER }: SalesTax, span: Span): Span {
  const clamp = (amount: number): number => Math.min(most, Math.max(least, amount));
  return { least: clamp(span.least), most: clamp(span.most) };
}

function localLine(rule: TaxRule, base: Span, rate: string | null): CostLine {
  const { local } = rule.terms;
  const most = local?.base ?? Number.MAX_SAFE_INTEGER;
  const part: Span = { least: Math.min(base.least, most), most: Math.min(base.most, most) };
  const code = 'local_tax';
  const label = 'Tax of county and city';
  if (rate !== null) return lineOf(rule, code, label, { least: percentOf(part.least, rate), most: percentOf(part.most, rate) }, `${rate} % of ${basis(part)}`);
  if (local?.atMost === null || local?.atMost === undefined) return lineOf(rule, code, label, null, 'the local rate was not told');
  return lineOf(rule, code, label, plus(exact(0), { least: 0, most: percentOf(part.most, Rational.parse(local.atMost)) }), `up to ${local.atMost} %: the local rate was not told`);
}

function rateText(terms: SalesTax, base: Span, question: CostQuestion): string {
  const [low, high] = [rateAt(terms, base.least, question), terms.percentAtMost ?? rateAt(terms, base.most, question)];
  const rate = low === high ? `${low} %` : `${low} to ${high} %`;
  if (terms.usedFirst === undefined || question.isNew) return rate;
  return `${terms.usedFirst.fee / 100} for the first ${terms.usedFirst.amount / 100}, ${rate} beyond,`;
}
const basis = ({ least, most }: Span): string => (least === most ? String(least / 100) : `${least / 100} to ${most / 100}`);
