import { setTimeout as pause } from 'node:timers/promises';
import { JobStoppedError, JobTimeoutError, runWithin } from './job-attempt';

const never = new AbortController().signal;
const abortOf = (signal: AbortSignal): Promise<unknown> => new Promise((resolve) => signal.addEventListener('abort', () => resolve(signal.reason)));

describe('an attempt', () => {
  it('gives what the handler gives, and fails as it fails', async () => {
    expect(await runWithin(1_000, never, () => Promise.resolve('x'))).toBe('x');
    await expect(runWithin(1_000, never, () => Promise.reject(new Error('own')))).rejects.toThrow('own');
  });

  it('fails when its time is over, even when the handler then ends well', async () => {
    let told: unknown;
    const attempt = runWithin(20, never, async (signal) => {
      told = await abortOf(signal);
      return 'too late';
    });
    await expect(attempt).rejects.toThrow(JobTimeoutError);
    expect(told).toBeInstanceOf(JobTimeoutError);
  });

  it('waits a moment for the handler to end, so that the next attempt does not run beside it', async () => {
    let ended = false;
    const attempt = runWithin(10, never, async (signal) => {
      await abortOf(signal);
      await pause(60);
      ended = true;
    });
    await expect(attempt).rejects.toThrow(JobTimeoutError);
    expect(ended).toBe(true);
  });

  it('does not wait for ever for a handler that does not listen', async () => {
    const began = performance.now();
    await expect(runWithin(10, never, () => pause(5_000, undefined, { ref: false }), 50)).rejects.toThrow(JobTimeoutError);
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  it('is stopped with the process, also when that happened before', async () => {
    const stop = new AbortController();
    const running = runWithin(5_000, stop.signal, abortOf);
    stop.abort();
    await expect(running).rejects.toThrow(JobStoppedError);
    await expect(runWithin(5_000, stop.signal, abortOf, 10)).rejects.toThrow(JobStoppedError);
  });
});
