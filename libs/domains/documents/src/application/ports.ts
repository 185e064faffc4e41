import type { DocumentKind, SignerRole } from '@autobroker/kernel';
import type { Database, TenantScope, Tx } from '@autobroker/platform/database';
import type { DocumentRecord, DocumentState, SigningSight, StoredFile } from '../domain/document';
import type { InvoiceFigures } from '../domain/invoice/figures';
import type { Composed, Piece } from '../domain/paper/composed';
import type { Branding, Language } from '../domain/paper/paper';
import type { Template } from '../domain/paper/template';
import type { OrderParties, Sale } from './sale';

export interface Numbered {
  readonly number: string;
  readonly language: Language;
  readonly buyerId: string;
  readonly templateVersion: number;
  readonly figures: InvoiceFigures | null;
  readonly contentSealed: string;
  readonly contentHash: string;
  readonly signers: readonly SignerRole[];
  readonly at: Date;
  readonly keptUntil: Date | null;
}

export type BuyersDocument = DocumentRecord & { readonly keptUntil: Date | null; readonly tryAt: Date | null; readonly tries: number };
export type DueDocument = Pick<DocumentRecord, 'id' | 'tenantId' | 'kind' | 'state' | 'problem'> & { readonly tries: number };
export type Hastened = Pick<DocumentRecord, 'id' | 'tenantId' | 'kind'>;

export abstract class DocumentStore {
  /** The ids of those that were new: the same kind for the same occasion is planned once. */
  abstract plan(tx: Tx, documents: readonly Pick<DocumentRecord, 'id' | 'tenantId' | 'orderId' | 'buyerId' | 'kind' | 'occasion' | 'version' | 'language' | 'replaces' | 'reason' | 'context' | 'plannedAt'>[]): Promise<string[]>;
  abstract byId(scope: TenantScope, on: Database | Tx, id: string): Promise<DocumentRecord | null>;
  abstract lock(scope: TenantScope, tx: Tx, id: string): Promise<DocumentRecord | null>;
  abstract ofOrder(scope: TenantScope, on: Database | Tx, orderId: string): Promise<DocumentRecord[]>;
  /** A sale that is known, whose it is, and its documents: one look, since whoever waits for a paper asks often. */
  abstract ofSale(scope: TenantScope, orderId: string): Promise<{ readonly buyerId: string; readonly documents: readonly DocumentRecord[] } | null>;
  /** The latest that has taken the place of this one, if any. */
  abstract successorOf(scope: TenantScope, on: Database | Tx, id: string): Promise<string | null>;
  /** The next number of a series: whoever else wants one waits until this transaction has ended. */
  abstract nextNumber(tx: Tx, tenantId: string, series: string): Promise<number>;
  abstract number(tx: Tx, id: string, numbered: Numbered): Promise<void>;
  /** Whether it had its number, no file yet, and its person is not forgotten. */
  abstract issue(tx: Tx, id: string, file: StoredFile, at: Date): Promise<boolean>;
  abstract withdraw(tx: Tx, id: string, problem: string): Promise<void>;
  /**
   * It can't be issued, or not be sealed, ever: what only had its number is void, what was issued stays so. Nothing of it is
   * lost, and nobody tries any more. Its state then; null where it had ended already, or was done.
   */
  abstract end(tx: Tx, id: string, problem: string, at: Date): Promise<DocumentRecord['state'] | null>;
  abstract blame(id: string, problem: string): Promise<void>;
  /** Whether it was not known yet. */
  abstract blameOnce(tx: Tx, id: string, problem: string): Promise<boolean>;
  /** What it said when it got its number, sealed under the buyer's key. */
  abstract content(id: string): Promise<string | null>;
  abstract signed(tx: Tx, id: string, role: SignerRole, at: Date): Promise<void>;
  /** Whether there was no signed copy of it yet, and its person is not forgotten. */
  abstract sealed(tx: Tx, id: string, file: StoredFile): Promise<boolean>;
  /**
   * Takes those whose turn it is, the longest waiting first: what could not be issued or sealed yet, or whose job was lost. Each
   * comes again after the next of `patience`'s seconds, behind all others; after the last at the slow pace, or not at all where it
   * is only planned.
   */
  abstract due(at: Date, patience: readonly number[], limit: number): Promise<DueDocument[]>;
  /** How many have been tried more often than that and are tried on, by what keeps them. */
  abstract overdue(tries: number): Promise<{ readonly problem: string; readonly count: number }[]>;
  /** What an order's documents waited for has happened: they are asked for soon again, and with new patience. Those that waited. */
  abstract hasten(tx: Tx, tenantId: string, orderId: string, at: Date): Promise<readonly Hastened[]>;
  /** Locked, as whoever writes or signs them locks them. */
  abstract ofBuyer(tx: Tx, buyerId: string): Promise<BuyersDocument[]>;
  /** Asked for soon, and with new patience, whatever it waits for. */
  abstract askSoon(tx: Tx, id: string, at: Date): Promise<void>;
  abstract erase(tx: Tx, id: string, at: Date): Promise<void>;
  /** Erased people's documents that no law holds any more. */
  abstract outlived(at: Date, limit: number): Promise<DocumentRecord[]>;
  /**
   * Takes those that are erased and not known to be gone from the store, and whose turn it is, the longest waiting first. Each
   * comes again after the next of `patience`'s seconds, behind all others, and after the last ones for as long as it takes.
   */
  abstract withFilesLeft(at: Date, patience: readonly number[], limit: number): Promise<DocumentRecord[]>;
  abstract filesGone(id: string): Promise<void>;
  /** Something was stored after it was erased: its files are left again. Null where it is not erased. */
  abstract filesCame(id: string, at: Date): Promise<DocumentRecord | null>;
}

