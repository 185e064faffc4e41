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
  private readonly asking = new Map<string, Promise<OrderParties | null>>();

  constructor(
    @Inject(databaseOf('documents')) private readonly db: Database,
    private readonly orders: Orders,
    private readonly documents: DocumentStore,
    private readonly people: PeopleToForget,
    private readonly sealed: SealedContent,
  ) {}

  async of({ orderId, tenantId, context }: DocumentRecord, buyerId: string | null): Promise<OrderParties | null> {
    const told = await this.asked(orderId, tenantId);
    if (told !== null || buyerId === null || !(await this.people.isWaiting(buyerId))) return told;
    const written = (await this.documents.ofOrder(across, this.db, orderId)).filter(({ number, erasedAt }) => number !== null && erasedAt === null).toReversed();
    // An invoice is taken back from whom it was written to.
    for (const { id } of [...written.filter(({ id }) => id === context.credits), ...written]) {
      const content = await this.sealed.frozen(buyerId, await this.documents.content(id));
      if (content !== null) return partiesIn(content.paper);
    }
    return null;
  }

  /**
   * Papers of one step are written at the same time: who they name is asked once. Not so that nobody is named yet: that may
   * have changed since the other has asked, and whoever was woken by the change must see it.
   */
  private async asked(orderId: string, tenantId: string): Promise<OrderParties | null> {
    const name = `${tenantId} ${orderId}`;
    const others = this.asking.get(name);
    if (others !== undefined) return (await others.catch(() => null)) ?? this.orders.parties(orderId, tenantId);
    const mine = this.orders.parties(orderId, tenantId).finally(() => this.asking.delete(name));
    this.asking.set(name, mine);
    return mine;
  }
}

const partiesIn = ({ parties, vehicle, contract, inspection, handover, kept, withdrawal, refundMatrix }: Paper): OrderParties => ({ ...parties, vehicle, contract, inspection, handover, kept: kept ?? null, withdrawal, refundMatrix });
