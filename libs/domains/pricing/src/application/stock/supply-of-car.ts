import type { MarketCar } from '../../domain/market-car';

/** How much of such cars the market has. */
export abstract class SupplyOfCar {
  /** Days that the market would take to sell what it has of such cars; null where nobody knows. */
  abstract days(car: MarketCar): Promise<number | null>;
}
