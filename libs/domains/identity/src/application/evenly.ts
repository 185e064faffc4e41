/**
 * Answers no sooner than after `floorMs`: what happened inside (a known address, an unknown one) must not be readable
 * from the time it took. The password hash is computed on every path anyway; this evens out the rest.
 */
export async function evenly<T>(floorMs: number, work: () => Promise<T>): Promise<T> {
  const floor = new Promise<void>((resolve) => setTimeout(resolve, floorMs));
  try {
    return await work();
  } finally {
    await floor;
  }
}
