import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf, systemScope } from '@autobroker/platform/database';
import type { DocumentRecord } from '../domain/document';
import type { Paper } from '../domain/paper/paper';
import { SealedContent } from './content';
import { DocumentStore, Orders, PeopleToForget } from './ports';
import type { OrderParties } from './sale';

const across = systemScope('documents are written by jobs');

/** Who takes part in an order: as the order service says it, or for somebody who is being forgotten, as their last paper has it. */
@Injectable()
export class KnownParties {
  constructor(
    @Inject(databaseOf('documents')) private readonly db: Database,
    private readonly orders: Orders,
    private readonly documents: DocumentStore,
    private readonly people: PeopleToForget,
    private readonly sealed: SealedContent,
  ) {}

  async of({ orderId, tenantId, context }: DocumentRecord, buyerId: string | null): Promise<OrderParties | null> {
    const told = await this.orders.parties(orderId, tenantId);
    if (told !== null || buyerId === null || !(await this.people.isWaiting(buyerId))) return told;
    const written = (await this.documents.ofOrder(across, this.db, orderId)).filter(({ number, erasedAt }) => number !== null && erasedAt === null).toReversed();
    // An invoice is taken back from whom it was written to.
    for (const { id } of [...written.filter(({ id }) => id === context.credits), ...written]) {
      const content = await this.sealed.frozen(buyerId, await this.documents.content(id));
      if (content !== null) return partiesIn(content.paper);
    }
    return null;
  }

  /** Nobody can say any more who they were, and nobody will. */
  isForgotten(buyerId: string): Promise<boolean> {
    return this.people.isForgotten(buyerId);
  }
}

const partiesIn = ({ parties, vehicle, contract, inspection, handover, kept, withdrawal, refundMatrix }: Paper): OrderParties => ({ ...parties, vehicle, contract, inspection, handover, kept: kept ?? null, withdrawal, refundMatrix });
