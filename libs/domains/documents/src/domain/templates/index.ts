import type { DocumentKind } from '@autobroker/kernel';
import type { Template } from '../paper/template';
import { depositReceipt, quote } from './beginnings';
import { purchaseContract } from './contract';
import { billOfSale, handoverProtocol, odometerStatement, registrationPoa } from './handover';
import { creditNote, invoice, prepaymentInvoice, proforma } from './invoices';
import { mandate } from './mandate';

/** What the platform ships with. A tenant’s own version of one goes before it. */
export const templates: Readonly<Record<DocumentKind, Template>> = {
  quote,
  mandate,
  deposit_receipt: depositReceipt,
  purchase_contract: purchaseContract,
  proforma,
  prepayment_invoice: prepaymentInvoice,
  invoice,
  credit_note: creditNote,
  handover_protocol: handoverProtocol,
  registration_poa: registrationPoa,
  odometer_statement: odometerStatement,
  bill_of_sale: billOfSale,
};
