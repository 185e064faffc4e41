/**
 * Standard rates of value added tax in hundredths of a percent, each from its first day on. What is not here is outside the
 * union, where an invoice is an ordinary one.
 */
const standard: Readonly<Record<string, readonly (readonly [from: string, rate: number])[]>> = {
  AT: [['2016-01-01', 2000]],
  BE: [['1996-01-01', 2100]],
  BG: [['1999-01-01', 2000]],
  CY: [['2014-01-13', 1900]],
  CZ: [['2013-01-01', 2100]],
  DE: [['2021-01-01', 1900]],
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

export const isInUnion = (country: string): boolean => Object.hasOwn(standard, country);

/** Null outside the union, and before the first day that is known. */
export function standardRate(country: string, day: string): number | null {
  const known = standard[country]?.filter(([from]) => from <= day);
  return known?.at(-1)?.[1] ?? null;
}

/** Half a cent goes up, away from zero, as on paper. */
export const taxOn = (net: number, rate: number): number => Math.sign(net) * Math.floor((Math.abs(net) * rate * 2 + 10_000) / 20_000);

/** The net part of a price that has its tax inside. Its tax is `taxOn` of it, and both may miss the price by a cent. */
export const netOf = (gross: number, rate: number): number => Math.sign(gross) * Math.floor((Math.abs(gross) * 20_000 + (10_000 + rate)) / (2 * (10_000 + rate)));
