import { readdirSync } from 'node:fs';
import { setPriority } from 'node:os';
import { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { ProcessAnswer, ProcessOrder } from './cpu-task';
import { compilerArgs, ownFile } from './own-code';
import type { Watched } from './process-watch';
import { answerTo } from './run-task';

/** The whole life of a task's process: it takes one order, does it, answers, and ends; its memory ends with it. */
process.once('message', (order: ProcessOrder) => void obey(order));
// Whoever started it decides when it ends, also when a terminal tells them all to.
process.on('SIGINT', () => undefined);

async function obey(order: ProcessOrder): Promise<void> {
  if (order.gentle) giveWay();
  const watched: Watched = { parent: process.ppid, maxMemoryMb: order.maxMemoryMb };
  new Worker(ownFile('process-watch'), { execArgv: [...compilerArgs], workerData: watched }).unref();
  const answer = await answerTo(order, order.hasData ? process.stdin : Readable.from([]));
  const told: ProcessAnswer = { answer, peakMb: Math.round(process.resourceUsage().maxRSS / 1_024) };
  await new Promise<void>((sent) => (process.send === undefined ? sent() : process.send(told, undefined, undefined, () => sent())));
  process.exit(0);
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
