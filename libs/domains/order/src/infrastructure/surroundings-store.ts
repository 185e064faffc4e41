import { Inject, Injectable } from '@nestjs/common';
import { listingStatuses, vehicleStatuses, type SignerRole } from '@autobroker/kernel';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { z } from 'zod';
import { type Around, type HeardVehicle, type KnownOffer, type KnownVehicle, type Reader, Surroundings } from '../application/ports';
import type { PaperSight } from '../domain/facts';
import type { Order } from '../domain/order';
import { carSchema } from './order-content';
import { storedPolicyOf } from './small-stores';

const status = z.enum([...vehicleStatuses, 'deleted']);
const checked = z.enum([...listingStatuses, 'unknown']).nullable();
const offers = z.array(z.object({ listingId: z.string(), source: z.string(), externalId: z.string(), url: z.string().nullable() }));
const price = z.object({ amount: z.number(), currency: z.string() }).nullable();
const moment = z.string().nullable().transform((at) => (at === null ? null : new Date(at)));
const paper = z.object({ kind: z.string(), version: z.number(), issued_at: moment, complete: z.boolean(), signed_at: moment, time_zone: z.string().nullable() });

export interface VehicleRow {
  readonly status: string;
  readonly owner_tenant_id: string | null;
  readonly car: unknown;
  readonly offers: unknown;
}

export const knownVehicleOf = (row: VehicleRow): KnownVehicle => ({ status: status.parse(row.status), ownerTenantId: row.owner_tenant_id, car: carSchema.parse(row.car), offers: offers.parse(row.offers) });

const priceSql = `case when price_amount is null then null else jsonb_build_object('amount', price_amount, 'currency', price_currency) end as price`;
const vehicleSql = `select status, owner_tenant_id, car, offers from orders.vehicles where vehicle_id = $1`;

/** Everything around an order in one statement. The offer of a listing is found by the car's offers. */
const aroundSql = `
select (select to_jsonb(v) from (select status, ${priceSql}, owner_tenant_id is not null and owner_tenant_id = $4 as "isOwn", car from orders.vehicles where vehicle_id = $2) v) as vehicle,
       (select coalesce(jsonb_agg(to_jsonb(p)), '[]') from (select kind, version, issued_at, complete, signed_at, time_zone from orders.papers where order_id = $1) p) as papers,
       (select to_jsonb(o) from (
          select status, checked_at, unreadable_at, ${priceSql} from orders.offers o
          where $3::uuid is not null and (o.source, o.external_id) = (
            select e->>'source', e->>'externalId' from orders.vehicles v, jsonb_array_elements(v.offers) e where v.vehicle_id = $2 and e->>'listingId' = $3::text limit 1)) o) as offer,
       (select to_jsonb(s) from (select version, settings from orders.policies where tenant_id = $4) s) as set`;

const paperIssuedSql = `insert into orders.papers (document_id, order_id, kind, version, issued_at, time_zone, signed_by, complete) values ($1, $2, $3, $4, $5, $6, '{}', false)
  on conflict (document_id) do update set issued_at = excluded.issued_at, time_zone = excluded.time_zone`;
const paperSignedSql = `insert into orders.papers as p (document_id, order_id, kind, version, signed_by, complete, signed_at) values ($1, $2, $3, $4, array[$5::text], $6, $7)
  on conflict (document_id) do update set signed_by = array(select distinct unnest(p.signed_by || excluded.signed_by) order by 1), complete = p.complete or excluded.complete,
    signed_at = greatest(p.signed_at, excluded.signed_at)`;

const around = z.object({
  vehicle: z.object({ status, price, isOwn: z.boolean(), car: carSchema }).nullable(),
  papers: z.array(paper),
  offer: z.object({ status: checked, price, checked_at: moment, unreadable_at: moment }).nullable(),
  set: z.object({ version: z.number(), settings: z.unknown() }).nullable(),
});

const sightOf = ({ kind, version, issued_at, complete, signed_at, time_zone }: z.output<typeof paper>): PaperSight => ({ kind, version, issuedAt: issued_at, complete, signedAt: signed_at, timeZone: time_zone });

export function aroundOf(row: unknown): Around {
  const { vehicle, papers, offer, set } = around.parse(row);
  return { set: storedPolicyOf(set), vehicle, papers: papers.map(sightOf), offer: offer === null ? null : { status: offer.status, price: offer.price, checkedAt: offer.checked_at, unreadableAt: offer.unreadable_at } };
}

@Injectable()
export class SqlSurroundings extends Surroundings {
  constructor(@Inject(databaseOf('orders')) private readonly db: Database) {
    super();
  }

  override async vehicle(on: Reader, vehicleId: string): Promise<KnownVehicle | null> {
    const [row] = await on.query<VehicleRow>(vehicleSql, [vehicleId], { name: 'orders-vehicle' });
    return row === undefined ? null : knownVehicleOf(row);
  }

  override async around(on: Reader, order: Order): Promise<Around> {
    const [row] = await on.query(aroundSql, [order.id, order.vehicleId, order.listingId, order.tenantId], { name: 'orders-around' });
    return aroundOf(row);
  }

  override async offersMoved(tx: Tx, listingIds: readonly string[], vehicleId: string, at: Date): Promise<ReadonlyMap<string, string>> {
    await tx.query(
      `insert into orders.moved_offers as m (listing_id, vehicle_id, moved_at) select id, $2, $3 from unnest($1::uuid[]) as l(id) order by id
       on conflict (listing_id) do update set vehicle_id = excluded.vehicle_id, moved_at = excluded.moved_at where m.moved_at <= excluded.moved_at`,
      [listingIds, vehicleId, at],
    );
    const rows = await tx.query<{ listing_id: string; vehicle_id: string }>('select listing_id, vehicle_id from orders.moved_offers where listing_id = any($1::uuid[])', [listingIds]);
    return new Map(rows.map((row) => [row.listing_id, row.vehicle_id]));
  }

