/** What a model is trained to make small. */
export interface Loss {
  readonly name: string;
  /** The best single answer to all. */
  start(target: Float64Array): number;
  /** Into `gradient`: by how much an answer should rise, per row. */
  gradients(target: Float64Array, answer: Float64Array, gradient: Float64Array): void;
  /** Of one row. */
  of(target: number, answer: number): number;
  /**
   * The value of a leaf from the residuals of its rows, where the mean of gradients is not it; null where it is. The array
   * may be sorted.
   */
  readonly leaf: ((residuals: Float64Array) => number) | null;
}

/** At a share of a sorted array, between its neighbours. */
export function quantileOf(sorted: Float64Array, level: number): number {
  if (sorted.length === 0) return 0;
  const place = level * (sorted.length - 1);
  const low = Math.floor(place);
  const lower = sorted[low] ?? 0;
  const upper = sorted[Math.min(low + 1, sorted.length - 1)] ?? lower;
  return lower + (upper - lower) * (place - low);
}

const squared: Loss = {
  name: 'squared',
  start: (target) => target.reduce((sum, value) => sum + value, 0) / Math.max(1, target.length),
  gradients(target, answer, gradient) {
    for (let row = 0; row < target.length; row += 1) gradient[row] = (target[row] ?? 0) - (answer[row] ?? 0);
  },
  of: (target, answer) => (target - answer) ** 2,
  leaf: null,
};

/** Squared near by, absolute far off: what is far off pulls no harder for being farther. */
const huber = (delta: number): Loss => ({
  name: `huber:${delta}`,
  start: (target) => quantileOf(Float64Array.from(target).sort(), 0.5),
  gradients(target, answer, gradient) {
    for (let row = 0; row < target.length; row += 1) {
      const off = (target[row] ?? 0) - (answer[row] ?? 0);
      gradient[row] = Math.max(-delta, Math.min(delta, off));
    }
  },
  of(target, answer) {
    const off = Math.abs(target - answer);
    return off <= delta ? (off * off) / 2 : delta * (off - delta / 2);
  },
  leaf: null,
});

/** The pinball loss: its best answer is what `level` of all are below. */
const quantile = (level: number): Loss => {
  if (!(level > 0 && level < 1)) throw new RangeError('a quantile is between 0 and 1');
  return {
    name: `quantile:${level}`,
    start: (target) => quantileOf(Float64Array.from(target).sort(), level),
    gradients(target, answer, gradient) {
      for (let row = 0; row < target.length; row += 1) gradient[row] = (target[row] ?? 0) > (answer[row] ?? 0) ? level : level - 1;
    },
    of: (target, answer) => (target > answer ? level * (target - answer) : (1 - level) * (answer - target)),
    leaf: (residuals) => quantileOf(residuals.sort(), level),
  };
};

export const losses = { squared, huber, quantile } as const;
