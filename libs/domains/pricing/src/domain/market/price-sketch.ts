/**
 * Prices as counts in buckets, each 2 % wider than the one before: counts can be added and taken away in any order, and a
 * quantile read from them is right to about a hundredth.
 */
const growth = Math.log(1.02);

export const bucketOf = (amount: number): number => Math.round(Math.log(Math.max(1, amount)) / growth);

/** The middle of the bucket, as a logarithm. */
export const logOfBucket = (bucket: number): number => bucket * growth;

export const amountOfBucket = (bucket: number): number => Math.round(Math.exp(logOfBucket(bucket)));

export interface Bucket {
  readonly bucket: number;
  readonly n: number;
}

export const countOf = (buckets: readonly Bucket[]): number => buckets.reduce((sum, { n }) => sum + n, 0);

/** The amount that the share `level` of the prices does not exceed; null without any. */
export function quantileOf(buckets: readonly Bucket[], level: number): number | null {
  const total = countOf(buckets);
  if (total <= 0) return null;
  const wanted = level * (total - 1);
  let passed = 0;
  for (const { bucket, n } of buckets.filter((one) => one.n > 0).toSorted((a, b) => a.bucket - b.bucket)) {
    passed += n;
    if (passed > wanted) return amountOfBucket(bucket);
  }
  return null;
}

export function meanOf(buckets: readonly Bucket[]): number | null {
  const total = countOf(buckets);
  return total <= 0 ? null : Math.round(buckets.reduce((sum, { bucket, n }) => sum + n * Math.exp(logOfBucket(bucket)), 0) / total);
}

/** Mean of the logarithms; null without any. */
export function logMeanOf(buckets: readonly Bucket[]): number | null {
  const total = countOf(buckets);
  return total <= 0 ? null : buckets.reduce((sum, { bucket, n }) => sum + n * logOfBucket(bucket), 0) / total;
}
