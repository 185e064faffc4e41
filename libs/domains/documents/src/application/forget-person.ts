import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { errors } from '@autobroker/platform/telemetry';
import { type DocumentRecord, isUnfinished } from '../domain/document';
import { isOverdue } from '../domain/patience';
import { isHeld, isVoucher, needsItsBuyer } from '../domain/retention';
import { SealedContent } from './content';
import { DocumentFiles } from './document-files';
import { type BuyersDocument, DocumentStore, PeopleToForget, SaleStore } from './ports';

/**
 * Somebody asked to be forgotten. What no law holds goes at once; what one holds stays as a file until its day, while what we
 * could still read of the person in the database can't be read any more. That there was a document, with its number, stays.
 *
 * What the law wants and what is still to be written, a file or the whole of a voucher, needs what we can read: the key waits for it, for the two
 * weeks in which it is tried with patience. It waits for the end of a sale that is under way, too: what is invoiced of it then, or
 * taken back, names whom its last paper names. It waits for nothing else.
 */
@Injectable()
export class ForgetPerson {
  constructor(
    @Inject(databaseOf('documents')) private readonly db: Database,
    private readonly store: DocumentStore,
    private readonly people: PeopleToForget,
    private readonly sales: SaleStore,
    private readonly sealed: SealedContent,
    private readonly files: DocumentFiles,
  ) {}

  async run(tx: Tx, personId: string): Promise<void> {
    const now = this.db.clock.now();
    // The sales first: one that is seen to have ended has all its last papers planned by then.
    const open = (await this.sales.ofBuyer(tx, personId)).filter(({ state }) => needsItsBuyer(state)).map(({ orderId }) => orderId);
    const theirs = await this.store.ofBuyer(tx, personId);
    const [gone, held]: [DocumentRecord[], BuyersDocument[]] = [[], []];
    for (const document of theirs) {
      if (document.erasedAt !== null || document.state === 'withdrawn') continue;
      if (document.state === 'planned' ? isVoucher(document.kind) : isHeld(document, now)) held.push(document);
      else if (document.state === 'planned') await this.store.withdraw(tx, document.id, 'person_erased');
      else {
        if (isUnfinished(document)) await this.files.endIn(tx, document, 'person_erased');
        await this.store.erase(tx, document.id, now);
        gone.push(document);
      }
    }
    const unfinished = held.filter((document) => document.state === 'planned' || isUnfinished(document));
    tx.afterCommit(() => void this.removeFiles(gone));
    const isTried = unfinished.some(({ tryAt, tries }) => tryAt !== null && !isOverdue(tries));
    if (isTried || open.length > 0) return this.wait(tx, personId, now, unfinished, { erased: gone.length, unfinished: unfinished.map(({ id }) => id), sales: open });
    // Nobody tries these any more but in hope, and now nobody can.
    for (const document of unfinished) {
      if (document.state === 'planned') await this.store.withdraw(tx, document.id, 'person_erased');
      else await this.files.endIn(tx, document, 'person_erased');
    }
    await this.sealed.destroy(tx, personId);
    await this.people.done(tx, personId);
    if (theirs.length > 0) await this.audit(tx, personId, 'document.forgotten', { erased: gone.length, kept: held.length });
  }

  /** Those who wait: done once what is to be kept of them is written, or can't be. */
  async finish(at: Date, limit: number, signal: AbortSignal): Promise<void> {
    for (const personId of await this.people.due(at, limit)) {
      signal.throwIfAborted();
      await this.db.transaction((tx) => this.run(tx, personId)).catch((error: unknown) => errors.report(error, 'documents.forget', { person_id: personId }));
    }
  }

  private async wait(tx: Tx, personId: string, now: Date, unfinished: readonly BuyersDocument[], after: object): Promise<void> {
    if (!(await this.people.add(tx, personId, now))) return;
    for (const { id } of unfinished) await this.store.askSoon(tx, id, now);
    await this.audit(tx, personId, 'document.forgetting', after);
  }

  private audit(tx: Tx, personId: string, action: string, after: object): Promise<void> {
    return tx.audit({ actor: { kind: 'system', id: 'documents.forget' }, action, object: { type: 'user', id: personId }, tenantId: null, after });
  }

  /** Files whose rows are erased. One that stays because the store was away is tried again by the sweep. */
  private async removeFiles(documents: readonly DocumentRecord[]): Promise<void> {
    for (const document of documents) await this.files.removeErased(document).catch((error: unknown) => errors.report(error, 'documents.forget', { document_id: document.id }));
  }
}
