import { Inject, Injectable } from '@nestjs/common';
import { documentIssued } from '@autobroker/contracts';
import { dayIn } from '@autobroker/kernel';
import { type Database, databaseOf, PersonErasedError, systemScope, type Tx } from '@autobroker/platform/database';
import { cameToNothing, type DocumentRecord, folderOf, isInvoiceKind, outlivesCancellation, signersOf, type StoredFile } from '../domain/document';
import { payable } from '../domain/invoice/figures';
import { writeCii } from '../domain/invoice/cii';
import { eInvoiceOf } from '../domain/invoice/from-paper';
import { numberIn, seriesOf } from '../domain/numbering';
import { compose } from '../domain/paper/compose';
import type { Paper } from '../domain/paper/paper';
import { keptUntil } from '../domain/retention';
import { contentHashOf, type FrozenContent, SealedContent } from './content';
import { DocumentFiles } from './document-files';
import { KnownParties } from './known-parties';
import { type Desk, DocumentStore, Orders, Printer, SaleStore, WritingDesk } from './ports';
import { ownOrShipped, TemplateShelf } from './template-shelf';
import { WritePaper } from './write-paper';

const across = systemScope('documents are issued by jobs');
const bySystem = { kind: 'system', id: 'documents.issue' } as const;

/** What the preparation of a document asks and writes. */
@Injectable()
export class DocumentSources {
  constructor(
    readonly sales: SaleStore,
    readonly orders: Orders,
    readonly known: KnownParties,
    readonly shelf: TemplateShelf,
    readonly writing: WritePaper,
    readonly desk: WritingDesk,
  ) {}
}

/** What has just got its number, and what it says. */
interface Written {
  readonly document: DocumentRecord;
  readonly content: FrozenContent;
}

/** It can't be issued yet, and may be later: the job is tried again, and then a sweep asks. */
class NotYetError extends Error {
  override readonly name = 'NotYetError';
}

/**
 * From plan to file. The number, the frozen content and the record of both are one transaction, whose row of the series is
 * locked: no number without a document. The file follows, the same however often it is written, and then the event.
 */
@Injectable()
export class IssueDocument {
  constructor(
    @Inject(databaseOf('documents')) private readonly db: Database,
    private readonly store: DocumentStore,
    private readonly sources: DocumentSources,
    private readonly sealed: SealedContent,
    private readonly printer: Printer,
    private readonly files: DocumentFiles,
  ) {}

  async run(id: string, signal?: AbortSignal): Promise<DocumentRecord['state'] | 'missing'> {
    const desk = await this.sources.desk.of(id);
    if (desk === null) return 'missing';
    if (desk.document.erasedAt !== null) await this.files.dropErased(id);
    const isPlanned = desk.document.state === 'planned';
    const written = isPlanned ? await this.write(desk) : null;
    const document = written?.document ?? (isPlanned ? await this.store.byId(across, this.db, id) : desk.document);
    if (document === null || document.state !== 'numbered') return document?.state ?? 'missing';
    const content = written?.content ?? (document.buyerId === null ? null : await this.sealed.frozen(document.buyerId, await this.store.content(id)));
    if (content === null) return this.files.end(document, 'person_erased');
    const { paper, branding, composed } = content;
    const contentHash = contentHashOf(composed);
    // What was numbered says what it said then, or nothing: it keeps its number, which is void.
    if (contentHash !== document.contentHash) return this.files.end(document, 'content_differs', { content: document.contentHash });
    const invoice = eInvoiceOf(paper, branding);
    const bytes = await this.printer.print({ composed, contentHash, invoiceXml: invoice === null ? null : writeCii(invoice), evidence: null }, signal);
    const { number, version } = document;
    const key = `${folderOf(document)}${number ?? id}${version > 1 ? `-v${version}` : ''}.pdf`;
    const isIssued = await this.issued(document, await this.files.keep(document, key, bytes), paper);
    // Its person may be forgotten since it was read: what no law keeps is not issued, and nothing of it stays.
    return !isIssued && (await this.files.dropErased(id)) ? 'void' : 'issued';
  }

  /** Once more where the sale went on in the midst of it: what is said is what is known at the numbering. */
  private async write(desk: Desk): Promise<Written | null> {
    for (let turn = 0, now: Desk | null = desk; turn < 5 && now?.document.state === 'planned'; turn++) {
      const made = await this.number(now);
      if (made !== 'outrun') return made;
      now = await this.sources.desk.of(desk.document.id);
    }
    return null;
  }

