import type { Car } from './car';
import { featureCount } from './data/features';
import { Dice } from './dice';

/** Its places in the table of features, ascending: the dearer the trim, the more. */
export function featuresOf(car: Car): number[] {
  const dice = new Dice(car.seed, 0xfea);
  const count = Math.min(featureCount, 4 + Math.round((car.trimFactor - 0.92) * 40) + dice.int(0, 6));
  return dice.some(Array.from({ length: featureCount }, (_, at) => at), count).sort((a, b) => a - b);
}

/** What its dealer, or the auction's yard, knows it by. */
export function stockNumberOf(car: Car): string {
  const dice = new Dice(car.seed, 0x570);
  const prefix = car.seller.kind === 'auction' ? '' : car.country === 'US' ? 'P' : 'F';
  return `${prefix}${1_000_000 + car.serial}${dice.chance(0.3) ? dice.pick(['A', 'B', 'X']) : ''}`;
}
