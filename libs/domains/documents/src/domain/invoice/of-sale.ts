import { type CurrencyCode, ok, refuse, type Refusal, type Result, type SaleTax, sellsAsOwn } from '@autobroker/kernel';
import { cameToNothing, type DocumentRecord, isReplaced, isTakenBack } from '../document';
import { creditFigures, invoiceFigures, type InvoiceFigures, paidBy, payable, type Prepayment, prepaymentFigures, type PriceLine } from './figures';
import type { SaleTerms } from './treatment';

/** What a paper of money has to know of the others of its order. */
export type Earlier = Pick<DocumentRecord, 'id' | 'kind' | 'state' | 'number' | 'figures' | 'numberedAt' | 'plannedAt' | 'replaces' | 'context'>;

export interface InvoicedSale {
  /** With the day that tax goes by. */
  readonly terms: SaleTerms;
  /** As the order has it; null where it has not said it, so that the terms say it by their day. */
  readonly tax: SaleTax | null;
  readonly price: { readonly currency: CurrencyCode; readonly deposit: number; readonly lines: readonly PriceLine[] };
  /** Everything is paid: so it is when the invoice comes. One that is written by hand before says what is still due. */
  readonly settled: boolean;
}

export type InvoiceRefusal = Refusal<'nothing_owed' | 'conflict' | 'not_found'>;

/** The figures of an invoice, a prepayment invoice or a credit note, among the papers of its order. */
export function figuresOfSale({ kind, context, replaces }: Pick<DocumentRecord, 'kind' | 'context' | 'replaces'>, { terms, tax, price, settled }: InvoicedSale, before: readonly Earlier[]): Result<InvoiceFigures, InvoiceRefusal> {
  const issued = before.filter((one) => one.number !== null && one.figures !== null && !cameToNothing(one));
  if (kind === 'credit_note') {
    const credited = issued.find(({ id }) => id === context.credits);
    if (credited?.figures == null) return refuse('not_found', 'There is no such invoice');
    const { prepayments = [] } = credited.figures;
    return ok({ ...creditFigures(credited.figures, grossOf(prepayments)), prepayments });
  }
  const made = invoiceFigures(terms, price, tax);
  if (!made.ok) return made;
  if (made.value === null) return refuse('nothing_owed', 'The broker has nothing to invoice');
  const prepayments = prepaymentsOf(issued, before);
  if (kind === 'prepayment_invoice') {
    // The invoice of the whole was there first: it says all that there is to say.
    if (replaces === null && standing(issued, before).some((one) => one.kind === 'invoice')) return refuse('nothing_owed', 'The invoice of the whole has been issued');
    const figures = sellsAsOwn(terms.capacity) ? prepaymentFigures(made.value, context.amount ?? price.deposit) : null;
    return figures === null ? refuse('nothing_owed', 'What is paid before is no reason for tax here') : ok({ ...figures, prepayments: [] });
  }
  const paid = settled ? payable(made.value) : Math.min(payable(made.value), grossOf(prepayments));
  return ok({ ...paidBy(made.value, paid), prepayments });
}

/** Those that still stand: neither taken back nor replaced. */
const standing = (issued: readonly Earlier[], all: readonly Earlier[]): readonly Earlier[] => issued.filter(({ id }) => !isReplaced(id, all) && !isTakenBack(id, all));

/** The invoice of the whole that stands, where it has another rate of tax than the order; null where none has. */
export function taxedOtherwise<One extends Earlier>(tax: SaleTax, theirs: readonly One[]): One | null {
  const invoices = theirs.filter((one) => one.kind === 'invoice' && one.number !== null && !cameToNothing(one) && !isReplaced(one.id, theirs) && !isTakenBack(one.id, theirs));
  const isOther = ({ figures }: One): boolean => tax.treatment === 'standard' && figures?.treatment === 'standard' && figures.taxes.some(({ rate }) => rate !== tax.rate);
  return invoices.find(isOther) ?? null;
}

/** The one that a correction of a correction began with: what was supplied and when is told by that. */
export function firstOf<One extends Pick<Earlier, 'id' | 'replaces' | 'context'>>(id: string | null, all: readonly One[]): One | null {
  const one = id === null ? null : (all.find((document) => document.id === id) ?? null);
  // A credit note that was corrected takes back an invoice all the same.
  const earlier = one?.replaces ?? one?.context.credits ?? null;
  return earlier === null ? one : (firstOf(earlier, all) ?? one);
}

const grossOf = (prepayments: readonly Prepayment[]): number => prepayments.reduce((sum, { gross }) => sum + gross, 0);

function prepaymentsOf(issued: readonly Earlier[], all: readonly Earlier[]): Prepayment[] {
  return standing(issued, all).flatMap(({ kind, number, figures, numberedAt }) =>
    kind !== 'prepayment_invoice' || number === null || figures === null || numberedAt === null ? [] : [{ number, issuedAt: numberedAt.toISOString(), net: figures.net, tax: figures.tax, gross: payable(figures) }],
  );
}
