import type { Figures } from './figures';
import type { Treatment } from './treatment';

export interface InvoiceParty {
  readonly name: string;
  readonly vatId: string | null;
  /** The number of a tax office, where there is no VAT id. */
  readonly taxNumber: string | null;
  /** In the register of companies. */
  readonly registration: string | null;
  readonly address: { readonly line1: string; readonly line2: string | null; readonly postalCode: string; readonly city: string; readonly region: string | null; readonly country: string };
  readonly email: string | null;
}

/** UNTDID 1001: commercial invoice, credit note, corrected invoice, prepayment invoice. */
export const invoiceTypeCodes = { invoice: '380', credit_note: '381', corrected_invoice: '384', prepayment_invoice: '386' } as const;
export type InvoiceTypeCode = (typeof invoiceTypeCodes)[keyof typeof invoiceTypeCodes];

/** What an EN 16931 invoice says, in the words of the language that its paper has. */
export interface EInvoice {
  readonly typeCode: InvoiceTypeCode;
  readonly number: string;
  /** Days, as `2026-11-20`. */
  readonly issuedOn: string;
  readonly deliveredOn: string | null;
  readonly dueOn: string | null;
  readonly terms: string | null;
  readonly orderNumber: string;
  readonly seller: InvoiceParty;
  readonly sellerContact: { readonly name: string; readonly phone: string | null; readonly email: string | null } | null;
  readonly buyer: InvoiceParty;
  readonly shipTo: InvoiceParty | null;
  readonly iban: { readonly number: string; readonly holder: string; readonly bic: string | null } | null;
  readonly preceding: readonly { readonly number: string; readonly issuedOn: string }[];
  readonly notes: readonly string[];
  /** Names of the lines, in the order of the figures' lines. */
  readonly items: readonly { readonly name: string; readonly description: string | null; readonly facts: readonly (readonly [name: string, value: string])[] }[];
  readonly exemption: { readonly text: string; readonly code: string | null } | null;
  readonly figures: Figures & { readonly treatment: Exclude<Treatment, 'outside'> };
}

export const isElectronic = (figures: Figures): figures is EInvoice['figures'] => figures.treatment !== 'outside';
