import type { Fuel } from '@autobroker/kernel';
import type { ModelSpec } from './catalogue';
import type { Dice } from './dice';
import type { MarketCountry } from './sources';

export interface Engine {
  readonly badge: string | null;
  readonly kw: number;
  readonly cc: number | null;
  readonly cylinders: number | null;
  /** What this engine adds to the price of the model. */
  readonly factor: number;
}

const petrolLitres = [0.9, 1.0, 1.2, 1.3, 1.4, 1.5, 1.6, 1.8, 2.0, 2.3, 2.5, 3.0, 3.5, 4.0, 5.0, 6.2];
const dieselLitres = [1.3, 1.5, 1.6, 1.9, 2.0, 2.2, 2.5, 3.0, 4.0];

/** An engine that suits the model's price and its time; the dearer of a model are stronger. */
export function engineOf(spec: ModelSpec, fuel: Fuel, year: number, country: MarketCountry, dice: Dice): Engine {
  const badges = spec.badges.get(fuel);
  const levels = badges?.length ?? 3;
  // Two throws: the middle is sold more often than the ends.
  const level = Math.min(levels - 1, Math.floor((levels * (dice.next() + dice.next())) / 2));
  const place = levels === 1 ? 0.5 : level / (levels - 1);
  const usual = 14 * (spec.price / 1_000) ** 0.6 * (fuel === 'diesel' ? 0.86 : fuel === 'electric' ? 1.15 : 1) * (country === 'US' ? 1.15 : 1);
  const kw = Math.round(usual * (0.78 + 0.62 * place) * Math.max(0.68, 1 - 0.011 * Math.max(0, 2024 - year)));
  const litres = fuel === 'electric' || fuel === 'hydrogen' ? null : litresOf(fuel, kw, year, country);
  return {
    badge: badges?.[level] ?? null,
    kw,
    cc: litres === null ? null : Math.round(litres * 1_000 - (spec.hash % 4 === 0 ? 0 : (spec.hash % 37) - 5)),
    cylinders: litres === null ? null : litres <= 1.2 ? 3 : litres <= 2.5 ? 4 : litres <= 3.6 ? 6 : litres < 6.5 ? 8 : 12,
    factor: 0.9 + 0.34 * place,
  };
}

function litresOf(fuel: Fuel, kw: number, year: number, country: MarketCountry): number {
  const perLitre = fuel === 'diesel' ? (year < 2005 ? 42 : 60) : (year < 2010 ? 54 : 74) * (country === 'US' ? 0.82 : 1);
  const wanted = kw / perLitre;
  const choices = fuel === 'diesel' ? dieselLitres : petrolLitres;
  return choices.reduce((best, litres) => (Math.abs(litres - wanted) < Math.abs(best - wanted) ? litres : best));
}
