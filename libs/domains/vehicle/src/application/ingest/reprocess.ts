import { Inject, Injectable } from '@nestjs/common';
import { type Refusal, type Result, ok, refuse } from '@autobroker/kernel';
import { type Database, databaseOf } from '@autobroker/platform/database';
import type { Requester } from '../requester';
import { acceptedOf, IngestListings, inOrder, newsOfWaiting } from './ingest-listings';
import { ListingStore } from '../ports';
import { Quarantine, type Onlooker, type Which } from './quarantine';
import { sourceLocks } from './take-in';

export interface Reprocessed {
  readonly tried: number;
  readonly accepted: number;
  readonly waiting: number;
  /** Where to go on; null when nothing is left. */
  readonly next: string | null;
}

const batch = 200;
/** One call goes on for so many at the most; the rest is for the next one. */
const mostAtOnce = 10_000;

/** Gives what waits in quarantine another try, after rules or words have become better; or gives it up. */
@Injectable()
export class Reprocess {
  constructor(
    @Inject(databaseOf('vehicle')) private readonly db: Database,
    private readonly quarantine: Quarantine,
    private readonly ingest: IngestListings,
    private readonly listings: ListingStore,
  ) {}

  async one(id: string, by: Requester): Promise<Result<Reprocessed, Refusal<'not_found'>>> {
    const done = await this.some({ ids: [id] }, 1, by);
    return done.tried === 0 ? refuse('not_found', 'Nothing waits under this id') : ok(done);
  }

  async all(which: { readonly source?: string; readonly reason?: string; readonly after?: string }, by: Requester): Promise<Reprocessed> {
    let total: Reprocessed = { tried: 0, accepted: 0, waiting: 0, next: which.after ?? null };
    while (total.tried < mostAtOnce) {
      const { next } = total;
      const done = await this.some({ ...which, ...(next === null ? {} : { after: next }) }, batch, by);
      total = { tried: total.tried + done.tried, accepted: total.accepted + done.accepted, waiting: total.waiting + done.waiting, next: done.next };
      if (done.next === null) break;
    }
    return total;
  }

  discard(id: string, note: string, by: Requester): Promise<Result<void, Refusal<'not_found'>>> {
    return this.db.transaction(async (tx) => {
      if (!(await this.quarantine.discarded(tx, id, by, by.actor.id, note, this.db.clock.now()))) return refuse('not_found', 'Nothing waits under this id');
      await tx.audit({ actor: by.actor, action: 'quarantine.discarded', object: { type: 'quarantine', id }, tenantId: null, reason: note, from: by.from });
      return ok();
    });
  }

  private some(which: Which, limit: number, by: Requester): Promise<Reprocessed> {
    const now = this.db.clock.now();
    // The service itself goes through everybody's.
    const onlooker: Onlooker | null = by.actor.kind === 'system' ? null : by;
    return this.db.transaction(async (tx) => {
      // Sources before rows, as whoever takes in what was just captured does: the other way round each would wait for the other.
      await this.listings.lock(tx, sourceLocks(await this.quarantine.sourcesOf(tx, which, onlooker, limit)));
      const rows = await this.quarantine.claim(tx, which, onlooker, limit);
      const accepted: string[] = [];
      for (const [owner, theirs] of [...Map.groupBy(rows, (row) => row.ownerTenantId)].toSorted(([a], [b]) => inOrder(a, b))) {
        accepted.push(...acceptedOf(theirs, await this.ingest.run(tx, owner, newsOfWaiting(theirs), now, by)));
      }
      if (accepted.length > 0) {
        await this.quarantine.accepted(tx, accepted, by.actor.id, now);
        await tx.auditAll(accepted.map((id) => ({ actor: by.actor, action: 'quarantine.accepted', object: { type: 'quarantine', id }, tenantId: null, from: by.from })));
      }
      return { tried: rows.length, accepted: accepted.length, waiting: rows.length - accepted.length, next: rows.length < limit ? null : (rows.at(-1)?.id ?? null) };
    });
  }
}
