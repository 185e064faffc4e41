import { setTimeout as sleep } from 'node:timers/promises';
import { logger } from '../../telemetry';
import type { HttpCore } from './core';

const log = logger('http.drain');

/** Lets what has begun come to its end, within the time that the configuration gives it. */
export async function drain(core: HttpCore): Promise<void> {
  if (core.draining) return;
  core.draining = true;
  const { drainMs, drainNoticeMs } = core.config;
  if (drainNoticeMs > 0) await sleep(drainNoticeMs);
  const until = performance.now() + drainMs;
  while (core.requestsInFlight > 0 && performance.now() < until) await sleep(20);
  if (core.requestsInFlight > 0)
    log.warn({ requests: core.requestsInFlight }, 'requests were still running when the time to drain was over');
}
