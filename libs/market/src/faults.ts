import type { CurrencyCode } from '@autobroker/kernel';
import type { Car, Instant, PriceStep } from './car';
import type { Dice } from './dice';
import { sourceOf, type SourceSlug } from './sources';
import type { ListingFault } from './types';

const DAY = 86_400_000;

/** How often each fault is planted at a marketplace; `relisted` and `duplicate_listing` come from what happens. */
export const faultShares = {
  mileage_typo: 0.015,
  wrong_currency: 0.006,
  price_on_request: 0.016,
  lifetime_low_bait: 0.009,
  price_typo: 0.008,
  wrong_year: 0.01,
  missing_fields: 0.04,
  html_noise: 0.03,
  vin_typo: 0.012,
} as const satisfies Partial<Record<ListingFault, number>>;

export interface Planted {
  readonly prices: readonly PriceStep[];
  readonly currency: CurrencyCode;
  readonly faults: readonly ListingFault[];
}

export function plantFaults(car: Car, source: SourceSlug, prices: readonly PriceStep[], from: Instant, to: Instant, dice: Dice): Planted {
  const faults: ListingFault[] = [];
  // A dealer's own list is written by his own system: fewer slips.
  const care = sourceOf(source).kind === 'dealer' ? 0.3 : 1;
  const happens = (fault: keyof typeof faultShares): boolean => {
    const yes = dice.chance(faultShares[fault] * care);
    if (yes) faults.push(fault);
    return yes;
  };
  happens('mileage_typo');
  happens('wrong_year');
  happens('missing_fields');
  happens('html_noise');
  if (dice.chance(sourceOf(source).showsVin)) happens('vin_typo');
  if (happens('price_on_request')) return { prices: [], currency: car.currency, faults };
  if (happens('wrong_currency')) return { prices, currency: car.currency === 'EUR' ? 'USD' : 'EUR', faults };
  const [first] = prices;
  if (first === undefined) return { prices, currency: car.currency, faults };
  if (happens('lifetime_low_bait')) return { prices: [{ at: from, amount: baitFor(first.amount, dice) }], currency: car.currency, faults };
  if (happens('price_typo')) return { prices: withTypo(prices, first, to, dice), currency: car.currency, faults };
  return { prices, currency: car.currency, faults };
}

function baitFor(amount: number, dice: Dice): number {
  return dice.chance(0.55) ? dice.pick([1, 1, 100, 123, 1_111, 1_234]) : Math.max(1, Math.round(amount * dice.between(0.04, 0.14)));
}

/** A digit lost, doubled or swapped; two in three notice after some days. */
function withTypo(prices: readonly PriceStep[], first: PriceStep, to: Instant, dice: Dice): PriceStep[] {
  const wrong = { at: first.at, amount: slip(first.amount, dice) };
  const noticed = Math.round(first.at + dice.between(0.5, 6) * DAY);
  if (noticed > to - DAY || dice.chance(0.33)) return [wrong];
  const later = prices.filter((step) => step.at > noticed);
  const right = prices.filter((step) => step.at <= noticed).at(-1) ?? first;
  return [wrong, { at: noticed, amount: right.amount }, ...later];
}

export function slip(amount: number, dice: Dice): number {
  const digits = String(amount);
  const roll = dice.next();
  if (roll < 0.35) return amount * 10;
  if (roll < 0.7) return Math.max(1, Math.floor(amount / 10));
  const first = digits[0] ?? '1';
  const second = digits[1] ?? '0';
  return second === '0' || second === first ? amount * 10 : Number(second + first + digits.slice(2));
}