  override async movedSince(on: Reader, listingId: string, since: Date): Promise<string | null> {
    const [row] = await on.query<{ vehicle_id: string }>('select vehicle_id from orders.moved_offers where listing_id = $1 and moved_at >= $2', [listingId, since], { name: 'orders-moved' });
    return row?.vehicle_id ?? null;
  }

  override async forgetMoved(before: Date): Promise<void> {
    await this.db.query('delete from orders.moved_offers where moved_at < $1', [before]);
  }

  /** In the order of the ids, against deadlocks; what is older than what is known changes nothing. */
  override async hearVehicles(tx: Tx, heard: readonly HeardVehicle[]): Promise<void> {
    const whole = new Map<string, HeardVehicle>();
    for (const one of heard) {
      const known = whole.get(one.vehicleId);
      if (one.car !== null) whole.set(one.vehicleId, { ...one, offers: one.offers ?? known?.offers ?? null });
      else if (known === undefined) await this.partly(tx, one);
      else whole.set(one.vehicleId, { ...known, version: one.version, status: one.status ?? known.status, price: one.price === undefined ? known.price : one.price, at: one.at });
    }
    await this.put(tx, [...whole.values()]);
  }

  private async put(tx: Tx, heard: readonly HeardVehicle[]): Promise<void> {
    if (heard.length === 0) return;
    const rows = heard.map((one) => ({
      id: one.vehicleId,
      version: one.version,
      owner: one.ownerTenantId,
      status: one.status,
      amount: one.price?.amount ?? null,
      currency: one.price?.currency ?? null,
      car: one.car,
      offers: one.offers,
      at: one.at,
    }));
    await tx.query(
      `insert into orders.vehicles as v (vehicle_id, version, owner_tenant_id, status, price_amount, price_currency, car, offers, heard_at)
       select h.id, h.version, h.owner, h.status, h.amount, h.currency, h.car, coalesce(h.offers, '[]'), h.at
       from jsonb_to_recordset($1::jsonb) as h(id uuid, version integer, owner uuid, status text, amount bigint, currency text, car jsonb, offers jsonb, at timestamptz) order by h.id
       on conflict (vehicle_id) do update set version = excluded.version, owner_tenant_id = excluded.owner_tenant_id, status = excluded.status,
         price_amount = excluded.price_amount, price_currency = excluded.price_currency, car = excluded.car, heard_at = excluded.heard_at,
         offers = case when excluded.offers = '[]' then v.offers else excluded.offers end
       where v.version <= excluded.version`,
      [JSON.stringify(rows)],
    );
  }

  private async partly(tx: Tx, { vehicleId, version, status: said, price: asked, at }: HeardVehicle): Promise<void> {
    await tx.query(
      `update orders.vehicles set version = $2, status = coalesce($3, status),
         price_amount = case when $4 then $5::bigint else price_amount end, price_currency = case when $4 then $6 else price_currency end, heard_at = $7
       where vehicle_id = $1 and version <= $2`,
      [vehicleId, version, said, asked !== undefined, asked?.amount ?? null, asked?.currency ?? null, at],
    );
  }

  /** Looked for first: who asks for a car that many ask for does not wait in line for its row. */
  override async watchOffer(tx: Tx, { source, externalId }: KnownOffer, at: Date, since: Date): Promise<boolean> {
    const rows = await tx.query(
      `insert into orders.offers as o (source, external_id, asked_at)
       select $1, $2, $3 where not exists (select 1 from orders.offers where source = $1 and external_id = $2 and asked_at >= $4)
       on conflict (source, external_id) do update set asked_at = excluded.asked_at where o.asked_at < $4 returning 1`,
      [source, externalId, at, since],
    );
    return rows.length === 1;
  }

  override async hearOffer(tx: Tx, offer: Parameters<Surroundings['hearOffer']>[1]): Promise<void> {
    await tx.query(
      `update orders.offers set status = $3, price_amount = $4, price_currency = $5, checked_at = $6
       where source = $1 and external_id = $2 and (checked_at is null or checked_at <= $6)`,
      [offer.source, offer.externalId, offer.status, offer.price?.amount ?? null, offer.price?.currency ?? null, offer.checkedAt],
    );
  }

  override async offerUnreadable(tx: Tx, { source, externalId, at }: Parameters<Surroundings['offerUnreadable']>[1]): Promise<void> {
    await tx.query('update orders.offers set unreadable_at = greatest(unreadable_at, $3) where source = $1 and external_id = $2', [source, externalId, at]);
  }

  override paperIssued(tx: Tx, { documentId, orderId, kind, version, issuedAt, timeZone }: Parameters<Surroundings['paperIssued']>[1]): Promise<void> {
    return tx.writeLater({ table: 'papers', what: 'issued', sql: paperIssuedSql, values: [documentId, orderId, kind, version, issuedAt, timeZone] });
  }

  override paperSigned(tx: Tx, paper: { documentId: string; orderId: string; kind: string; version: number; role: SignerRole; complete: boolean; signedAt: Date }): Promise<void> {
    return tx.writeLater({ table: 'papers', what: 'signed', sql: paperSignedSql, values: [paper.documentId, paper.orderId, paper.kind, paper.version, paper.role, paper.complete, paper.signedAt] });
  }
}
