import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { countCap, type ListQuery, type Total, type VehiclePage } from '../application/criteria';
import { kilometresOf } from './sql/vehicle-filter';
import { ReferencePrices } from '../application/ports';
import { VehicleReader, type OneShape, type VehicleJson } from '../application/reader';
import {
  collectSql,
  oneSql,
  siftSql,
  walkSql,
  type Asking,
  type CountedRow,
  type ListRow,
  type Statement,
} from './sql/vehicle-list';

/** Statements of a shape that is asked for often are prepared; strangers can't make us keep more than this. */
const preparedMax = 200;

@Injectable()
export class SqlVehicleReader extends VehicleReader {
  private readonly prepared = new Map<string, string>();

  constructor(
    @Inject(databaseOf('vehicle')) private readonly db: Database,
    private readonly prices: ReferencePrices,
  ) {
    super();
  }

  override async one(id: string, shape: OneShape, tenantId: string | null): Promise<VehicleJson | null> {
    const [row] = await this.run<VehicleJson>(oneSql(id, shape, this.asking(tenantId)));
    return row ?? null;
  }

  override async fresh(id: string, tenantId: string | null): Promise<VehicleJson | null> {
    const { sql, params } = oneSql(id, { fields: null, include: [] }, this.asking(tenantId));
    const name = this.nameOf(sql);
    const [row] = await this.db.query<VehicleJson>(sql, [...params], name === undefined ? {} : { name });
    return row ?? null;
  }

  override async list(query: ListQuery, tenantId: string | null, known: Total | null): Promise<VehiclePage> {
    const asking = this.asking(tenantId);
    if (known?.capped !== true) {
      const rows = await this.run<CountedRow>(collectSql(query, asking));
      const total = rows[0]?.total ?? 0;
      if (total <= countCap) return pageOf(query, rows.filter(isEntry), { total, capped: false });
    }
    const capped: Total = { total: countCap, capped: true };
    if (query.order.by === 'distance') return this.nearest(query, asking, capped);
    const walk = walkSql(query, asking);
    const walked = walk === null ? [] : await this.run<ListRow>(walk);
    if (walked.length > query.perPage) return pageOf(query, walked, capped);
    return pageOf(query, await this.run<ListRow>(siftSql(query, asking)), capped);
  }

  /** Of very many around a place, looks ever further until a page is full: what is nearest lies in the smallest circle. */
  private async nearest(query: ListQuery, asking: Asking, capped: Total): Promise<VehiclePage> {
    for (const circle of circlesOf(query)) {
      const rows = await this.run<ListRow>(siftSql(circle, asking));
      if (rows.length > query.perPage) return pageOf(query, rows, capped);
    }
    return pageOf(query, await this.run<ListRow>(siftSql(query, asking)), capped);
  }

  private asking(tenantId: string | null): Asking {
    return { tenantId, currency: this.prices.currency };
  }

  private run<R>({ sql, params }: Statement): Promise<R[]> {
    const name = this.nameOf(sql);
    return this.db.read<R>(sql, [...params], name === undefined ? {} : { name });
  }

  private nameOf(sql: string): string | undefined {
    const known = this.prepared.get(sql);
    if (known !== undefined || this.prepared.size >= preparedMax) return known;
    const name = `vehicle_${createHash('sha256').update(sql).digest('hex').slice(0, 24)}`;
    this.prepared.set(sql, name);
    return name;
  }
}

/** The same question for smaller circles, each with about four times the area of the one before. */
function circlesOf(query: ListQuery): ListQuery[] {
  const { near } = query.criteria;
  if (near === undefined) return [];
  const passedKm = 'after' in query.from ? kilometresOf(Number(query.from.after.value)) : 0;
  const radii = [32, 16, 8, 4, 2].map((part) => near.radiusKm / part).filter((radius) => radius > passedKm);
  return radii.map((radiusKm) => ({ ...query, criteria: { ...query.criteria, near: { ...near, radiusKm } } }));
}

const isEntry = (row: CountedRow): row is CountedRow & ListRow => row.id !== undefined && row.id !== null;

/** One more row than the page holds was asked for: it tells whether there is a next page. */
function pageOf(query: ListQuery, rows: readonly ListRow[], total: Total): VehiclePage {
  const page = rows.slice(0, query.perPage);
  const last = page.at(-1);
  return {
    ...total,
    json: `[${page.map((row) => row.json).join(',')}]`,
    next: rows.length > query.perPage && last !== undefined ? { value: last.value, id: last.id } : null,
  };
}
