import { setPriority } from 'node:os';
import { parentPort, workerData, type Transferable } from 'node:worker_threads';
import type { TaskMessage, WorkerData } from './cpu-task';
import { answerTo } from './run-task';

/** Runs in the thread: one task after the other. */
const port = parentPort;
if (port === null) throw new Error('this file runs in worker threads only');

const { gentle } = workerData as WorkerData;
// On Linux the priority is the thread's own. Elsewhere it would be the whole process's, which must stay as it is.
if (gentle && process.platform === 'linux') setPriority(10);

port.on('message', (message: TaskMessage) => {
  void answerTo(message).then((answer) => port.postMessage(answer, answer.ok ? transferable(answer.output) : []));
});

/** Bytes that own their memory are handed over instead of copied; parts of Node's shared pool must be copied. */
function transferable(output: unknown): Transferable[] {
  const whole = (value: unknown): value is Uint8Array<ArrayBuffer> =>
    value instanceof Uint8Array && value.buffer instanceof ArrayBuffer && value.byteLength === value.buffer.byteLength;
  const values: unknown[] = typeof output === 'object' && output !== null ? Object.values(output) : [];
  const candidates = [output, ...values];
  return [...new Set(candidates.filter(whole).map((bytes) => bytes.buffer))];
}
