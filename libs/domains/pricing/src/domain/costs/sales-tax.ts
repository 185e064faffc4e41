import { Rational } from '@autobroker/kernel';
import { exact, percentOf, type Span } from './amount';
import { type CostLine, type CostQuestion, lineOf } from './question';
import type { CostRule, SalesTax } from './rules';

type TaxRule = CostRule & { readonly terms: SalesTax };

/** What a state, and its counties and cities, take of a sale: a line for each tax, rounded by itself, half a cent up. */
export function salesTaxLines(rule: TaxRule, question: CostQuestion): CostLine[] {
  const { terms } = rule;
  const { isNew, localRate } = question;
  const base = taxable(terms, question);
  const rates = ratesOf(terms, question);
  const lines = [stateLine(rule, base, rates)];
  if (terms.excise !== undefined) lines.push(exciseLine(rule, terms.excise, base, isNew));
  const exempt = isExempt(terms, question);
  if (terms.between !== undefined && !exempt && base.most > terms.between.from) {
    const { from, to, percent } = terms.between;
    const part = (amount: number): number => Math.max(0, Math.min(amount, to) - from);
    lines.push(lineOf(rule, 'single_article_tax', 'Further tax of the state', { least: percentOf(part(base.least), percent), most: percentOf(part(base.most), percent) }, `${percent} % of what lies between ${from / 100} and ${to / 100}`));
  }
  if (terms.local !== null) lines.push(exempt ? lineOf(rule, 'local_tax', localLabel, exact(0), 'so cheap a used car is not taxed') : localLine(rule, base, localRate));
  if (terms.beyond !== undefined && base.most > terms.beyond.amount) {
    const { amount, percent } = terms.beyond;
    lines.push(lineOf(rule, 'luxury_tax', 'Luxury tax', { least: percentOf(Math.max(0, base.least - amount), percent), most: percentOf(Math.max(0, base.most - amount), percent) }, `${percent} % of what is above ${amount / 100}`));
  }
  return lines;
}

/** The price, without what is traded in where that is not taxed. */
function taxable(terms: SalesTax, { price, tradeIn, isNew }: CostQuestion): Span {
  const credit = Math.min(price, tradeIn, terms.tradeInMost ?? Number.MAX_SAFE_INTEGER);
  if (credit === 0 || terms.tradeIn === 'none' || (terms.tradeIn === 'new_only' && !isNew)) return exact(price);
  return terms.tradeIn === 'unclear' ? { least: price - credit, most: price } : exact(price - credit);
}

/** How cheap a used car is goes by its whole price: what is traded in for it makes it no cheaper. */
const stepRate = (terms: SalesTax, { price }: CostQuestion): string | undefined => terms.usedSteps?.reduce<string | undefined>((found, { from, percent }) => (from <= price ? percent : found), undefined);

const isExempt = (terms: SalesTax, question: CostQuestion): boolean => {
  const rate = question.isNew ? undefined : stepRate(terms, question);
  return rate !== undefined && Rational.parse(rate).equals(0);
};

/** A rate up to an amount, and the one above it. */
interface Rates {
  readonly least: string;
  readonly most: string;
  readonly above: SalesTax['above'];
}

function ratesOf(terms: SalesTax, question: CostQuestion): Rates {
  const own = question.isNew ? terms.newPercent : stepRate(terms, question);
  if (own !== undefined) return { least: own, most: own, above: undefined };
  return { least: terms.percent, most: terms.percentAtMost ?? terms.percent, above: terms.above };
}

const ratesAt = ({ least, most, above }: Rates, amount: number): readonly [least: string, most: string] => (above !== undefined && amount > above.amount ? [above.percent, above.percent] : [least, most]);

function stateLine(rule: TaxRule, base: Span, rates: Rates): CostLine {
  const { terms } = rule;
  // Where a rate jumps within what may be taxed, the most that is due may lie at the jump.
  const jump = rates.above?.amount ?? 0;
  const amounts = [base.least, base.most, ...[jump, jump + 1].filter((amount) => base.least < amount && amount < base.most)];
  const all = amounts.map((amount) => {
    const [least, most] = ratesAt(rates, amount);
    return within(terms, { least: percentOf(amount, least), most: percentOf(amount, most) });
  });
  const tax: Span = { least: Math.min(...all.map(({ least }) => least)), most: Math.max(...all.map(({ most }) => most)) };
  const told = [...new Set([base.least, base.most].flatMap((amount) => ratesAt(rates, amount)))].join(' to ');
  const bounded = terms.least !== undefined || terms.most !== undefined;
  return lineOf(rule, 'sales_tax', 'Sales tax of the state', tax, `${told} % of ${basis(base)}${bounded ? ', within its bounds' : ''}`);
}

function within({ least = 0, most = Number.MAX_SAFE_INTEGER }: SalesTax, span: Span): Span {
  const clamp = (amount: number): number => Math.min(most, Math.max(least, amount));
  return { least: clamp(span.least), most: clamp(span.most) };
}

function exciseLine(rule: TaxRule, { percent, usedFirst }: NonNullable<SalesTax['excise']>, base: Span, isNew: boolean): CostLine {
  const [code, label] = ['excise_tax', 'Excise tax of the state'];
  if (isNew || usedFirst === undefined) return lineOf(rule, code, label, { least: percentOf(base.least, percent), most: percentOf(base.most, percent) }, `${percent} % of ${basis(base)}`);
  const { amount, fee } = usedFirst;
  const due = (price: number): number => fee + percentOf(Math.max(0, price - amount), percent);
  return lineOf(rule, code, label, { least: due(base.least), most: due(base.most) }, `${fee / 100} for the first ${amount / 100} of a used car, then ${percent} %`);
}

const localLabel = 'Tax of county and city';

function localLine(rule: TaxRule, base: Span, rate: string | null): CostLine {
  const { local } = rule.terms;
  const most = local?.base ?? Number.MAX_SAFE_INTEGER;
  const part: Span = { least: Math.min(base.least, most), most: Math.min(base.most, most) };
  const code = 'local_tax';
  if (rate !== null) return lineOf(rule, code, localLabel, { least: percentOf(part.least, rate), most: percentOf(part.most, rate) }, `${rate} % of ${basis(part)}`);
  if (part.most === 0) return lineOf(rule, code, localLabel, exact(0), 'nothing to tax');
  if (local?.atMost === null || local?.atMost === undefined) return lineOf(rule, code, localLabel, null, 'the local rate was not told');
  return lineOf(rule, code, localLabel, { least: 0, most: percentOf(part.most, local.atMost) }, `up to ${local.atMost} %: the local rate was not told`);
}

const basis = ({ least, most }: Span): string => (least === most ? String(least / 100) : `${least / 100} to ${most / 100}`);