  /**
   * Everything that comes from elsewhere is asked for before the transaction, which is short then. What it says from now on;
   * null where it got no number, or had one; `outrun` where the sale has changed meanwhile.
   */
  private async number(found: Desk): Promise<Written | 'outrun' | null> {
    const { sales, known, writing, desk } = this.sources;
    const { document: planned, sale } = found;
    const { template, branding } = ownOrShipped(found, planned.kind);
    const parties = await known.of(planned, sale?.buyerId ?? planned.buyerId);
    // A payment may be heard of before its order: whoever hears of the order asks for this again.
    if (sale === null) return (await sales.find(this.db, planned.orderId)) === null ? null : 'outrun';
    if (parties === null) {
      if (await known.isForgotten(sale.buyerId)) {
        await this.withdraw(planned, 'person_erased');
        return null;
      }
      // People take their time to say who they are: it is asked for again when they have, and no trouble until then.
      await this.store.blame(planned.id, 'parties_unknown');
      return null;
    }
    const at = this.db.clock.now();
    const theirs = await this.invoicesBeside(planned, this.db);
    const written = await writing.run({ document: planned, sale, parties, settings: template.settings, timeZone: branding.timeZone, at, draft: false });
    if (!written.ok) {
      if (written.error.code !== 'conflict') {
        await this.withdraw(planned, written.error.code);
        return null;
      }
      // The agreed price and the law disagree: somebody has to look, and asks for it again then.
      return this.notYet(planned, written.error.detail ?? 'conflict');
    }
    const draft = written.value;
    try {
      return await this.db.transaction<Written | 'outrun' | null>(async (tx) => {
        // The sale before its documents, as whoever cancels it does: it is cancelled before this or after it.
        const held = await desk.lock(tx, planned.orderId, planned.id);
        if (held?.document.state !== 'planned') return null;
        const { sale: current, document: locked } = held;
        if (current.state === 'cancelled' && !outlivesCancellation(locked)) {
          await this.withdrawIn(tx, locked, 'order_cancelled');
          return null;
        }
        if (current.version !== sale.version || theirs !== (await this.invoicesBeside(locked, tx))) return 'outrun';
        const number = await this.numberFor(tx, locked, draft, at);
        const paper: Paper = { ...draft, number };
        const content: FrozenContent = { paper, branding, composed: compose({ paper, template, branding }) };
        const [signers, contentHash] = [signersOf(paper.kind, paper.order.capacity), contentHashOf(content.composed)];
        const known = { number, language: paper.language, buyerId: sale.buyerId, templateVersion: template.version, figures: paper.invoice, contentHash, signers };
        await this.store.number(tx, locked.id, { ...known, contentSealed: await this.sealed.freeze(tx, sale.buyerId, content), at, keptUntil: keptUntil(paper.kind, at) });
        await tx.audit({ actor: bySystem, action: 'document.numbered', object: { type: 'document', id: locked.id }, tenantId: locked.tenantId, after: { kind: locked.kind, number, version: locked.version, order_id: locked.orderId } });
        return { document: { ...locked, ...known, state: 'numbered', numberedAt: at, problem: null }, content };
      });
    } catch (error) {
      if (!(error instanceof PersonErasedError)) throw error;
      await this.withdraw(planned, 'person_erased');
      return null;
    }
  }

  /** Which invoices an invoice counts with: two that are written at the same time must not miss each other. */
  private async invoicesBeside({ kind, orderId }: DocumentRecord, on: Database | Tx): Promise<string> {
    if (!isInvoiceKind(kind)) return '';
    const theirs = await this.store.ofOrder(across, on, orderId);
    return theirs.filter((document) => isInvoiceKind(document.kind) && document.number !== null && !cameToNothing(document)).map(({ id }) => id).join();
  }

  /** A next version of a contract keeps its number; an invoice, once it is out, is corrected by one with a number of its own. */
  private async numberFor(tx: Tx, { kind, replaces, tenantId }: DocumentRecord, { timeZone }: Paper, at: Date): Promise<string> {
    const before = replaces === null || isInvoiceKind(kind) ? null : await this.store.byId(across, tx, replaces);
    if (before?.number != null) return before.number;
    const series = seriesOf(kind, dayIn(at.toISOString(), timeZone));
    return numberIn(series, await this.store.nextNumber(tx, tenantId, series));
  }

  /** Whether it is issued by this. */
  private async issued(document: DocumentRecord, file: StoredFile, { timeZone }: Paper): Promise<boolean> {
    const now = this.db.clock.now();
    const { id, tenantId, orderId, kind, number, version, replaces, language, signers, figures } = document;
    if (number === null || language === null) return false;
    return this.db.transaction(async (tx) => {
      if (!(await this.store.issue(tx, id, file, now))) return false;
      await tx.audit({ actor: bySystem, action: 'document.issued', object: { type: 'document', id }, tenantId, after: { kind, number, version, sha256: file.sha256 } });
      const total = figures === null ? {} : { total: { amount: payable(figures), currency: figures.currency } };
      await tx.publish(documentIssued, {
        key: orderId,
        tenantId,
        data: { document_id: id, order_id: orderId, kind, number, version, replaces, language, sha256: file.sha256, signers: [...signers], ...total, time_zone: timeZone, issued_at: now.toISOString() },
      });
      return true;
    });
  }

  private async notYet({ id }: DocumentRecord, problem: string): Promise<never> {
    await this.store.blame(id, problem);
    throw new NotYetError(`document ${id}: ${problem}`);
  }

  private withdraw({ id }: DocumentRecord, problem: string): Promise<void> {
    return this.db.transaction(async (tx) => {
      const locked = await this.store.lock(across, tx, id);
      if (locked?.state === 'planned') await this.withdrawIn(tx, locked, problem);
    });
  }

  private async withdrawIn(tx: Tx, { id, tenantId, kind }: DocumentRecord, problem: string): Promise<void> {
    await this.store.withdraw(tx, id, problem);
    await tx.audit({ actor: bySystem, action: 'document.withdrawn', object: { type: 'document', id }, tenantId, after: { kind, problem } });
  }
}