export interface DocumentFilter {
  /** None: all of them. */
  readonly kinds: readonly DocumentKind[];
  readonly states: readonly DocumentState[];
  /** `any` or `none`, or exactly this one. */
  readonly problem: string | null;
}

export interface ListWindow {
  readonly limit: number;
  readonly offset: number;
  readonly after: string | null;
}

export type ListedDocument = DocumentRecord & { readonly replacedBy: string | null };

/** The documents of all of a tenant's orders, the latest first. */
export abstract class DocumentLists {
  abstract page(scope: TenantScope, filter: DocumentFilter, window: ListWindow): Promise<{ readonly items: readonly ListedDocument[]; readonly total: number; readonly next: string | null }>;
}

/** Who waits to be forgotten, until what the law keeps of them is written. */
export abstract class PeopleToForget {
  /** Whether they did not wait already. */
  abstract add(tx: Tx, personId: string, at: Date): Promise<boolean>;
  /** Takes those whose turn it is; each comes again in a minute, behind all others. */
  abstract due(at: Date, limit: number): Promise<string[]>;
  abstract done(tx: Tx, personId: string): Promise<void>;
  abstract isWaiting(personId: string): Promise<boolean>;
  /** What was sealed for them can't be read any more, and nothing can be sealed for them. */
  abstract isForgotten(personId: string): Promise<boolean>;
}

export abstract class SaleStore {
  abstract find(on: Database | Tx, orderId: string): Promise<Sale | null>;
  abstract lock(tx: Tx, orderId: string): Promise<Sale | null>;
  /** For one that was not there: nobody else finds it so until the transaction ends. Not null where it has come meanwhile. */
  abstract lockUnknown(tx: Tx, orderId: string): Promise<Sale | null>;
  abstract ofBuyer(tx: Tx, buyerId: string): Promise<Pick<Sale, 'orderId' | 'state'>[]>;
  abstract save(tx: Tx, sale: Sale, at: Date): Promise<void>;
}

export interface SignatureRecord {
  readonly id: string;
  readonly tenantId: string;
  readonly documentId: string;
  readonly role: SignerRole;
  readonly method: SignatureMethod;
  readonly signedBy: string | null;
  readonly documentSha256: string;
  readonly ipHash: string | null;
  readonly consent: string;
  readonly evidenceSealed: string | null;
  readonly previousHash: string | null;
  readonly evidenceHash: string;
  readonly signedAt: Date;
}

export const signatureMethods = ['click', 'drawn', 'on_paper', 'provider'] as const;
export type SignatureMethod = (typeof signatureMethods)[number];

export abstract class SignatureStore {
  abstract insert(tx: Tx, signature: SignatureRecord): Promise<void>;
  abstract ofDocument(scope: TenantScope, on: Database | Tx, documentId: string): Promise<SignatureRecord[]>;
  /** What a signature has to know of others, once the document is locked: whether another has taken its place, and the hash of the last one before. */
  abstract beforeSigning(scope: TenantScope, tx: Tx, document: Pick<DocumentRecord, 'id' | 'orderId'>): Promise<SigningSight & { readonly previousHash: string | null }>;
}

export interface StoredTemplate {
  readonly template: Template;
  readonly createdAt: Date | null;
}

export abstract class TemplateStore {
  /** The tenant's newest of a kind; null where it has none of its own. */
  abstract latest(scope: TenantScope, on: Database | Tx, kind: DocumentKind): Promise<StoredTemplate | null>;
  abstract versions(scope: TenantScope, kind: DocumentKind): Promise<StoredTemplate[]>;
  abstract add(tx: Tx, row: { readonly id: string; readonly tenantId: string; readonly template: Template; readonly createdBy: string | null; readonly createdAt: Date }): Promise<void>;
  abstract branding(scope: TenantScope, on: Database | Tx): Promise<{ readonly version: number; readonly branding: Branding } | null>;
  abstract saveBranding(tx: Tx, tenantId: string, version: number, branding: Branding, at: Date): Promise<boolean>;
}

/** What a document is written from, as it stands together; null is what the tenant has none of its own of. */
export interface Desk {
  readonly document: DocumentRecord;
  readonly sale: Sale | null;
  readonly template: Template | null;
  readonly branding: Branding | null;
}

export abstract class WritingDesk {
  /** One look at all of it, whoever's it is: a change of any is seen by what is written after it. */
  abstract of(documentId: string): Promise<Desk | null>;
  /** Both locked, the sale first, as they are then. Null where either is not there. */
  abstract lock(tx: Tx, orderId: string, documentId: string): Promise<{ readonly sale: Pick<Sale, 'version' | 'state'>; readonly document: DocumentRecord } | null>;
}

/** Asks the order service. */
export abstract class Orders {
  /** Null where the order is not there (yet). Throws where the service does not answer. */
  abstract parties(orderId: string, tenantId: string): Promise<OrderParties | null>;
}

export interface PageRequest {
  readonly composed: Composed;
  /** SHA-256 of the content, hex. */
  readonly contentHash: string;
  /** The invoice as data, which goes into the file. */
  readonly invoiceXml: string | null;
  /** What is added to a signed copy: who signed, when, and how. */
  readonly evidence: { readonly title: string; readonly pieces: readonly Piece[] } | null;
}

/** The platform's own signature on a file: whoever reads it sees whether a byte of it has changed since. */
export abstract class PlatformSeal {
  abstract sign(pdf: Buffer, details: { readonly at: Date; readonly reason: string; readonly by: string }): Buffer;
}

/** Writes a file, off the event loop. */
export abstract class Printer {
  abstract print(request: PageRequest, signal?: AbortSignal): Promise<Buffer>;
}
