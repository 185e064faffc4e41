import { exact, percentOf, type Span } from './amount';
import { type CostLine, type CostQuestion, lineOf } from './question';
import type { CostRule, SalesTax } from './rules';

type TaxRule = CostRule & { readonly terms: SalesTax };

/** What a state, and its counties and cities, take of a sale: a line for each tax, rounded by itself, half a cent up. */
export function salesTaxLines(rule: TaxRule, question: CostQuestion): CostLine[] {
  const { terms } = rule;
  const base = taxable(terms, question);
  const rates = ratesAt(terms, base, question.isNew);
  const bounded = terms.least !== undefined || terms.most !== undefined;
  const state = within(terms, { least: percentOf(base.least, rates.least), most: percentOf(base.most, rates.most) });
  const lines = [lineOf(rule, 'sales_tax', 'Sales tax of the state', state, `${rates.least === rates.most ? rates.least : `${rates.least} to ${rates.most}`} % of ${basis(base)}${bounded ? ', within its bounds' : ''}`)];
  if (terms.excise !== undefined) lines.push(exciseLine(rule, terms.excise, base, question.isNew));
  if (terms.between !== undefined && base.most > terms.between.from) {
    const { from, to, percent } = terms.between;
    const part = (amount: number): number => Math.max(0, Math.min(amount, to) - from);
    lines.push(lineOf(rule, 'single_article_tax', 'Further tax of the state', { least: percentOf(part(base.least), percent), most: percentOf(part(base.most), percent) }, `${percent} % of what lies between ${from / 100} and ${to / 100}`));
  }
  if (terms.local !== null) lines.push(localLine(rule, isExempt(terms, base, question.isNew) ? exact(0) : base, question.localRate));
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

const stepRate = (terms: SalesTax, base: number): string | undefined => terms.usedSteps?.reduce<string | undefined>((found, { from, percent }) => (from <= base ? percent : found), undefined);

function rateAt(terms: SalesTax, base: number, isNew: boolean): string {
  if (isNew && terms.newPercent !== undefined) return terms.newPercent;
  if (terms.above !== undefined && base > terms.above.amount) return terms.above.percent;
  return (isNew ? undefined : stepRate(terms, base)) ?? terms.percent;
}

const ratesAt = (terms: SalesTax, base: Span, isNew: boolean) => ({ least: rateAt(terms, base.least, isNew), most: terms.percentAtMost ?? rateAt(terms, base.most, isNew) });

/** A cheap used car that the state does not tax is not taxed by its county either. */
const isExempt = (terms: SalesTax, base: Span, isNew: boolean): boolean => !isNew && Number(stepRate(terms, base.most) ?? terms.percent) === 0 && terms.usedSteps !== undefined;

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

function localLine(rule: TaxRule, base: Span, rate: string | null): CostLine {
  const { local } = rule.terms;
  const most = local?.base ?? Number.MAX_SAFE_INTEGER;
  const part: Span = { least: Math.min(base.least, most), most: Math.min(base.most, most) };
  const [code, label] = ['local_tax', 'Tax of county and city'];
  if (rate !== null) return lineOf(rule, code, label, { least: percentOf(part.least, rate), most: percentOf(part.most, rate) }, `${rate} % of ${basis(part)}`);
  if (part.most === 0) return lineOf(rule, code, label, exact(0), 'nothing to tax');
  if (local?.atMost === null || local?.atMost === undefined) return lineOf(rule, code, label, null, 'the local rate was not told');
  return lineOf(rule, code, label, { least: 0, most: percentOf(part.most, local.atMost) }, `up to ${local.atMost} %: the local rate was not told`);
}

const basis = ({ least, most }: Span): string => (least === most ? String(least / 100) : `${least / 100} to ${most / 100}`);
