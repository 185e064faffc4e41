/** Repeatable randomness: one seed, one sequence, on every machine (a 32-bit mixing generator). */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** At least 0, below 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(from: readonly T[]): T {
    const found = from[Math.floor(this.next() * from.length)];
    if (found === undefined) throw new RangeError('nothing to pick from');
    return found;
  }

  /** As pick, but earlier entries come more often: the higher the skew, the more so. */
  skewed<T>(from: readonly T[], skew: number): T {
    const found = from[Math.floor(this.next() ** skew * from.length)];
    if (found === undefined) throw new RangeError('nothing to pick from');
    return found;
  }

  /** A whole number with two digits. */
  digits(low: number, high: number): string {
    return String(Math.floor(this.between(low, high + 1))).padStart(2, '0');
  }

  word(length: number, alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789'): string {
    return Array.from({ length }, () => this.pick([...alphabet])).join('');
  }
}
