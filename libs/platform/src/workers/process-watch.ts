/** What the watching thread of a task's process has to know. */
export interface Watched {
  readonly parent: number;
  readonly maxMemoryMb: number;
}

/**
 * Runs in a small thread beside the work, which never comes up for air: without its parent nobody wants its result, and
 * the limit of the heap says nothing about typed arrays. It refers to nothing outside of itself: the thread gets its text.
 */
function watch(): void {
  const { writeSync } = process.getBuiltinModule('node:fs');
  const thread = process.getBuiltinModule('node:worker_threads');
  const { parent, maxMemoryMb } = thread.workerData as Watched;
  /** A process whose parent has died gets another one; where it does not (Windows), nobody answers under the old number. */
  const hasParent = (): boolean => {
    if (process.ppid !== parent) return false;
    try {
      process.kill(parent, 0);
      return true;
    } catch {
      return false;
    }
  };
  setInterval(() => {
    const isTooLarge = process.memoryUsage.rss() > maxMemoryMb * 1_048_576;
    if (isTooLarge) writeSync(2, `out of memory: more than ${maxMemoryMb} MB\n`);
    if (isTooLarge || !hasParent()) process.kill(process.pid, 'SIGKILL');
  }, 250);
  thread.parentPort?.postMessage('watching');
}

export const watcherCode = `(${watch.toString()})()`;
