import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { MediaStore, type MediaRecord } from '../application/media-ports';
import { MediaEntity } from './entities';
import { visibleTo } from './sql/vehicle-filter';
import { Params } from './sql/params';

@Injectable()
export class SqlMediaStore extends MediaStore {
  constructor(@Inject(databaseOf('vehicle')) private readonly db: Database) {
    super();
  }

  override async ofVehicle(tx: Tx, vehicleId: string): Promise<MediaRecord[]> {
    return tx.manager.find(MediaEntity, { where: { vehicleId }, order: { position: 'asc', id: 'asc' } });
  }

  override async insert(tx: Tx, media: MediaRecord): Promise<void> {
    await tx.manager.insert(MediaEntity, { ...media, sizes: [...media.sizes] });
  }

  override async remove(tx: Tx, id: string): Promise<void> {
    await tx.manager.delete(MediaEntity, { id });
  }

  override async move(tx: Tx, ids: readonly string[], toVehicleId: string): Promise<void> {
    await tx.query('update vehicle.media set vehicle_id = $2 where id = any($1::uuid[])', [ids, toVehicleId]);
  }

  override async reorder(tx: Tx, vehicleId: string, ids: readonly string[]): Promise<void> {
    await tx.query(
      `update vehicle.media m set position = o.position - 1
       from unnest($2::uuid[]) with ordinality as o(id, position) where m.id = o.id and m.vehicle_id = $1`,
      [vehicleId, ids],
    );
  }

  override find(id: string): Promise<MediaRecord | null> {
    return this.db.withManager((manager) => manager.findOneBy(MediaEntity, { id }));
  }

  override async thumbnailsMade(id: string, sizes: readonly number[]): Promise<string | null> {
    const [row] = await this.db.query<{ vehicle_id: string }>('update vehicle.media set sizes = $2 where id = $1 returning vehicle_id', [id, sizes]);
    return row?.vehicle_id ?? null;
  }

  override async visible(
    id: string,
    vehicleId: string,
    tenantId: string | null,
  ): Promise<(MediaRecord & { readonly ownerTenantId: string | null }) | null> {
    const params = new Params();
    const where = `m.id = ${params.add(id, '::uuid')} and m.vehicle_id = ${params.add(vehicleId, '::uuid')}`;
    const [row] = await this.db.read<MediaRecord & { ownerTenantId: string | null }>(
      `select m.id, m.vehicle_id as "vehicleId", m.position, m.content_type as "contentType", m.width, m.height, m.bytes, m.sha256,
              m.object_key as "objectKey", m.sizes, m.created_at as "createdAt", v.tenant_id as "ownerTenantId"
       from vehicle.media m join vehicle.vehicles v on v.id = m.vehicle_id
       where ${where} and v.deleted_at is null and ${visibleTo(tenantId, params)}`,
      params.values,
      { name: tenantId === null ? 'media_visible' : 'media_visible_to' },
    );
    return row ?? null;
  }

  override async withoutThumbnails(before: Date, limit: number): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(
      `select id from vehicle.media where sizes = '{}' and created_at < $1 order by created_at limit $2`,
      [before, limit],
    );
    return rows.map(({ id }) => id);
  }

  override async unused(keys: readonly string[]): Promise<string[]> {
    // What looks like the width of a thumbnail may be the end of an id.
    const rows = await this.db.query<{ key: string }>(
      `select k.key from unnest($1::text[]) as k(key)
       where not exists (select 1 from vehicle.media m
         where m.object_key in (k.key, regexp_replace(k.key, '-[0-9]+\\.webp$', '.webp')))`,
      [keys],
    );
    return rows.map(({ key }) => key);
  }
}
