import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { SupplyOfCar } from '../application/stock/supply-of-car';
import { gradeOf, nameKey } from '../domain/market/grade';
import type { MarketCar } from '../domain/market-car';

/** Sales are counted over so many days. */
const windowDays = 45;
/** Fewer sales make no rate. */
const fewestSales = 5;

/** What is for sale of a model in a country, against what of it was sold lately. What merely went away was not sold. */
@Injectable()
export class SqlSupplyOfCar extends SupplyOfCar {
  constructor(@Inject(databaseOf('pricing')) private readonly db: Database) {
    super();
  }

  override async days({ facts }: MarketCar): Promise<number | null> {
    const since = new Date(this.db.clock.now().getTime() - windowDays * 86_400_000);
    const [row] = await this.db.query<{ there: number; sold: number }>(
      `select (count(*) filter (where left_at is null))::integer as there, (count(*) filter (where left_at >= $5 and left_reason = 'sold'))::integer as sold
       from pricing.market_cars
       where comparable and make_key = $1 and model_key = $2 and country = $3 and grade = $4 and (left_at is null or left_at >= $5)`,
      [nameKey(facts.make), nameKey(facts.model), facts.country, gradeOf(facts), since],
      { name: 'pricing-supply' },
    );
    if (row === undefined || row.sold < fewestSales) return null;
    return Math.round((row.there / (row.sold / windowDays)) * 10) / 10;
  }
}
