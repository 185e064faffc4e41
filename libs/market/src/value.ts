import type { MarketCountry } from './sources';
import type { Car } from './car';

const DAY = 86_400_000;
const YEAR = 365.25 * DAY;

/** Local prices against euros: exchange rate and price level in one. */
export const euroTo: Readonly<Record<MarketCountry, number>> = { US: 1.05, DE: 1, GB: 0.86, IT: 0.98, FR: 0.99 };

/** What a year's driving is, in kilometres. */
export const yearlyKm: Readonly<Record<MarketCountry, number>> = { US: 19_500, DE: 14_500, GB: 12_500, IT: 12_500, FR: 13_500 };

/** What a car is worth at a moment, in whole units of its country's currency: the truth that every price is a noisy copy of. */
export function worth(car: Car, at: number): number {
  const { spec } = car;
  const age = Math.max(0, (at - Date.UTC(car.registered.year, car.registered.month - 1, 1)) / YEAR);
  const whenNew = spec.price * car.trimFactor * car.engineFactor * 1.022 ** (car.year - 2024);
  const expectedKm = yearlyKm[car.country] * Math.max(0.3, age);
  const distance = Math.exp(-0.0000034 * (car.mileageKm - expectedKm));
  const kept = retained(age, car.fuel === 'electric' ? 0.94 : 1) ** (1 / (spec.make.retention ?? 1));
  const euros = whenNew * kept * Math.min(1.28, Math.max(0.55, distance)) * car.conditionFactor * car.place.priceLevel * season(car, at);
  return Math.max(spec.price * 0.012 + 250, euros) * euroTo[car.country];
}

/** A fifth in the first year, then about an eighth a year, ever more slowly. */
function retained(age: number, harder: number): number {
  const first = 1 - 0.19 * Math.min(1, age);
  const next = Math.exp(-0.128 * Math.max(0, Math.min(age, 9) - 1));
  const late = Math.exp(-0.075 * Math.max(0, Math.min(age, 18) - 9));
  const old = Math.exp(-0.02 * Math.max(0, age - 18));
  return first * next * late * old * harder ** Math.min(age, 8);
}

/** Open cars in spring, driven wheels before winter, a slow December. */
function season(car: Car, at: number): number {
  const month = new Date(at).getUTCMonth();
  const turn = Math.cos(((month - 5) / 12) * 2 * Math.PI);
  if (car.body === 'convertible') return 1 + 0.045 * turn;
  if (car.drivetrain === 'awd') return 1 - 0.02 * turn;
  return 1 + 0.008 * turn;
}
