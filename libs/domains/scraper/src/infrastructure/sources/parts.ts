import type { Slice } from '../../application/source-plugin';

const firstYears: readonly Slice[] = [
  { yearMax: 1999 },
  { yearMin: 2000, yearMax: 2004 },
  { yearMin: 2005, yearMax: 2009 },
  { yearMin: 2010, yearMax: 2012 },
  { yearMin: 2013, yearMax: 2014 },
  { yearMin: 2015, yearMax: 2016 },
  { yearMin: 2017, yearMax: 2017 },
  { yearMin: 2018, yearMax: 2018 },
  { yearMin: 2019, yearMax: 2019 },
  { yearMin: 2020, yearMax: 2020 },
  { yearMin: 2021, yearMax: 2021 },
  { yearMin: 2022, yearMax: 2022 },
  { yearMin: 2023, yearMax: 2023 },
  { yearMin: 2024, yearMax: 2024 },
  { yearMin: 2025, yearMax: 2025 },
  { yearMin: 2026 },
];

const firstPrices: readonly Slice[] = [
  { priceMax: 4_999 },
  { priceMin: 5_000, priceMax: 9_999 },
  { priceMin: 10_000, priceMax: 14_999 },
  { priceMin: 15_000, priceMax: 19_999 },
  { priceMin: 20_000, priceMax: 29_999 },
  { priceMin: 30_000, priceMax: 49_999 },
  { priceMin: 50_000 },
];

/**
 * For sites that show only the first pages of any search: by year of registration first, then by price, in halves until a
 * part fits. What names neither year nor price is seen when it is new, at the top of the undivided list.
 */
export function byYearAndPrice(slice: Slice | undefined): readonly Slice[] {
  if (slice === undefined) return firstYears;
  const { yearMin, yearMax, priceMin, priceMax } = slice;
  if (yearMin !== undefined && yearMax !== undefined && yearMax > yearMin) {
    const middle = Math.floor((yearMin + yearMax) / 2);
    return [{ ...slice, yearMax: middle }, { ...slice, yearMin: middle + 1 }];
  }
  if (priceMin === undefined && priceMax === undefined) return firstPrices.map((part) => ({ ...slice, ...part }));
  const low = priceMin ?? 0;
  const high = priceMax ?? Math.max(100_000, low * 4);
  if (high - low < 100) return [];
  const middle = Math.floor((low + high) / 2);
  return [
    { ...slice, priceMax: middle },
    { ...slice, priceMin: middle + 1, ...(priceMax === undefined ? {} : { priceMax }) },
  ];
}
