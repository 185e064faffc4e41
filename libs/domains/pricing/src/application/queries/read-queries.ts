import { Injectable } from '@nestjs/common';
import { isStaff, type Role } from '@autobroker/contracts';
import type { MarketCar } from '../../domain/market-car';
import { MarketCars } from '../ports';
import { type KeptCar, type KeptLot, type ListWindow, PriceQueries, type PriceQuery, type QueryPage } from './ports';

export interface Reader {
  readonly userId: string | null;
  readonly tenantId: string | null;
  readonly roles: readonly Role[];
}

export interface QueryView {
  readonly query: PriceQuery;
  readonly cars: readonly KeptCar[];
  readonly lots: readonly KeptLot[];
  /** Those of its cars that are still known, by id. */
  readonly known: ReadonlyMap<string, MarketCar>;
}

@Injectable()
export class ReadQueries {
  constructor(
    private readonly queries: PriceQueries,
    private readonly market: MarketCars,
  ) {}

  /** Null for whoever has neither asked it nor works for the tenant that it was asked at. */
  async one(id: string, by: Reader): Promise<QueryView | null> {
    const query = await this.queries.find(id);
    if (query === null || !(await this.mayRead(query, by))) return null;
    const { cars, lots } = await this.queries.results(id);
    const ids = [...new Set([...cars, ...lots].map(({ vehicleId }) => vehicleId))];
    const known = new Map((await this.market.byIds(ids)).filter(({ ownerTenantId }) => ownerTenantId === null).map((car) => [car.vehicleId, car]));
    return { query, cars, lots, known };
  }

  mine(userId: string, window: ListWindow): Promise<QueryPage> {
    return this.queries.listOf(userId, window);
  }

  private async mayRead(query: PriceQuery, { userId, tenantId, roles }: Reader): Promise<boolean> {
    if (roles.includes('operator')) return true;
    if (query.tenantId !== tenantId) return false;
    return isStaff({ roles }) || (userId !== null && this.queries.isAsker(query.id, userId));
  }
}
