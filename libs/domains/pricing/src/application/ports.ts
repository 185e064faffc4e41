import type { Tx } from '@autobroker/platform/database';
import type { Comparables } from '../domain/comparables';
import type { MarketCar, MarketOffer } from '../domain/market-car';
import type { Count } from '../domain/market/contributions';
import type { HeardCar } from '../domain/market/projection';

export interface ListedPosition {
  readonly listedAt: Date;
  readonly vehicleId: string;
}

/** Cars as they are on the market; what was deleted is not among them. */
export abstract class MarketCars {
  abstract byId(id: string): Promise<MarketCar | null>;
  /** In no order; those that are not there are left out. */
  abstract byIds(ids: readonly string[]): Promise<MarketCar[]>;
  /** For sale, after this id and in the order of ids; private stock too. */
  abstract page(after: string | null, limit: number): Promise<MarketCar[]>;
  /** About how many of them there are. */
  abstract count(): Promise<number>;
  /** Shared cars with a price that came onto the market since then, gone or not, latest first; those after `before` in that order. */
  abstract listedBetween(since: Date, before: ListedPosition | null, limit: number): Promise<MarketCar[]>;
  /** What each of these is compared with, by vehicle id. A car is not its own comparable, nor is private stock anybody's. */
  abstract comparables(cars: readonly MarketCar[], at: Date): Promise<ReadonlyMap<string, Comparables>>;
  /** For sale in the shared catalogue and likely to be alike: of its own market and model first, then of the model anywhere, then of its maker. A few hundred. */
  abstract alike(car: MarketCar, at: Date): Promise<MarketCar[]>;
  abstract offer(source: string, externalId: string): Promise<(MarketOffer & { readonly vehicleId: string }) | null>;
}

/** The projection, as it is written. */
export abstract class MarketStore {
  /** Until the transaction ends, nobody else writes the market. */
  abstract lock(tx: Tx): Promise<void>;
  abstract heard(tx: Tx, ids: readonly string[]): Promise<Map<string, HeardCar>>;
  abstract save(tx: Tx, cars: readonly HeardCar[]): Promise<void>;
  /** Writes where the offers of these cars are to be found. */
  abstract saveOffers(tx: Tx, cars: readonly HeardCar[]): Promise<void>;
  abstract count(tx: Tx, changes: readonly Count[]): Promise<void>;
  /** Makers that anything is kept or counted of. */
  abstract makes(): Promise<string[]>;
  /** The shared cars of a maker that are kept, for counting anew; in the order of ids. */
  abstract ofMake(tx: Tx, make: string, after: string | null, limit: number): Promise<HeardCar[]>;
  abstract forgetCounts(tx: Tx, make: string): Promise<void>;
  /** Cars that left before this are no comparables any more. */
  abstract retire(tx: Tx, leftBefore: Date, limit: number): Promise<number>;
}
