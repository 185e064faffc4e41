import type { DocumentKind, OrderState } from '@autobroker/kernel';
import { cameToNothing, type DocumentRecord } from './document';

/**
 * How many years after the end of its year the law wants a document to be kept, whoever asks to be forgotten: vouchers of the
 * books eight (§ 147 AO, § 14b UStG; Italy's ten are the tenant's own archive), letters of a business six (§ 257 HGB), the
 * odometer's five (49 CFR 580.8). Null: nothing holds it.
 */
const yearsKept: Readonly<Record<DocumentKind, number | null>> = {
  quote: null,
  proforma: null,
  registration_poa: null,
  mandate: 6,
  purchase_contract: 6,
  handover_protocol: 6,
  bill_of_sale: 6,
  odometer_statement: 5,
  deposit_receipt: 8,
  prepayment_invoice: 8,
  invoice: 8,
  credit_note: 8,
};

/** Vouchers of the books: money has moved or is due, and they are owed even where nobody has written them yet. */
const vouchers: readonly DocumentKind[] = ['deposit_receipt', 'prepayment_invoice', 'invoice', 'credit_note'];
export const isVoucher = (kind: DocumentKind): boolean => vouchers.includes(kind);

const ends: readonly OrderState[] = ['completed', 'cancelled'];
/**
 * Whether a sale still needs who its buyer is, though they ask to be forgotten: what is invoiced of it, or taken back, has to name
 * them (Directive 2006/112, Art. 219 and 226), and is planned by its end. Where nobody has paid, the order service ends it at once; of
 * a payment it may have heard before us.
 */
export const needsItsBuyer = (state: OrderState): boolean => !ends.includes(state);

/** The first moment at which nothing holds it any more. */
export function keptUntil(kind: DocumentKind, issuedAt: Date): Date | null {
  const years = yearsKept[kind];
  return years === null ? null : new Date(Date.UTC(issuedAt.getUTCFullYear() + 1 + years, 0, 1));
}

/**
 * Whether the law holds a document of somebody who asks to be forgotten. What came to nothing is no voucher; and what has to be
 * signed and nobody has signed binds nobody, and is no letter of a business.
 */
export const isHeld = (document: Pick<DocumentRecord, 'state' | 'signers' | 'signedBy'> & { readonly keptUntil: Date | null }, at: Date): boolean =>
  document.keptUntil !== null && document.keptUntil > at && !cameToNothing(document) && (document.signers.length === 0 || document.signedBy.length > 0);
