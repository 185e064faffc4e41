import { Duration } from './duration';

/**
 * Standard rates of value added tax in the union's member states, in hundredths of a percent, each from its first day on. What
 * is not here is outside the union.
 */
const standard: Readonly<Record<string, readonly (readonly [from: string, rate: number])[]>> = {
  AT: [['2016-01-01', 2000]],
  BE: [['1996-01-01', 2100]],
  BG: [['1999-01-01', 2000]],
  CY: [['2014-01-13', 1900]],
  CZ: [['2013-01-01', 2100]],
  DE: [['2007-01-01', 1900], ['2020-07-01', 1600], ['2021-01-01', 1900]],
  DK: [['1992-01-01', 2500]],
  EE: [['2024-01-01', 2200], ['2025-07-01', 2400]],
  ES: [['2012-09-01', 2100]],
  FI: [['2013-01-01', 2400], ['2024-09-01', 2550]],
  FR: [['2014-01-01', 2000]],
  GR: [['2016-06-01', 2400]],
  HR: [['2012-03-01', 2500]],
  HU: [['2012-01-01', 2700]],
  IE: [['2021-03-01', 2300]],
  IT: [['2013-10-01', 2200]],
  LT: [['2009-09-01', 2100]],
  LU: [['2024-01-01', 1700]],
  LV: [['2012-07-01', 2100]],
  MT: [['2004-01-01', 1800]],
  NL: [['2012-10-01', 2100]],
  PL: [['2011-01-01', 2300]],
  PT: [['2011-01-01', 2300]],
  RO: [['2017-01-01', 1900], ['2025-08-01', 2100]],
  SE: [['1990-07-01', 2500]],
  SI: [['2013-07-01', 2200]],
  SK: [['2011-01-01', 2000], ['2025-01-01', 2300]],
};

/** Member states of the European Union, by their code. */
export const euCountries: ReadonlySet<string> = new Set(Object.keys(standard));

/** Null outside the union, and before the first day that is known. */
export function standardVatRate(country: string, day: string): number | null {
  const known = standard[country]?.filter(([from]) => from <= day);
  return known?.at(-1)?.[1] ?? null;
}

/** Those that hold on some day of a time, both its ends in it. */
export function standardVatRates(country: string, from: string, to: string): readonly number[] {
  const all = standard[country] ?? [];
  return all.filter(([first], at) => first <= to && (all[at + 1]?.[0] ?? '9999') > from).map(([, rate]) => rate);
}

/** Half a cent goes up, away from zero, as on paper. */
export const taxOn = (net: number, rate: number): number => Math.sign(net) * Math.floor((Math.abs(net) * rate * 2 + 10_000) / 20_000);

/** The net part of a price that has its tax inside. Its tax is `taxOn` of it, and both may miss the price by a cent. */
export const netOfTax = (gross: number, rate: number): number => Math.sign(gross) * Math.floor((Math.abs(gross) * 20_000 + (10_000 + rate)) / (2 * (10_000 + rate)));

const everyRate: readonly number[] = [...new Set(Object.values(standard).flatMap((rates) => rates.map(([, rate]) => rate)))];

/** The one standard rate whose tax on so much is this; null where none is, or several are. */
export function rateByTax(net: number, tax: number): number | null {
  const [rate, another] = everyRate.filter((one) => taxOn(net, one) === tax);
  return rate === undefined || another !== undefined ? null : rate;
}

/** What is sold together at one rate: parts that are net, and parts that have their tax inside. */
export interface TaxedSum {
  readonly net: number;
  readonly tax: number;
  /** What the prices with their tax inside miss by when they are taken apart. */
  readonly rounding: number;
}

/** The tax is on the sum, and not on each of its parts. */
export function taxedSum(netParts: readonly number[], grossParts: readonly number[], rate: number): TaxedSum {
  const add = (parts: readonly number[]): number => parts.reduce((total, part) => total + part, 0);
  const netPart = add(netParts);
  const net = netPart + add(grossParts.map((part) => netOfTax(part, rate)));
  const tax = taxOn(net, rate);
  return { net, tax, rounding: netPart + taxOn(netPart, rate) + add(grossParts) - net - tax };
}

const newAge = Duration.of({ months: 6 });
const newKm = 6_000;

export interface CarAge {
  /** Days, as `2021-03-15`. */
  readonly firstRegistration: string | null;
  readonly mileageKm: number | null;
  readonly day: string;
}

/**
 * A car that is at most six months old, or has run at most 6,000 kilometres, is new wherever it crosses a border (Directive
 * 2006/112, Art. 2). Null where neither is so and one of them is not known.
 */
export function isNewTransport({ firstRegistration, mileageKm, day }: CarAge): boolean | null {
  if (mileageKm !== null && mileageKm <= newKm) return true;
  if (firstRegistration !== null && day <= newAge.addTo(new Date(firstRegistration)).toISOString().slice(0, 10)) return true;
  return firstRegistration === null || mileageKm === null ? null : false;
}
