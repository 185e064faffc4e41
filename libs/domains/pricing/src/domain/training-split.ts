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

/**
 * Whether there is much more to learn from than the last time; with nothing learned, whether there is enough. `most` is what
 * a training takes at all: a market beyond it has nothing more to teach.
 */
export const hasGrown = (carsOnMarket: number, learnedFrom: number | null, most: number): boolean =>
  Math.min(carsOnMarket, most) >= (learnedFrom === null ? fewestCars : 3 * learnedFrom);
