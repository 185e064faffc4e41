import { setTimeout as pause } from 'node:timers/promises';

export class JobTimeoutError extends Error {
  override readonly name = 'JobTimeoutError';
}
export class JobStoppedError extends Error {
  override readonly name = 'JobStoppedError';
}

/**
 * Runs one attempt within its time. When the time is over, or `stop` says so, the handler is told by its signal and given
 * a moment to end, so that the next attempt does not begin beside it; the attempt has failed either way.
 */
export const runWithin = async <T>(
  timeoutMs: number,
  stop: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
  graceMs = 5_000,
): Promise<T> => {
  const controller = new AbortController();
  const { promise: ended, reject } = Promise.withResolvers<never>();
  ended.catch(() => undefined); // nobody may be listening any more
  const give = (error: Error): void => {
    controller.abort(error);
    void Promise.race([running.then(noop, noop), pause(graceMs, undefined, { ref: false })]).then(() => reject(error));
  };
  const timer = setTimeout(() => give(new JobTimeoutError(`took longer than ${timeoutMs} ms`)), timeoutMs);
  const onStop = (): void => give(new JobStoppedError('the process is stopping'));
  const running = Promise.resolve().then(() => work(controller.signal));
  if (stop.aborted) onStop();
  else stop.addEventListener('abort', onStop, { once: true });
  try {
    const result = await Promise.race([running, ended]);
    if (controller.signal.aborted) throw controller.signal.reason;
    return result;
  } finally {
    clearTimeout(timer);
    stop.removeEventListener('abort', onStop);
  }
};

const noop = (): void => undefined;
