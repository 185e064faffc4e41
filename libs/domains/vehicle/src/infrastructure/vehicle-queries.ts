import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf, GatheredReads, StatementNames } from '@autobroker/platform/database';
import { countCap, type ListQuery, type Total, type VehiclePage } from '../application/criteria';
import { reachBehind, reachesOf, withinReach, type Reach } from './sql/list-reach';
import { ReferencePrices } from '../application/ports';
import { VehicleReader, type OneShape, type VehicleJson } from '../application/reader';
import {
  collectSql,
  oneSql,
  severalSql,
  siftSql,
  walkAttempts,
  walkSql,
  walksOn,
  type Asking,
  type CountedRow,
  type ListRow,
  type Statement,
} from './sql/vehicle-list';

/** Statements of a shape that is asked for often are prepared; strangers can't make us keep more than this. */
const preparedMax = 200;

@Injectable()
export class SqlVehicleReader extends VehicleReader {
  private readonly names = new StatementNames('vehicle', preparedMax);
  private readonly gathered = new GatheredReads<VehicleJson, string | null>((ids, tenantId) => this.several(ids, tenantId));

  constructor(
    @Inject(databaseOf('vehicle')) private readonly db: Database,
    private readonly prices: ReferencePrices,
  ) {
    super();
  }

  override async one(id: string, shape: OneShape, tenantId: string | null): Promise<VehicleJson | null> {
    if (shape.fields === null && shape.include.length === 0) return this.gathered.read(id, tenantId);
    const [row] = await this.run<VehicleJson>(oneSql(id, shape, this.asking(tenantId)));
    return row ?? null;
  }

  private async several(ids: readonly string[], tenantId: string | null): Promise<ReadonlyMap<string, VehicleJson>> {
    const [only] = ids;
    if (only === undefined || ids.length > 1) {
      const rows = await this.run<VehicleJson & { readonly id: string }>(severalSql(ids, this.asking(tenantId)));
      return new Map(rows.map((row) => [row.id, row]));
    }
    const [row] = await this.run<VehicleJson>(oneSql(only, { fields: null, include: [] }, this.asking(tenantId)));
    return new Map(row === undefined ? [] : [[only, row]]);
  }

  override async fresh(id: string, tenantId: string | null): Promise<VehicleJson | null> {
    const { sql, params } = oneSql(id, { fields: null, include: [] }, this.asking(tenantId));
    const [row] = await this.db.query<VehicleJson>(sql, [...params], this.names.for(sql));
    return row ?? null;
  }

  override async list(query: ListQuery, tenantId: string | null, known: Total | null): Promise<VehiclePage> {
    const asking = this.asking(tenantId);
    const capped: Total = { total: countCap, capped: true };
    if (known?.capped === true) {
      const walked = await this.walk(query, asking);
      if (walked !== null) return pageOf(query, walked, capped);
    }
    const rows = await this.run<CountedRow>(collectSql(query, asking));
    const total = rows[0]?.total ?? 0;
    if (total <= countCap) return pageOf(query, rows.filter(isEntry), { total, capped: false });
    const walked = known?.capped === true ? null : await this.walk(query, asking);
    return pageOf(query, walked ?? (await this.sift(query, asking, rows[0]?.value ?? null)), capped);
  }

  /** A full page, or `null` where the walk did not come that far. */
  private async walk(query: ListQuery, asking: Asking): Promise<ListRow[] | null> {
    const behind = reachBehind(query);
    if (behind !== null) {
      const rows = await this.run<ListRow>(siftSql(withinReach(query, behind), asking, behind));
      return rows.length > query.perPage ? rows : null;
    }
    for (const entries of walkAttempts(query)) {
      const walk = walkSql(query, asking, entries);
      const rows = walk === null ? [] : await this.run<ListRow>(walk);
      if (rows.length > query.perPage) return rows;
      if (!walksOn(rows.length)) return null;
    }
    return null;
  }

  private async sift(query: ListQuery, asking: Asking, reach: Reach | null): Promise<ListRow[]> {
    for (const until of reach === null ? [] : reachesOf(query, reach)) {
      const rows = await this.run<ListRow>(siftSql(withinReach(query, until), asking, until));
      // As far as the sample reached there may be fewer than a moment ago: cars have gone, and what follows lies beyond.
      if (rows.length > query.perPage) return rows;
    }
    return this.run<ListRow>(siftSql(query, asking));
  }

  private asking(tenantId: string | null): Asking {
    return { tenantId, currency: this.prices.currency };
  }

  private run<R>({ sql, params, prepared }: Statement): Promise<R[]> {
    return this.db.read<R>(sql, [...params], prepared ? this.names.for(sql) : {});
  }
}

const isEntry = (row: CountedRow): row is CountedRow & ListRow => row.id !== null;

/** One more row than the page holds was asked for: it tells whether there is a next page. */
function pageOf(query: ListQuery, rows: readonly ListRow[], total: Total): VehiclePage {
  const page = rows.slice(0, query.perPage);
  const last = page.at(-1);
  return {
    ...total,
    entries: page.map((row) => row.json),
    next: rows.length > query.perPage && last !== undefined ? { value: last.value, id: last.id } : null,
  };
}
