import { Inject, Injectable } from '@nestjs/common';
import { isCurrencyCode } from '@autobroker/kernel';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { ExternalValuations, type FailureKind, failureKinds, type Place, type RegionalRecord, type SourceRecord, type StoredFailure, type StoredValue } from '../../application/external/ports';
import { OpportunityStore } from '../../application/opportunities/ports';
import { type ExternalSource, externalSources } from '../../domain/external/external-valuation';

interface FailureRow {
  readonly failure_kind: string | null;
  readonly failure_detail: string | null;
  readonly failed_at: Date | null;
}

interface ValueRow extends FailureRow {
  readonly vehicle_id: string;
  readonly source: string;
  readonly currency: string | null;
  readonly trade_in: number | null;
  readonly private_party: number | null;
  readonly retail: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly vendor_ref: string | null;
  readonly trim: string | null;
  readonly trend: string | null;
  readonly summary: string | null;
  readonly citations: string[];
  readonly fetched_at: Date | null;
  readonly expires_at: Date | null;
}

interface RegionRow extends FailureRow {
  readonly country: string;
  readonly region: string;
  readonly demand: 'low' | 'balanced' | 'high' | null;
  readonly price_level: number | null;
  readonly days_to_sell: number | null;
  readonly trend: string | null;
  readonly summary: string | null;
  readonly citations: string[];
  readonly fetched_at: Date | null;
  readonly expires_at: Date | null;
}

/** Whoever asks and dies is waited for no longer than this. */
const claimMs = 180_000;

@Injectable()
export class SqlExternalValuations extends ExternalValuations {
  constructor(
    @Inject(databaseOf('pricing')) private readonly db: Database,
    private readonly opportunities: OpportunityStore,
  ) {
    super();
  }

  override async of(vehicleId: string): Promise<SourceRecord[]> {
    return (await this.ofMany([vehicleId])).get(vehicleId) ?? [];
  }

  override async ofMany(vehicleIds: readonly string[]): Promise<ReadonlyMap<string, SourceRecord[]>> {
    if (vehicleIds.length === 0) return new Map();
    const rows = await this.db.query<ValueRow>(
      `select vehicle_id, source, currency, trade_in::float8, private_party::float8, retail::float8, low::float8, high::float8, vendor_ref, trim, trend, summary, citations,
              fetched_at, expires_at, failure_kind, failure_detail, failed_at
         from pricing.external_valuations where vehicle_id = any($1::uuid[])`,
      [vehicleIds],
    );
    const found = new Map<string, SourceRecord[]>();
    for (const row of rows) {
      const source = externalSources.find((one) => one === row.source);
      if (source === undefined) continue;
      const record = { source, value: valueOf(source, row), failure: failureOf(row) };
      found.set(row.vehicle_id, [...(found.get(row.vehicle_id) ?? []), record]);
    }
    return found;
  }

  override async claim(vehicleId: string, source: ExternalSource, now: Date): Promise<boolean> {
    const rows = await this.db.query(
      `insert into pricing.external_valuations as v (vehicle_id, source, claimed_until) values ($1, $2, $4)
       on conflict (vehicle_id, source) do update set claimed_until = excluded.claimed_until where coalesce(v.claimed_until, '-infinity') <= $3 returning 1`,
      [vehicleId, source, now, new Date(now.getTime() + claimMs)],
    );
    return rows.length > 0;
  }

  override async save(tx: Tx, vehicleId: string, value: StoredValue): Promise<void> {
    await tx.query(
      `insert into pricing.external_valuations
         (vehicle_id, source, currency, trade_in, private_party, retail, low, high, vendor_ref, trim, trend, summary, citations, fetched_at, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
       on conflict (vehicle_id, source) do update set currency = excluded.currency, trade_in = excluded.trade_in, private_party = excluded.private_party,
         retail = excluded.retail, low = excluded.low, high = excluded.high, vendor_ref = excluded.vendor_ref, trim = excluded.trim, trend = excluded.trend,
         summary = excluded.summary, citations = excluded.citations, fetched_at = excluded.fetched_at, expires_at = excluded.expires_at,
         failure_kind = null, failure_detail = null, failed_at = null, claimed_until = null`,
      [
        ...[vehicleId, value.source, value.currency, value.tradeIn, value.privateParty, value.retail, value.low, value.high],
        ...[value.vendorRef, value.trim, value.trend, value.summary, value.citations, value.fetchedAt, value.expiresAt],
      ],
    );
    // A second opinion: if the car is a deal, or looked like one, it is looked at again.
    await this.opportunities.note(tx, [vehicleId], value.fetchedAt);
  }

