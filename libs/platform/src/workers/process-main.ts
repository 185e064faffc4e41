import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { setPriority } from 'node:os';
import { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { ProcessAnswer, ProcessOrder } from './cpu-task';
import { watcherCode, type Watched } from './process-watch';
import { answerTo, failed } from './run-task';

/** The whole life of a task's process: it takes one order, does it, answers, and ends; its memory ends with it. */
process.once('message', (order: ProcessOrder) => void obey(order));
// Before it computes, it hears that it was left alone; then the watcher does.
process.once('disconnect', () => process.exit(1));
// Whoever started it decides when it ends, also when a terminal tells them all to.
process.on('SIGINT', () => undefined);

async function obey(order: ProcessOrder): Promise<void> {
  if (order.gentle) giveWay();
  const watched: Watched = { parent: order.parent, maxMemoryMb: order.maxMemoryMb };
  const watcher = new Worker(watcherCode, { eval: true, execArgv: [], workerData: watched });
  // A thread may need this one to start, and soon it computes.
  await once(watcher, 'message');
  watcher.unref();
  const answer = await answerTo(order, order.hasData ? process.stdin : Readable.from([]));
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1_024);
  try {
    await send({ answer, peakMb });
  } catch (error) {
    await send({ answer: failed(order, error), peakMb });
  }
  process.exit(0);
}

/** Throws over an output that is no plain data, or too much for one message. */
function send(told: ProcessAnswer): Promise<void> {
  return new Promise((sent) => (process.send === undefined ? sent() : process.send(told, undefined, undefined, () => sent())));
}

/** Leaves the processor to whatever else wants it. On Linux each thread has a priority of its own; the collector's count too. */
function giveWay(): void {
  if (process.platform !== 'linux') return setPriority(10);
  for (const thread of readdirSync('/proc/self/task')) {
    try {
      setPriority(Number(thread), 10);
    } catch {
      // It has just ended.
    }
  }
}
