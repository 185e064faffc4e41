import { nicesOf } from './nices.fixture';

/** Tasks for the tests of the pool and of the process. */
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

/** What came in, and in how many pieces. */
export const count = async ({ times }: { readonly times: number }, data: AsyncIterable<Uint8Array>): Promise<{ bytes: number; sum: number; pid: number; at: Date; nices: number[] }> => {
  let [bytes, sum] = [0, 0];
  for await (const piece of data) {
    bytes += piece.length;
    for (const byte of piece) sum += byte * times;
  }
  return { bytes, sum, pid: process.pid, at: new Date(0), nices: nicesOf() };
};

/** What no message can carry. */
export const secretive = (): (() => string) => () => 'a function';

/** Takes more and more memory outside the heap, where no limit of V8's reaches. */
export const hoard = (): number => {
  const held: Uint8Array[] = [];
  for (;;) {
    held.push(new Uint8Array(8 * 1024 * 1024).fill(1));
    spin(20);
  }
};

/** Takes more and more of the heap. */
export const heap = (): number => {
  const held: number[][] = [];
  for (;;) held.push(new Array<number>(1_000_000).fill(held.length));
};

export const selfKill = (signal: NodeJS.Signals): void => {
  process.stderr.write('the last words\n');
  process.kill(process.pid, signal);
  spin(2_000);
};
