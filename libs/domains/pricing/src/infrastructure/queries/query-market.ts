import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { MarketCars } from '../../application/ports';
import { QueryMarket } from '../../application/queries/ports';
import type { MarketCar } from '../../domain/market-car';
import { nameKey } from '../../domain/market/grade';
import type { NormalizedFilters } from '../../domain/queries/filters';

@Injectable()
export class SqlQueryMarket extends QueryMarket {
  constructor(
    @Inject(databaseOf('pricing')) private readonly db: Database,
    private readonly cars: MarketCars,
  ) {
    super();
  }

  override async candidates({ make, model, year, mileageKm }: NormalizedFilters, years: number, limit: number): Promise<MarketCar[]> {
    const rows = await this.db.query<{ vehicle_id: string }>(
      `select vehicle_id from pricing.market_cars
        where left_at is null and tenant_id is null and facts is not null and make_key = $1 and model_key = $2 and year between $3 and $4
        order by abs(year - $5), abs(coalesce(mileage_km, 0) - coalesce($6::integer, mileage_km, 0)), vehicle_id limit $7`,
      [nameKey(make), nameKey(model), smallYear(year - years), smallYear(year + years), smallYear(year), mileageKm, limit],
      { name: 'price-query-candidates' },
    );
    return this.cars.byIds(rows.map(({ vehicle_id }) => vehicle_id));
  }
}

/** As years are kept: see the market's own rows. */
const smallYear = (year: number): number => Math.min(9_999, Math.max(0, Math.trunc(year)));
