import type { Fuel } from '@autobroker/kernel';

/**
 * One make: who builds it, how often it is sold where, how its trims and engines are called.
 *
 * `models` has a line each: `name; years; bodies; fuels; price; countries; share; badges`.
 * Years are of two digits (`97-12`, open at the end: still built). Bodies: h hatchback, s sedan, w estate, u suv, c coupe,
 * v convertible, t pickup, m minivan, b van. Fuels: p petrol, d diesel, h hybrid, x plug-in, e electric, l lpg, c cng,
 * f hydrogen, n ethanol. The price is that of a new one today in thousands of euros, middle trim. Countries: U D G I F, or
 * `*` for all. Badges name the engines from weak to strong: `p:318i,320i d:318d,320d`.
 */
export interface MakeRow {
  readonly name: string;
  /** WMIs of cars for the United States and for elsewhere; one or both. */
  readonly wmi: { readonly us?: string; readonly eu?: string };
  /** Share of sales in US, DE, GB, IT, FR; relative to other makes there. */
  readonly share: readonly [us: number, de: number, gb: number, it: number, fr: number];
  readonly trims: { readonly us?: string; readonly eu?: string };
  /** What the maker writes behind the litres: «1.5 TSI». */
  readonly engines?: Partial<Record<Fuel, string>>;
  readonly rearDriven?: boolean;
  readonly allDriven?: boolean;
  /** Keeps its value better (above 1) or worse than the average. */
  readonly retention?: number;
  readonly models: string;
}
