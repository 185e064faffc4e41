import { writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

/** What the watching thread of a task's process has to know. */
export interface Watched {
  readonly parent: number;
  readonly maxMemoryMb: number;
}

const everyMs = 500;

/**
 * Runs in a small thread beside the work, which never comes up for air: without its parent nobody wants its result, and
 * the limit of the heap says nothing about typed arrays.
 */
function watch({ parent, maxMemoryMb }: Watched): void {
  setInterval(() => {
    if (process.memoryUsage.rss() > maxMemoryMb * 1024 * 1024) {
      writeSync(2, `out of memory: more than ${maxMemoryMb} MB\n`);
      process.kill(process.pid, 'SIGKILL');
    }
    if (!isThere(parent)) process.kill(process.pid, 'SIGKILL');
  }, everyMs);
}

/** A process whose parent has died gets another one; where it does not (Windows), nobody answers under the old number. */
function isThere(parent: number): boolean {
  if (process.ppid !== parent) return false;
  try {
    process.kill(parent, 0);
    return true;
  } catch {
    return false;
  }
}

if (parentPort === null) throw new Error('this file runs in a worker thread only');
watch(workerData as Watched);