  override async fail(tx: Tx, vehicleId: string, source: ExternalSource, { kind, detail, at }: StoredFailure): Promise<void> {
    // What was known stays known: it only gets older.
    await tx.query(
      `insert into pricing.external_valuations (vehicle_id, source, failure_kind, failure_detail, failed_at) values ($1, $2, $3, $4, $5)
       on conflict (vehicle_id, source) do update set failure_kind = excluded.failure_kind, failure_detail = excluded.failure_detail,
         failed_at = excluded.failed_at, claimed_until = null`,
      [vehicleId, source, kind, detail, at],
    );
  }

  override async region({ country, region }: Place): Promise<RegionalRecord | null> {
    const [row] = await this.db.query<RegionRow>('select * from pricing.regional_insights where country = $1 and region = $2', [country, region]);
    if (row === undefined) return null;
    const { demand, price_level: priceLevel, days_to_sell: daysToSell, trend, summary, citations, fetched_at: fetchedAt, expires_at: expiresAt } = row;
    return { country, region, said: fetchedAt === null ? null : { demand, priceLevel, daysToSell, trend, summary, citations }, fetchedAt, expiresAt, failure: failureOf(row) };
  }

  override async claimRegion({ country, region }: Place, now: Date): Promise<boolean> {
    const rows = await this.db.query(
      `insert into pricing.regional_insights as r (country, region, claimed_until) values ($1, $2, $4)
       on conflict (country, region) do update set claimed_until = excluded.claimed_until where coalesce(r.claimed_until, '-infinity') <= $3 returning 1`,
      [country, region, now, new Date(now.getTime() + claimMs)],
    );
    return rows.length > 0;
  }

  override async saveRegion(tx: Tx, { country, region, said, fetchedAt, expiresAt, failure }: RegionalRecord): Promise<void> {
    if (said !== null) {
      await tx.query(
        `update pricing.regional_insights set demand = $3, price_level = $4, days_to_sell = $5, trend = $6, summary = $7, citations = $8, fetched_at = $9, expires_at = $10
          where country = $1 and region = $2`,
        [country, region, said.demand, said.priceLevel, said.daysToSell, said.trend, said.summary, said.citations, fetchedAt, expiresAt],
      );
    }
    await tx.query('update pricing.regional_insights set failure_kind = $3, failure_detail = $4, failed_at = $5, claimed_until = null where country = $1 and region = $2', [
      ...[country, region, failure?.kind ?? null, failure?.detail ?? null, failure?.at ?? null],
    ]);
  }

  override async removeBefore(fetchedBefore: Date): Promise<number> {
    const gone = await this.db.query(`delete from pricing.external_valuations where coalesce(fetched_at, failed_at) < $1 returning 1`, [fetchedBefore]);
    await this.db.query('delete from pricing.daily_usage where day < $1', [fetchedBefore.toISOString().slice(0, 10)]);
    return gone.length;
  }
}

function valueOf(source: ExternalSource, row: ValueRow): StoredValue | null {
  const { currency, fetched_at: fetchedAt, expires_at: expiresAt } = row;
  if (currency === null || fetchedAt === null || expiresAt === null || !isCurrencyCode(currency)) return null;
  const { trade_in: tradeIn, private_party: privateParty, retail, low, high, vendor_ref: vendorRef, trim, trend, summary, citations } = row;
  return { source, currency, tradeIn, privateParty, retail, low, high, vendorRef, trim, trend, summary, citations, fetchedAt, expiresAt };
}

function failureOf({ failure_kind, failure_detail, failed_at }: FailureRow): StoredFailure | null {
  if (failure_kind === null || failed_at === null) return null;
  const kind: FailureKind = failureKinds.find((one) => one === failure_kind) ?? 'unavailable';
  return { kind, detail: failure_detail ?? '', at: failed_at };
}
