/** Asks until there is an answer; what is asked for happens in a worker, a consumer or another process. */
export const eventually = async <T>(what: string, ask: () => Promise<T | undefined> | T | undefined, withinMs = 15_000): Promise<T> => {
  const until = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > until) throw new Error(`still waiting for ${what} after ${withinMs / 1000} s`);
    await new Promise((done) => setTimeout(done, 50));
  }
};
