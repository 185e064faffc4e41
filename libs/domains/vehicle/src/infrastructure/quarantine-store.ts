import { uuidv7 } from '@autobroker/kernel';
import { Injectable } from '@nestjs/common';
import type { Tx } from '@autobroker/platform/database';
import { z } from 'zod';
import { Quarantine, type Ended, type Onlooker, type Quarantined, type Refused, type Which } from '../application/ingest/quarantine';
import type { Captured } from '../domain/ingest/captured';

const capturedSchema = z.custom<Omit<Captured, 'capturedAt'>>((value) => typeof value === 'object' && value !== null && 'fields' in value && 'hints' in value, { error: 'is no captured listing' });

const earlierSchema = z.array(z.object({ at: z.string(), captured: z.unknown() }));
const mostEarlier = 30;

/** What was captured until now stays where it was the first at its price: its time belongs into the price history. */
const withEarlier = (row: string): string =>
  `case when jsonb_array_length(${row}.earlier) < ${mostEarlier} and ${row}.earlier->-1->'captured'->'fields'->'price'->'value' is distinct from ${row}.captured->'fields'->'price'->'value'
     then ${row}.earlier || jsonb_build_array(jsonb_build_object('at', ${row}.captured_at, 'captured', ${row}.captured)) else ${row}.earlier end`;

interface WaitingRow {
  readonly id: string;
  readonly tenant_id: string | null;
  readonly captured: unknown;
  readonly captured_at: Date;
  readonly earlier: unknown;
  readonly attempts: number;
}

const waitingOf = (row: WaitingRow): Quarantined => ({
  id: row.id,
  ownerTenantId: row.tenant_id,
  captures: [
    ...earlierSchema.parse(row.earlier).map(({ at, captured }) => ({ ...capturedSchema.parse(captured), capturedAt: new Date(at) })),
    { ...capturedSchema.parse(row.captured), capturedAt: row.captured_at },
  ],
  attempts: row.attempts,
});

const waitingWhich = `state = 'waiting' and ($1::uuid[] is null or id = any($1)) and ($2::text is null or source = $2)
  and ($3::text is null or reasons @> array[$3]) and ($4::uuid is null or id > $4) and ($5::boolean or tenant_id is null or tenant_id = $6::uuid)`;

const whichParams = ({ ids, source, reason, after }: Which, by: Onlooker | null, limit: number): unknown[] => [
  ids ?? null,
  source ?? null,
  reason ?? null,
  after ?? null,
  by === null,
  by?.tenantId ?? null,
  limit,
];

@Injectable()
export class SqlQuarantine extends Quarantine {
  override async put(
    tx: Tx,
    ownerTenantId: string | null,
    rows: readonly Refused[],
    at: Date,
  ): Promise<void> {
    // Several of one listing in one go: the last stands.
    const latest = new Map(rows.map((row) => [`${row.captured.source}\u0000${row.captured.externalId}`, row]));
    if (latest.size === 0) return;
    const values = [...latest.values()].map(({ captured, complaints, carKey }) => ({
      id: uuidv7(at),
      source: captured.source,
      external_id: captured.externalId,
      url: captured.url,
      reasons: [...new Set(complaints.map(({ reason }) => reason))],
      details: complaints.map(({ detail }) => detail),
      captured,
      captured_at: captured.capturedAt.toISOString(),
      car_key: carKey,
    }));
    await tx.query(
      `insert into vehicle.quarantine (id, tenant_id, source, external_id, url, state, reasons, details, captured, captured_at, first_seen_at, tried_at, car_key)
       select id, $2::uuid, source, external_id, url, 'waiting', reasons, details, captured, captured_at, captured_at, $3, car_key
       from jsonb_to_recordset($1::jsonb) as r(id uuid, source text, external_id text, url text, reasons text[], details text[], captured jsonb, captured_at timestamptz, car_key text)
       on conflict (source, external_id, tenant_id) where state = 'waiting' do update
         set url = excluded.url, reasons = excluded.reasons, details = excluded.details, captured = excluded.captured,
             captured_at = excluded.captured_at, car_key = excluded.car_key, tried_at = excluded.tried_at, attempts = quarantine.attempts + 1,
             earlier = case when quarantine.captured_at < excluded.captured_at then ${withEarlier('quarantine')} else quarantine.earlier end
         where quarantine.captured_at <= excluded.captured_at`,
      [JSON.stringify(values), ownerTenantId, at],
    );
  }

