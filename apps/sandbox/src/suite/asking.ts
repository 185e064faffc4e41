import type { Parsed } from './sandbox';

/** What the SDK throws. */
export const refused = async (attempt: Promise<unknown>): Promise<Parsed> => {
  try {
    await attempt;
  } catch (error) {
    return error;
  }
  throw new Error('it was not refused');
};

export const until = async <T>(look: () => Promise<T> | T, good: (value: T) => boolean, withinMs = 10_000): Promise<T> => {
  const end = performance.now() + withinMs;
  for (;;) {
    const value = await look();
    if (good(value)) return value;
    if (performance.now() > end) throw new Error(`still ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
