/** Tasks for the tests of the pool. */
export const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);

export const spin = (ms: number): string => {
  const end = performance.now() + ms;
  while (performance.now() < end);
  return 'done';
};

export const fail = (code: string): never => {
  throw Object.assign(new RangeError('out of range'), { code });
};

export const leave = (): never => process.exit(3);

export const reverse = (bytes: Uint8Array): Uint8Array => Uint8Array.from(bytes).reverse();