  override async superseded(tx: Tx, ownerTenantId: string | null, keys: readonly { readonly source: string; readonly externalId: string }[], at: Date): Promise<Quarantined[]> {
    if (keys.length === 0) return [];
    const rows = await tx.query<WaitingRow>(
      `update vehicle.quarantine q set state = 'superseded', resolved_at = $4
       from unnest($1::text[], $2::text[]) as k(source, external_id)
       where q.state = 'waiting' and q.source = k.source and q.external_id = k.external_id and q.tenant_id is not distinct from $3::uuid
       returning q.id, q.tenant_id, q.captured, q.captured_at, q.earlier, q.attempts`,
      [keys.map(({ source }) => source), keys.map(({ externalId }) => externalId), ownerTenantId, at],
    );
    return rows.map(waitingOf);
  }

  override async sourcesOf(tx: Tx, which: Which, by: Onlooker | null, limit: number): Promise<{ ownerTenantId: string | null; source: string }[]> {
    const rows = await tx.query<{ tenant_id: string | null; source: string }>(
      `select distinct tenant_id, source from (select tenant_id, source from vehicle.quarantine where ${waitingWhich} order by id limit $7) q`,
      whichParams(which, by, limit),
    );
    return rows.map((row) => ({ ownerTenantId: row.tenant_id, source: row.source }));
  }

  override async claim(tx: Tx, which: Which, by: Onlooker | null, limit: number): Promise<Quarantined[]> {
    const rows = await tx.query<WaitingRow>(
      `select id, tenant_id, captured, captured_at, earlier, attempts from vehicle.quarantine where ${waitingWhich} order by id limit $7 for update`,
      whichParams(which, by, limit),
    );
    return rows.map(waitingOf);
  }

  override async waitingFor(tx: Tx, ownerTenantId: string | null, carKeys: readonly string[], limit: number): Promise<Quarantined[]> {
    if (carKeys.length === 0) return [];
    const rows = await tx.query<WaitingRow>(
      `select id, tenant_id, captured, captured_at, earlier, attempts from vehicle.quarantine
       where state = 'waiting' and car_key = any($1::text[]) and tenant_id is not distinct from $2::uuid order by id limit $3`,
      [carKeys, ownerTenantId, limit],
    );
    return rows.map(waitingOf);
  }

  override async ended(tx: Tx, ownerTenantId: string | null, listings: readonly Ended[]): Promise<void> {
    if (listings.length === 0) return;
    await tx.query(
      `update vehicle.quarantine q set captured_at = k.at, earlier = ${withEarlier('q')},
         captured = jsonb_set(q.captured, '{fields,status}', jsonb_build_object('value', k.status, 'from', 'derived', 'confidence', 1))
       from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) as k(source, external_id, status, at)
       where q.state = 'waiting' and q.source = k.source and q.external_id = k.external_id and q.tenant_id is not distinct from $5::uuid and q.captured_at <= k.at`,
      [listings.map(({ source }) => source), listings.map(({ externalId }) => externalId), listings.map(({ status }) => status), listings.map(({ at }) => at), ownerTenantId],
    );
  }

  override async accepted(tx: Tx, ids: readonly string[], by: string | null, at: Date): Promise<void> {
    await tx.query(`update vehicle.quarantine set state = 'accepted', resolved_at = $2, resolved_by = $3 where id = any($1::uuid[])`, [ids, at, by]);
  }

  override async discarded(tx: Tx, id: string, onlooker: Onlooker, by: string | null, note: string, at: Date): Promise<boolean> {
    const rows = await tx.query(
      `update vehicle.quarantine set state = 'discarded', resolved_at = $2, resolved_by = $3, note = $4 where id = $1 and state = 'waiting'
         and (tenant_id is null or tenant_id = $5::uuid) returning id`,
      [id, at, by, note, onlooker.tenantId],
    );
    return rows.length > 0;
  }
}
