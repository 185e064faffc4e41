import { type CurrencyCode, isOwnTax, isRateOf, netOfTax, ok, rateOf, refuse, type SaleTax, sellsAsOwn, type Payee, type Refusal, type Result, taxedSum, taxOn, taxParts } from '@autobroker/kernel';
import { categoryOf, treatmentOf, type SaleTerms, type Treatment, type VatCategory } from './treatment';

export interface PriceLine {
  readonly code: string;
  readonly amount: number;
  readonly payee: Payee;
}

export interface FigureLine {
  readonly code: string;
  readonly net: number;
  /** Null outside the union. */
  readonly category: VatCategory | null;
  /** In hundredths of a percent. */
  readonly rate: number;
}

export interface TaxRow {
  readonly category: VatCategory;
  readonly rate: number;
  readonly basis: number;
  readonly tax: number;
}

/** All amounts of an invoice, in minor units. PDF, XML and event are written from these and from nothing else. */
export interface Figures {
  readonly treatment: Treatment;
  readonly currency: CurrencyCode;
  readonly lines: readonly FigureLine[];
  readonly taxes: readonly TaxRow[];
  readonly net: number;
  readonly tax: number;
  /** What a price with its tax inside misses by when it is taken apart: at most a cent a line. */
  readonly rounding: number;
  readonly total: number;
  readonly prepaid: number;
  readonly due: number;
  /** What the buyer pays besides, to others: through our hands, and not ours to invoice. */
  readonly passedThrough: readonly PriceLine[];
  readonly orderTotal: number;
}

/** An invoice that was issued before for a part of it. */
export interface Prepayment {
  readonly number: string;
  readonly issuedAt: string;
  readonly net: number;
  readonly tax: number;
  readonly gross: number;
}

export interface InvoiceFigures extends Figures {
  readonly prepayments: readonly Prepayment[];
}

export type FiguresRefusal = Refusal<'conflict'>;

const disagree = (detail: string): { readonly ok: false; readonly error: FiguresRefusal } => refuse('conflict', detail);

/** The buyer reckons it up under a number of their own. */
const needsNumber: ReadonlySet<Treatment> = new Set<Treatment>(['intra_community', 'reverse_charge']);

/**
 * What the broker invoices of a sale. The agreed price stands: where the tax that it shows is not the tax that is due, nothing
 * is invoiced and somebody has to look. Null where the broker has nothing to invoice: an agent whom the seller pays. From its
 * contract on the order says how it is taxed, and the ledger has it so: `agreed` goes before what the terms say by their day.
 */
export function invoiceFigures(terms: SaleTerms, price: { readonly currency: CurrencyCode; readonly lines: readonly PriceLine[] }, agreed: SaleTax | null = null): Result<Figures | null, FiguresRefusal> {
  const treatment = agreed?.treatment ?? treatmentOf(terms);
  if (needsNumber.has(treatment) && terms.buyer.vatId === null) return disagree(`The buyer has no VAT number, which the sale is taxed by (${treatment}).`);
  const { currency, lines } = price;
  const orderTotal = lines.reduce((sum, { amount }) => sum + amount, 0);
  const own = sellsAsOwn(terms.capacity);
  if (treatment === 'outside') return ok(outsideFigures(own, price, orderTotal));
  const parts = taxParts(terms.capacity, treatment, lines);
  const { collected, net: netItems, gross: grossItems } = parts;
  const items = lines.filter((line) => netItems.includes(line) || grossItems.includes(line));
  const rest = lines.filter((line) => !items.includes(line) && line.amount !== 0 && !isOwnTax(terms.capacity, treatment, line));
  if (items.length === 0) return collected === 0 ? ok(null) : disagree(`The price has ${collected} of tax on nothing.`);
  const category = categoryOf[treatment];
  if (category !== 'S') {
    if (collected !== 0) return disagree(`The price has ${collected} of tax, where none is to be shown (${treatment}).`);
    return ok(sum({ treatment, currency, passedThrough: rest, orderTotal, category, rate: 0, netItems: items, grossItems: [] }));
  }
  const rate = agreed === null || agreed.rate === 0 ? rateOf(terms, parts) : isRateOf(agreed.rate, parts) ? agreed.rate : null;
  if (rate === null) return disagree(`The tax of ${collected} in the price is that of no rate that could be due.`);
  return ok(sum({ treatment, currency, passedThrough: rest, orderTotal, category, rate, netItems, grossItems }));
}

