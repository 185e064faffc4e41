import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { logger } from '@autobroker/platform/telemetry';
import { offerKey } from '../../domain/offer';
import { vehicleConfig, type VehicleConfig } from '../config';
import { systemRequester } from '../requester';
import { Reprocess } from './reprocess';
import { contentHash, type Sighting } from './sighting';
import { ListingStore } from '../ports';
import { sourceLocks, TakeIn } from './take-in';

export interface HousekeepingReport {
  readonly staleListings: number;
  readonly archivedListings: number;
  /** What waited in quarantine and was taken in after all. */
  readonly quarantineAccepted: number;
  readonly quarantinePruned: number;
  readonly decisionsPruned: number;
  readonly historyPruned: number;
}

const log = logger('vehicle.ingest');
const dayMs = 86_400_000;
const batch = 500;
const keeper = systemRequester('vehicle.housekeeping');

interface StaleRow {
  readonly id: string;
  readonly tenant_id: string | null;
  readonly source: string;
  readonly external_id: string;
  readonly url: string | null;
}

/** What the ingest leaves behind: offers that nobody sees any more, old decisions, what nobody came for. */
@Injectable()
export class IngestHousekeeping {
  constructor(
    @Inject(databaseOf('vehicle')) private readonly db: Database,
    @Inject(vehicleConfig.token) private readonly config: VehicleConfig,
    private readonly takeIn: TakeIn,
    private readonly reprocess: Reprocess,
    private readonly listings: ListingStore,
  ) {}

  async run(now: Date, signal?: AbortSignal): Promise<HousekeepingReport> {
    const before = (days: number): Date => new Date(now.getTime() - days * dayMs);
    const { staleAfterDays, archiveAfterDays, quarantineDays, matchDecisionDays, priceHistoryMonths } = this.config;
    const report = {
      staleListings: staleAfterDays === 0 ? 0 : await this.inBatches(signal, (tx) => this.endStale(tx, before(staleAfterDays), now)),
      archivedListings: archiveAfterDays === 0 ? 0 : await this.inBatches(signal, (tx) => this.archive(tx, before(archiveAfterDays), now)),
      quarantineAccepted: (await this.reprocess.all({}, keeper)).accepted,
      quarantinePruned: await this.inBatches(signal, (tx) => pruneQuarantine(tx, before(quarantineDays))),
      decisionsPruned: await this.inBatches(signal, (tx) => pruneDecisions(tx, before(matchDecisionDays))),
      historyPruned: priceHistoryMonths === 0 ? 0 : await this.inBatches(signal, (tx) => pruneHistory(tx, monthsBefore(now, priceHistoryMonths))),
    };
    // Given up unread is given up nevertheless: it is said how many.
    log.info(report, 'the ingest was tidied up');
    return report;
  }

  private async inBatches(signal: AbortSignal | undefined, work: (tx: Tx) => Promise<number>): Promise<number> {
    let total = 0;
    for (;;) {
      signal?.throwIfAborted();
      const done = await this.db.transaction(work);
      total += done;
      if (done < batch) return total;
    }
  }

  /** What was read from sources is read again while it stands. What somebody handed over stands until they say otherwise. */
  private async endStale(tx: Tx, unseenSince: Date, now: Date): Promise<number> {
    const found = await this.stale(tx, unseenSince);
    // Whoever is taking one of them in just now goes first; what was seen again is not stale.
    await this.listings.lock(tx, sourceLocks(found.map((row) => ({ ownerTenantId: row.tenant_id, source: row.source }))));
    const rows = await this.stale(tx, unseenSince, found.map(({ id }) => id));
    for (const [owner, theirs] of Map.groupBy(rows, (row) => row.tenant_id)) {
      await this.takeIn.run(tx, theirs.map((row) => goneSince(row, now)), { ownerTenantId: owner, match: false, by: keeper, now });
    }
    return found.length;
  }

  /** Of cars that are still on offer elsewhere, or are off the market altogether. */
  private async archive(tx: Tx, endedBefore: Date, now: Date): Promise<number> {
    const found = await tx.query<{ id: string; tenant_id: string | null; source: string }>(
      `select l.id, l.tenant_id, l.source from vehicle.listings l where ${endedLongAgo} order by l.last_seen_at limit $2`,
      [endedBefore, batch],
    );
    // Here too: what is offered anew just now is not put away under the hands of who hears of it.
    await this.listings.lock(tx, sourceLocks(found.map((row) => ({ ownerTenantId: row.tenant_id, source: row.source }))));
    await putAway(tx, found.map(({ id }) => id), endedBefore, now);
    return found.length;
  }

  private stale(tx: Tx, unseenSince: Date, among: readonly string[] | null = null): Promise<StaleRow[]> {
    return tx.query<StaleRow>(
      `select l.id, l.tenant_id, l.source, l.external_id, l.url from vehicle.listings l
       join vehicle.vehicles v on v.id = l.vehicle_id and v.deleted_at is null
       join vehicle.listing_details d on d.listing_id = l.id
       where l.last_seen_at < $1 and l.status in ('active', 'reserved') and d.provenance <> '{}'::jsonb and ($3::uuid[] is null or l.id = any($3))
       order by l.last_seen_at limit $2`,
      [unseenSince, batch, among],
    );
  }
}

const goneSince = ({ source, external_id: externalId, url }: StaleRow, now: Date): Sighting => ({
  key: offerKey({ source, externalId }),
  source,
  externalId,
  url,
  auctionUrl: null,
  auction: false,
  status: 'removed',
  seenAt: now,
  hash: contentHash(['stale', now.toISOString()]),
  said: null,
});

const monthsBefore = (now: Date, months: number): Date => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1));

const endedLongAgo = `l.status in ('sold', 'removed') and l.last_seen_at < $1`;

async function putAway(tx: Tx, ids: readonly string[], endedBefore: Date, now: Date): Promise<void> {
  await tx.query(
    `with old as (
       select l.id from vehicle.listings l where l.id = any($3::uuid[]) and ${endedLongAgo} order by l.id for update
     ), kept as (
       insert into vehicle.listing_archive (id, vehicle_id, source, external_id, archived_at, listing)
       select l.id, l.vehicle_id, l.source, l.external_id, $2, to_jsonb(l) || coalesce(to_jsonb(d) - 'match' - 'listing_id', '{}'::jsonb)
       from old join vehicle.listings l on l.id = old.id left join vehicle.listing_details d on d.listing_id = l.id
       on conflict (id) do nothing
     )
     delete from vehicle.listings l using old where l.id = old.id`,
    [endedBefore, now, ids],
  );
}

async function pruneQuarantine(tx: Tx, before: Date): Promise<number> {
  const rows = await tx.query(
    `delete from vehicle.quarantine where id in (
       select id from vehicle.quarantine where coalesce(resolved_at, captured_at) < $1 limit $2 for update skip locked) returning id`,
    [before, batch],
  );
  return rows.length;
}

async function pruneDecisions(tx: Tx, before: Date): Promise<number> {
  const rows = await tx.query(
    `delete from vehicle.match_decisions where id in (
       select id from vehicle.match_decisions where decided_at < $1 and actor_kind = 'system' order by decided_at limit $2) returning id`,
    [before, batch],
  );
  return rows.length;
}

async function pruneHistory(tx: Tx, before: Date): Promise<number> {
  const rows = await tx.query(
    `delete from vehicle.price_history h using (select id, observed_at from vehicle.price_history where observed_at < $1 limit $2) o
     where h.id = o.id and h.observed_at = o.observed_at returning h.id`,
    [before, batch],
  );
  return rows.length;
}
