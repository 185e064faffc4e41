import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { logger } from '../telemetry';
import {
  CpuPoolClosedError,
  CpuQueueFullError,
  CpuTaskError,
  CpuTimeoutError,
  type CpuTask,
  type TaskAnswer,
  type TaskMessage,
  type WorkerData,
} from './cpu-task';
import { compilerArgs, ownFile } from './own-code';
import { tasksWaiting, taskSeconds } from './task-metrics';

export interface CpuPoolOptions {
  readonly size?: number;
  /** Tasks that may wait; more are refused at once, because a queue that only grows helps nobody. */
  readonly maxQueue?: number;
  readonly timeoutMs?: number;
  /** A thread without work is given back after this time. */
  readonly idleMs?: number;
  readonly maxMemoryMb?: number;
  /** For what may take its time: the threads leave the processor to whatever else wants it. */
  readonly gentle?: boolean;
}

export interface CpuRunOptions {
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

interface Waiting {
  readonly message: TaskMessage;
  readonly task: string;
  readonly timeoutMs: number;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: Error) => void;
  /** Set when a thread begins with it; tells how it went. */
  ended?: (labels: { readonly outcome: 'ok' | 'failed' }) => void;
}

interface Thread {
  readonly worker: Worker;
  current: Waiting | null;
  timer: NodeJS.Timeout | undefined;
}

const log = logger('workers');

/** A few threads for work that would hold up the event loop. Threads start when needed and end when idle. */
export class CpuPool {
  private readonly options: Required<CpuPoolOptions>;
  private readonly threads = new Set<Thread>();
  private readonly queue: Waiting[] = [];
  private nextId = 1;
  private closed = false;

  constructor(options: CpuPoolOptions = {}) {
    this.options = {
      size: Math.max(1, availableParallelism() - 1),
      maxQueue: 200,
      timeoutMs: 30_000,
      idleMs: 30_000,
      maxMemoryMb: 512,
      gentle: false,
      ...options,
    };
  }

  get threadCount(): number {
    return this.threads.size;
  }

  async run<I, O>(task: CpuTask<I, O>, input: I, options: CpuRunOptions = {}): Promise<O> {
    options.signal?.throwIfAborted();
    if (this.closed) throw new CpuPoolClosedError('the worker threads are stopped');
    if (this.queue.length >= this.options.maxQueue) throw new CpuQueueFullError('too many tasks wait for a worker thread');
    const asked = Promise.withResolvers<unknown>();
    const waiting: Waiting = {
      message: { id: this.nextId++, module: task.module, run: task.run, input },
      task: task.name,
      timeoutMs: options.timeoutMs ?? this.options.timeoutMs,
      resolve: asked.resolve,
      reject: asked.reject,
    };
    const onAbort = (): void => this.abort(waiting, options.signal?.reason);
    options.signal?.addEventListener('abort', onAbort, { once: true });
    let outcome: 'ok' | 'failed' = 'failed';
    try {
      this.enqueue(waiting);
      const output = await asked.promise;
      outcome = 'ok';
      return output as O;
    } finally {
      options.signal?.removeEventListener('abort', onAbort);
      waiting.ended?.({ outcome });
    }
  }

  /** Lets what runs end, refuses what waits. */
  async close(): Promise<void> {
    this.closed = true;
    for (const waiting of this.queue.splice(0)) {
      tasksWaiting.dec();
      waiting.reject(new CpuPoolClosedError('the worker threads are stopped'));
    }
    while ([...this.threads].some((thread) => thread.current !== null)) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await Promise.all([...this.threads].map((thread) => this.end(thread)));
  }

  private enqueue(waiting: Waiting): void {
    this.queue.push(waiting);
    tasksWaiting.inc();
    this.dispatch();
  }

  private dispatch(): void {
    while (this.queue.length > 0) {
      const thread = [...this.threads].find((candidate) => candidate.current === null) ?? this.spawn();
      if (thread === null) break;
      const waiting = this.queue.shift();
      if (waiting === undefined) break;
      tasksWaiting.dec();
      this.start(thread, waiting);
    }
  }

  private start(thread: Thread, waiting: Waiting): void {
    clearTimeout(thread.timer);
    thread.current = waiting;
    waiting.ended = taskSeconds.startTimer({ task: waiting.task });
    thread.worker.ref();
    thread.timer = setTimeout(() => {
      // A thread that computes cannot be asked to stop; it can only be ended.
      this.fail(thread, new CpuTimeoutError(`${waiting.task} took longer than ${waiting.timeoutMs} ms`));
    }, waiting.timeoutMs);
    try {
      thread.worker.postMessage(waiting.message);
    } catch (error) {
      this.settle(thread, () => waiting.reject(error instanceof Error ? error : new Error('the input cannot be sent to a thread')));
    }
  }

  private spawn(): Thread | null {
    if (this.threads.size >= this.options.size) return null;
    const worker = new Worker(ownFile('worker-main'), {
      execArgv: [...compilerArgs],
      env: { ...process.env, NODE_OPTIONS: '' },
      workerData: { gentle: this.options.gentle } satisfies WorkerData,
      resourceLimits: { maxOldGenerationSizeMb: this.options.maxMemoryMb },
    });
    const thread: Thread = { worker, current: null, timer: undefined };
    worker.unref();
    worker.on('message', (answer: TaskAnswer) => this.answered(thread, answer));
    worker.on('error', (error) => this.fail(thread, error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', (code) => this.fail(thread, new Error(`a worker thread ended by itself (exit code ${code})`)));
    this.threads.add(thread);
    return thread;
  }

  private answered(thread: Thread, answer: TaskAnswer): void {
    const { current } = thread;
    if (current === null || current.message.id !== answer.id) return;
    this.settle(thread, () => {
      if (answer.ok) current.resolve(answer.output);
      else current.reject(new CpuTaskError(current.task, answer.error.name, answer.error.message, answer.error.code));
    });
  }

  /** The thread is free for the next task, or idles until it is given back. */
  private settle(thread: Thread, tell: () => void): void {
    clearTimeout(thread.timer);
    thread.current = null;
    thread.worker.unref();
    tell();
    thread.timer = setTimeout(() => void this.end(thread), this.options.idleMs);
    thread.timer.unref();
    this.dispatch();
  }

  private fail(thread: Thread, error: Error): void {
    if (!this.threads.has(thread)) return;
    const { current } = thread;
    void this.end(thread);
    if (current !== null) {
      log.warn({ err: error, task: current.task }, 'a worker thread failed');
      current.reject(error);
    }
    this.dispatch();
  }

  private abort(waiting: Waiting, reason: unknown): void {
    const error = reason instanceof Error ? reason : new Error('aborted');
    const at = this.queue.indexOf(waiting);
    if (at >= 0) {
      this.queue.splice(at, 1);
      tasksWaiting.dec();
      waiting.reject(error);
      return;
    }
    const thread = [...this.threads].find((candidate) => candidate.current === waiting);
    if (thread !== undefined) this.fail(thread, error);
  }

  private async end(thread: Thread): Promise<void> {
    clearTimeout(thread.timer);
    this.threads.delete(thread);
    thread.worker.removeAllListeners('exit');
    await thread.worker.terminate();
  }
}
