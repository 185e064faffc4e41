import { type Capacity, type DocumentKind, type OrderState, type PaymentMethod, sellsAsOwn, type SignerRole } from '@autobroker/kernel';
import type { InvoiceFigures } from './invoice/figures';
import type { Language } from './paper/paper';

/**
 * Planned by an event or by hand; numbered when its content is frozen; issued when its file is stored. Withdrawn is what was
 * planned and never got a number, so that numbers have no gaps. Void is what got one and can't be issued: its number stays in
 * the books, and it counts for nothing.
 */
export const documentStates = ['planned', 'numbered', 'issued', 'withdrawn', 'void'] as const;
export type DocumentState = (typeof documentStates)[number];

export interface StoredFile {
  readonly key: string;
  readonly sha256: string;
  readonly size: number;
}

export interface DocumentRecord {
  readonly id: string;
  readonly tenantId: string;
  readonly orderId: string;
  /** Null until the order is known here. */
  readonly buyerId: string | null;
  readonly kind: DocumentKind;
  /** What it is issued for, once: the order, a payment, an invoice that is taken back. */
  readonly occasion: string;
  readonly version: number;
  readonly state: DocumentState;
  readonly language: Language | null;
  readonly number: string | null;
  readonly replaces: string | null;
  readonly reason: string | null;
  /** Facts of the event that asked for it: plain, and nobody's personal data. */
  readonly context: DocumentContext;
  readonly templateVersion: number | null;
  readonly figures: InvoiceFigures | null;
  readonly contentHash: string | null;
  readonly file: StoredFile | null;
  readonly signedFile: StoredFile | null;
  readonly signers: readonly SignerRole[];
  readonly signedBy: readonly SignerRole[];
  /** Why it can't be issued as things are, for the broker's people. */
  readonly problem: string | null;
  readonly plannedAt: Date;
  readonly numberedAt: Date | null;
  readonly issuedAt: Date | null;
  /** Its file and what it said are gone; that it existed stays. */
  readonly erasedAt: Date | null;
  /** Since when nobody tries any more to issue it, or to seal it: `problem` says why. */
  readonly endedAt: Date | null;
}

export interface DocumentContext {
  readonly paymentId?: string | undefined;
  readonly method?: PaymentMethod | undefined;
  readonly amount?: number | undefined;
  readonly captureBefore?: string | null | undefined;
  readonly at?: string | undefined;
  readonly credits?: string | undefined;
  /** Until when what it offers holds: the sale goes on to other deadlines. */
  readonly dueAt?: string | null | undefined;
}

export const isComplete = ({ signers, signedBy }: Pick<DocumentRecord, 'signers' | 'signedBy'>): boolean => signers.length > 0 && signers.every((role) => signedBy.includes(role));

/** Its file is still to be written, or the copy that shows who signed it; and somebody tries. */
export const isUnfinished = (document: Pick<DocumentRecord, 'state' | 'signers' | 'signedBy' | 'signedFile' | 'endedAt'>): boolean =>
  document.endedAt === null && (document.state === 'numbered' || (document.state === 'issued' && isComplete(document) && document.signedFile === null));

/** Where all of its files lie, and no other's. */
export const folderOf = ({ tenantId, orderId, id }: Pick<DocumentRecord, 'tenantId' | 'orderId' | 'id'>): string => `documents/${tenantId}/${orderId}/${id}/`;

/** What is issued when an order comes into a state. Credit notes are not in it: each goes by an invoice. */
const documentsAt: Readonly<Partial<Record<OrderState | 'contract_ready', readonly DocumentKind[]>>> = {
  requested: ['quote', 'mandate'],
  deposit_held: ['deposit_receipt'],
  contract_ready: ['purchase_contract'],
  contracted: ['proforma'],
  balance_paid: ['invoice'],
  titling: ['registration_poa'],
  delivered: ['handover_protocol'],
};

/** What the papers of a car need in America besides. */
const americanTitling: readonly DocumentKind[] = ['odometer_statement', 'bill_of_sale'];

