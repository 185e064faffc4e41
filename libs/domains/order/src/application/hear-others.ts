import { Inject, Injectable } from '@nestjs/common';
import type { DocumentKind, SignerRole } from '@autobroker/kernel';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { systemBy } from './caller';
import { OrderDesk } from './order-desk';
import { Compensations, OpsQueue, OrderStore, Parties, Surroundings } from './ports';

export interface HeardPaper {
  readonly documentId: string;
  readonly orderId: string;
  readonly kind: DocumentKind;
  readonly version: number;
}

const moves: readonly DocumentKind[] = ['purchase_contract'];

/** What the documents service says: papers are kept, and a contract that everybody has signed moves the sale on. */
@Injectable()
export class HearDocuments {
  constructor(
    @Inject(databaseOf('orders')) private readonly db: Database,
    private readonly desk: OrderDesk,
    private readonly around: Surroundings,
    private readonly compensations: Compensations,
  ) {}

  async issued(tx: Tx, paper: HeardPaper & { readonly issuedAt: Date; readonly timeZone: string | null }): Promise<void> {
    await this.around.paperIssued(tx, paper);
    if (paper.kind === 'credit_note') await this.compensations.done(tx, paper.orderId, 'annul_documents', this.db.clock.now());
    else if (moves.includes(paper.kind)) await this.follow(tx, paper.orderId);
  }

  async signed(tx: Tx, paper: HeardPaper & { readonly role: SignerRole; readonly complete: boolean; readonly signedAt: Date }): Promise<void> {
    await this.around.paperSigned(tx, paper);
    if (paper.complete && moves.includes(paper.kind)) await this.follow(tx, paper.orderId);
  }

  private async follow(tx: Tx, orderId: string): Promise<void> {
    await this.desk.changeIn(tx, orderId, systemBy('hear-documents'), (open) => {
      open.followUp();
    });
  }
}

/** Somebody is forgotten: who they were can't be read any more, and what they have not paid for comes to nothing. */
@Injectable()
export class ForgetPerson {
  constructor(
    private readonly desk: OrderDesk,
    private readonly store: OrderStore,
    private readonly parties: Parties,
    private readonly queue: OpsQueue,
  ) {}

  async run(tx: Tx, personId: string): Promise<void> {
    const by = systemBy('forget-person');
    const forgotten = await this.parties.forget(tx, personId);
    const open = await this.store.openOf(tx, personId);
    for (const id of open) {
      await this.desk.changeIn(tx, id, by, async (one) => {
        const { order, now } = one;
        // What is held or paid is not simply let go: somebody has to look.
        if (order.deposit !== null) await this.queue.add(tx, order, { kind: 'buyer_erased', detail: 'the buyer was forgotten while money is held', dedupe: 'buyer_erased' }, now);
        else one.move('cancel', 'staff', { ending: { reason: 'buyer_erased', fault: 'nobody' } });
      });
    }
    if (forgotten + open.length > 0) await tx.audit({ ...by, action: 'order.person_forgotten', object: { type: 'user', id: personId }, tenantId: null, after: { parties: forgotten, orders: open.length } });
  }
}
