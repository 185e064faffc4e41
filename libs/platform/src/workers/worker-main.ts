import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { TaskMessage, WorkerData } from './cpu-task';
import { answerTo } from './run-task';
import { transferable } from './transferable';

/** Runs in the thread: one task after the other. */
const port = parentPort;
if (port === null) throw new Error('this file runs in worker threads only');

const { gentle } = workerData as WorkerData;
// On Linux the priority is the thread's own. Elsewhere it would be the whole process's, which must stay as it is.
if (gentle && process.platform === 'linux') setPriority(10);

port.on('message', (message: TaskMessage) => {
  void answerTo(message).then((answer) => port.postMessage(answer, answer.ok ? transferable(answer.output) : []));
});
