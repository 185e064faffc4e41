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

/** Member states of the European Union, by their code. */
export const euCountries: ReadonlySet<string> = new Set(Object.keys(standard));

/** Null outside the union, and before the first day that is known. */
export function standardVatRate(country: string, day: string): number | null {
  const known = standard[country]?.filter(([from]) => from <= day);
  return known?.at(-1)?.[1] ?? null;
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
