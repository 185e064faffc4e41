import { createRequire } from 'node:module';
import { setPriority } from 'node:os';
import { parentPort, workerData, type Transferable } from 'node:worker_threads';
import type { TaskAnswer, TaskMessage, WorkerData } from './cpu-task';

/** Runs in the thread: loads the module of a task once, runs its function, sends back what it returns. */
const load = createRequire(__filename);
const port = parentPort;
if (port === null) throw new Error('this file runs in worker threads only');

const { gentle } = workerData as WorkerData;
// On Linux the priority is the thread's own. Elsewhere it would be the whole process's, which must stay as it is.
if (gentle && process.platform === 'linux') setPriority(10);

port.on('message', (message: TaskMessage) => {
  run(message).then(
    (output) => port.postMessage({ id: message.id, ok: true, output } satisfies TaskAnswer, transferable(output)),
    (error: unknown) => port.postMessage({ id: message.id, ok: false, error: described(error) } satisfies TaskAnswer),
  );
});

async function run(message: TaskMessage): Promise<unknown> {
  const loaded: unknown = load(message.module);
  const work: unknown = typeof loaded === 'object' && loaded !== null ? Reflect.get(loaded, message.run) : undefined;
  if (!isWork(work)) throw new Error(`${message.run} is not a function of its module`);
  return await work(message.input);
}

const isWork = (value: unknown): value is (input: unknown) => unknown => typeof value === 'function';

/** Bytes that own their memory are handed over instead of copied; parts of Node's shared pool must be copied. */
function transferable(output: unknown): Transferable[] {
  const whole = (value: unknown): value is Uint8Array<ArrayBuffer> =>
    value instanceof Uint8Array && value.buffer instanceof ArrayBuffer && value.byteLength === value.buffer.byteLength;
  const values: unknown[] = typeof output === 'object' && output !== null ? Object.values(output) : [];
  const candidates = [output, ...values];
  return [...new Set(candidates.filter(whole).map((bytes) => bytes.buffer))];
}

function described(error: unknown): { name: string; message: string; code?: string } {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  return { name: error.name, message: error.message, ...code };
}
