import type { Column } from './columns';

/** Upper ends of the bins but the last, ascending. Bin 0 is for what is missing; bin 1 is the lowest. */
export type BinEdges = Float64Array;

/** Splits a column into at most `most` bins of about as many rows each; few distinct values get a bin each. */
export function edgesOf(column: Column, most = 254): BinEdges {
  const known = column.filter((value) => !Number.isNaN(value)).sort();
  if (known.length === 0) return new Float64Array(0);
  const distinct: number[] = [];
  const counts: number[] = [];
  for (const value of known) {
    if (distinct.length > 0 && distinct[distinct.length - 1] === value) counts[counts.length - 1] = (counts[counts.length - 1] ?? 0) + 1;
    else {
      distinct.push(value);
      counts.push(1);
    }
  }
  const middle = (index: number): number => between(distinct[index] ?? 0, distinct[index + 1] ?? 0);
  if (distinct.length <= most) return Float64Array.from({ length: distinct.length - 1 }, (_, index) => middle(index));
  const edges: number[] = [];
  let left = known.length;
  let inBin = 0;
  for (let index = 0; index < distinct.length - 1; index += 1) {
    inBin += counts[index] ?? 0;
    const share = left / (most - edges.length);
    if (inBin >= share && edges.length < most - 1) {
      edges.push(middle(index));
      left -= inBin;
      inBin = 0;
    }
  }
  return Float64Array.from(edges);
}

const mostCategories = 254;

/** A bin for each of the categories 0, 1, 2 …; a number that is none of them has none. */
export function categoryEdges(column: Column): BinEdges {
  let last = 0;
  for (const value of column) {
    if (Number.isNaN(value)) continue;
    if (!Number.isInteger(value) || value < 0 || value >= mostCategories) throw new RangeError(`${value} is no category: they are whole numbers below ${mostCategories}`);
    last = Math.max(last, value);
  }
  return Float64Array.from({ length: last }, (_, index) => index + 0.5);
}

/** A number that is at least the first and less than the second, and halfway where numbers are fine enough. */
function between(low: number, high: number): number {
  const half = low + (high - low) / 2;
  return half >= low && half < high ? half : low;
}

/** The bin of each value. */
export function binsOf(column: Column, edges: BinEdges): Uint8Array {
  const bins = new Uint8Array(column.length);
  for (let row = 0; row < column.length; row += 1) bins[row] = binOf(column[row] ?? Number.NaN, edges);
  return bins;
}

export function binOf(value: number, edges: BinEdges): number {
  if (Number.isNaN(value)) return 0;
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const half = (low + high) >> 1;
    if (value <= (edges[half] ?? 0)) high = half;
    else low = half + 1;
  }
  return low + 1;
}