export const documentsFor = (step: OrderState | 'contract_ready', country: string): readonly DocumentKind[] => {
  const kinds = documentsAt[step] ?? [];
  return step === 'titling' && country === 'US' ? [...kinds, ...americanTitling] : kinds;
};

/** Who has to put a name under it. Who sells in its own name signs as the broker that it is. */
export function signersOf(kind: DocumentKind, capacity: Capacity): readonly SignerRole[] {
  const seller: SignerRole = sellsAsOwn(capacity) ? 'broker' : 'seller';
  switch (kind) {
    case 'mandate':
      return ['buyer'];
    case 'purchase_contract':
      return ['buyer', seller];
    case 'handover_protocol':
      return ['buyer', 'broker'];
    case 'registration_poa':
      return ['buyer'];
    case 'odometer_statement':
    case 'bill_of_sale':
      return [seller, 'buyer'];
    default:
      return [];
  }
}

/** What else is known where somebody is about to sign. */
export interface SigningSight {
  readonly replacedBy: string | null;
  readonly isCancelled: boolean;
}

/** Why nobody signs it any more. Of a sale that came to nothing only that is signed which tells what has happened. */
export function overFor({ kind }: Pick<DocumentRecord, 'kind'>, { replacedBy, isCancelled }: SigningSight): string | null {
  if (replacedBy !== null) return 'A newer version has taken its place';
  return isCancelled && kind !== 'handover_protocol' ? 'The sale has come to nothing' : null;
}

export const isToBeSigned = (kind: DocumentKind): boolean => signersOf(kind, 'dealer').length > 0;

const invoiceKinds: readonly DocumentKind[] = ['invoice', 'prepayment_invoice', 'credit_note'];
export const isInvoiceKind = (kind: DocumentKind): boolean => invoiceKinds.includes(kind);
/** What a credit note can take back. */
export const creditable: readonly DocumentKind[] = ['invoice', 'prepayment_invoice'];

type Correcting = Pick<DocumentRecord, 'replaces' | 'context' | 'state'>;
/** Withdrawn or void: it never came to anything. */
export const cameToNothing = ({ state }: Pick<DocumentRecord, 'state'>): boolean => state === 'withdrawn' || state === 'void';
/** Whether one of an order's documents has taken the place of this one. What came to nothing has not. */
export const isReplaced = (id: string, theirs: readonly Correcting[]): boolean => theirs.some((one) => one.replaces === id && !cameToNothing(one));
export const isTakenBack = (id: string, theirs: readonly Correcting[]): boolean => theirs.some((one) => one.context.credits === id && !cameToNothing(one));

type Versioned = Pick<DocumentRecord, 'kind' | 'occasion' | 'number' | 'version'>;
/** After all of its kind that were for the same, or had the same number: one that came to nothing has had its version as well. */
export const versionAfter = ({ kind, occasion, number }: Pick<Versioned, 'kind' | 'occasion' | 'number'>, theirs: readonly Versioned[]): number =>
  1 + Math.max(0, ...theirs.filter((one) => one.kind === kind && (one.occasion === occasion || (number !== null && one.number === number))).map(({ version }) => version));

/** The occasion of what no step asks for, but somebody. */
export const askedFor = (id: string): string => `asked:${id}`;

/** They tell of money that has moved, whatever becomes of the sale. */
const toldOfMoney: readonly DocumentKind[] = ['credit_note', 'deposit_receipt'];
export const tellsOfMoney = (kind: DocumentKind): boolean => toldOfMoney.includes(kind);

/** Whether a document that waits for its number is still to come when its order is cancelled: what tells of money, and what was asked for since and invoices nothing. */
export const outlivesCancellation = ({ kind, occasion, replaces }: Pick<DocumentRecord, 'kind' | 'occasion' | 'replaces'>): boolean =>
  tellsOfMoney(kind) || (!creditable.includes(kind) && (replaces !== null || occasion.startsWith(askedFor(''))));
