export interface TrainingSplit {
  /** So many of the oldest are learned from; the rest judges. */
  readonly train: number;
  readonly from: Date;
  readonly to: Date;
}

/** Fewer cars teach a model less than their comparables say. */
export const fewestCars = 200;
const testShare = 0.2;

/** By time: a model is used on cars that come after those it has learned from, so it is judged on such. Null with too few. */
export function trainingSplit(listedAt: readonly Date[]): TrainingSplit | null {
  if (listedAt.length < fewestCars) return null;
  const train = listedAt.length - Math.floor(listedAt.length * testShare);
  const [from, to] = [listedAt[0], listedAt[train - 1]];
  return from === undefined || to === undefined ? null : { train, from, to };
}

/** What is known of the last training: how many cars it learned from, and how many the market had. */
export interface LastTraining {
  readonly learned: number;
  readonly onMarket: number;
}

/**
 * Whether there is much more to learn from than the last time; without a last time, whether there is enough. `most` is what
 * a training takes at all. The market is compared with the market: not every car on it can be learned from.
 */
export function hasGrown(carsOnMarket: number, last: LastTraining | null, most: number): boolean {
  if (last === null) return carsOnMarket >= fewestCars;
  return 3 * last.learned <= most && carsOnMarket >= 3 * last.onMarket;
}