interface Parts {
  readonly treatment: Treatment;
  readonly currency: CurrencyCode;
  readonly category: VatCategory;
  readonly rate: number;
  readonly netItems: readonly PriceLine[];
  readonly grossItems: readonly PriceLine[];
  readonly passedThrough: readonly PriceLine[];
  readonly orderTotal: number;
}

function sum({ treatment, currency, category, rate, netItems, grossItems, passedThrough, orderTotal }: Parts): Figures {
  const lines: FigureLine[] = [
    ...netItems.map(({ code, amount }) => ({ code, net: amount, category, rate })),
    ...grossItems.map(({ code, amount }) => ({ code, net: netOfTax(amount, rate), category, rate })),
  ];
  // What is net has the tax that was agreed; what has its tax inside is what it is, to the cent.
  const { net, tax, rounding } = taxedSum(netItems.map(({ amount }) => amount), grossItems.map(({ amount }) => amount), rate);
  return { treatment, currency, lines, taxes: [{ category, rate, basis: net, tax }], net, tax, rounding, total: net + tax, prepaid: 0, due: net + tax + rounding, passedThrough, orderTotal };
}

function outsideFigures(own: boolean, { currency, lines }: { readonly currency: CurrencyCode; readonly lines: readonly PriceLine[] }, orderTotal: number): Figures | null {
  const items = lines.filter(({ payee, amount }) => amount !== 0 && (own || payee === 'broker'));
  if (items.length === 0) return null;
  const net = items.reduce((total, { amount }) => total + amount, 0);
  return {
    treatment: 'outside',
    currency,
    lines: items.map(({ code, amount }) => ({ code, net: amount, category: null, rate: 0 })),
    taxes: [],
    net,
    tax: 0,
    rounding: 0,
    total: net,
    prepaid: 0,
    due: net,
    passedThrough: lines.filter((line) => !items.includes(line) && line.amount !== 0),
    orderTotal,
  };
}

/** What a buyer pays for the whole invoice: its total as it can be paid. */
export const payable = ({ total, rounding }: Pick<Figures, 'total' | 'rounding'>): number => total + rounding;

/** The same invoice when so much of it is paid already. */
export const paidBy = (figures: Figures, prepaid: number): Figures => ({ ...figures, prepaid, due: payable(figures) - prepaid });

/**
 * Of a part of the price that is paid before the delivery. Null where that is no reason for tax yet: under the margin scheme,
 * and for what is delivered within the community (Directive 2006/112, Art. 65 and 67).
 */
export function prepaymentFigures(whole: Figures, paid: number): Figures | null {
  const [row] = whole.taxes;
  if (row === undefined || whole.treatment !== 'standard' || paid <= 0) return null;
  const net = netOfTax(paid, row.rate);
  const tax = taxOn(net, row.rate);
  return {
    ...whole,
    lines: [{ code: 'prepayment', net, category: row.category, rate: row.rate }],
    taxes: [{ ...row, basis: net, tax }],
    net,
    tax,
    rounding: paid - net - tax,
    total: net + tax,
    prepaid: paid,
    due: 0,
    passedThrough: [],
  };
}

/** All of an invoice, given back; what its prepayments asked for is given back by credit notes of their own. */
export const creditFigures = (invoice: Figures, prepayments = 0): Figures => ({ ...invoice, prepaid: prepayments, due: payable(invoice) - prepayments, passedThrough: [] });
