import type { DocumentKind } from '@autobroker/kernel';

const prefixes: Readonly<Record<DocumentKind, string>> = {
  quote: 'Q',
  mandate: 'M',
  deposit_receipt: 'DR',
  purchase_contract: 'PC',
  proforma: 'PF',
  prepayment_invoice: 'PI',
  invoice: 'INV',
  credit_note: 'CN',
  handover_protocol: 'HP',
  registration_poa: 'PA',
  odometer_statement: 'OD',
  bill_of_sale: 'BS',
};

/** A series of its own for each kind and year: `INV-2026`. `day` is that of the tenant's time zone. */
export const seriesOf = (kind: DocumentKind, day: string): string => `${prefixes[kind]}-${day.slice(0, 4)}`;

/** `INV-2026-000123`; after 999,999 it goes on with one digit more. */
export const numberIn = (series: string, count: number): string => `${series}-${String(count).padStart(6, '0')}`;
