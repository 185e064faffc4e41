import { Inject, Injectable } from '@nestjs/common';
import { listingChecked } from '@autobroker/contracts';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { checkedData } from './emit-listings';
import { Frontier, type JobRow, KnownListings } from './ports';
import { RequestRuns, type RequestedRuns } from './request-runs';

/** One offer at one source. */
export interface OfferRef {
  readonly source: string;
  readonly externalId: string;
  /** Where it was seen, for a source whose addresses can't be made of the number alone. */
  readonly url?: string | null;
}

export interface CheckWish {
  readonly origin: Extract<JobRow['origin'], 'staff' | 'order'>;
  readonly offers: readonly OfferRef[];
}

/**
 * Looks at offers now, because somebody asks: one run for each source, and for each offer one `listing.checked` with its
 * status and, where the page says it surely, its price. What can't be looked at is told as `unknown`, at once or when its
 * run ends.
 */
@Injectable()
export class CheckListings {
  constructor(
    @Inject(databaseOf('scraper')) private readonly db: Database,
    private readonly requests: RequestRuns,
    private readonly frontier: Frontier,
    private readonly known: KnownListings,
  ) {}

  /** With the caller's transaction: the runs begin when it commits. */
  async run(tx: Tx, { origin, offers }: CheckWish): Promise<RequestedRuns> {
    const now = this.db.clock.now();
    const bySource = new Map<string, OfferRef[]>();
    for (const offer of new Map(offers.map((one) => [`${one.source}:${one.externalId}`, one])).values()) bySource.set(offer.source, [...(bySource.get(offer.source) ?? []), offer]);
    const readable = await this.requests.readable([...bySource.keys()]);
    const requested = await this.requests.run(tx, { origin, kind: 'verify', sources: readable });
    for (const { id, source } of requested.runs) {
      const asked = bySource.get(source) ?? [];
      const known = await this.known.find(source, asked.map(({ externalId }) => externalId));
      const rows = asked.map(({ externalId, url }) => ({ key: `check:${externalId}`, kind: 'check' as const, url: known.get(externalId)?.url ?? url ?? null, externalId, payload: { for: 'check' as const, asked: true } }));
      await this.frontier.add(tx, id, rows);
    }
    const unread = [...bySource].filter(([source]) => !readable.includes(source)).flatMap(([, asked]) => asked);
    for (const { source, externalId, url } of unread) {
      const data = checkedData({ source, externalId, url: url ?? null, reason: 'asked', status: 'unknown', price: null }, now);
      await tx.publish(listingChecked, { key: `${source}:${externalId}`, tenantId: null, data });
    }
    return requested;
  }
}
