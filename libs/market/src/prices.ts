import type { Car, Instant, PriceStep } from './car';
import type { Dice } from './dice';
import type { SourceSlug } from './sources';
import { worth } from './value';

const DAY = 86_400_000;

/** What the seller has in mind over time, unrounded: he begins above the worth and comes down. */
export function sellerPrices(car: Car, dice: Dice): PriceStep[] {
  const dealer = car.seller.kind === 'dealer';
  const hope = (dealer ? 1.075 : 1.02) * Math.exp((dealer ? 0.045 : 0.085) * dice.normal());
  let amount = worth(car, car.born) * hope;
  const steps: PriceStep[] = [{ at: car.born, amount }];
  const patience = dealer ? 13 * DAY : 16 * DAY;
  for (let at = car.born + 2 * DAY + dice.wait(patience); at < car.leaves - 0.25 * DAY; at += DAY + dice.wait(patience)) {
    // Now and then it goes up: a fair is over, a competitor is gone.
    amount *= dice.chance(0.13) ? 1 + dice.between(0.008, 0.03) : 1 - dice.between(0.012, 0.055);
    steps.push({ at, amount });
  }
  return steps;
}

/** The same at one source: its own fees, its own rounding, later, and not every step gets there. */
export function askedAt(asked: readonly PriceStep[], source: SourceSlug, car: Car, from: Instant, to: Instant, dice: Dice): PriceStep[] {
  const fee = dice.chance(0.72) ? 1 : 1 + dice.between(-0.006, 0.016) + (source === 'ebay' ? 0.008 : 0);
  // One price for all sites, unless one is kept by hand.
  const style = dice.chance(0.8) ? car.seed % 4 : dice.int(0, 3);
  const late = dice.wait(0.35 * DAY);
  const steps: PriceStep[] = [];
  for (const [place, step] of asked.entries()) {
    if (place > 0 && dice.chance(0.08)) continue;
    const amount = rounded(step.amount * fee, car.seller.kind === 'dealer', car.country === 'US', style);
    const at = Math.round(place === 0 ? from : step.at + late);
    if (at >= to - 0.1 * DAY && place > 0) break;
    // What happened before this offer began is only where it begins.
    if (at <= from) steps.length = 0;
    if (steps.at(-1)?.amount !== amount) steps.push({ at: Math.max(from, at), amount });
  }
  return steps;
}

function rounded(amount: number, dealer: boolean, american: boolean, style: number): number {
  if (!dealer) {
    const step = amount < 2_000 ? 50 : style === 0 && amount > 8_000 ? 500 : style === 1 ? 250 : 100;
    return Math.max(step, Math.round(amount / step) * step);
  }
  if (american) {
    if (style === 0) return Math.round(amount);
    return Math.max(495, Math.floor(amount / 500) * 500 + (style === 1 ? 495 : style === 2 ? 499 : 488));
  }
  if (style === 0) return Math.max(490, Math.floor(amount / 100) * 100 + 90);
  if (style === 1) return Math.max(450, Math.floor(amount / 100) * 100 + 50);
  return style === 2 ? Math.max(499, Math.floor(amount / 500) * 500 + 499) : Math.round(amount / 10) * 10;
}
