import { logger } from '../telemetry';
import { ChildRun } from './child-run';
import { CpuPoolClosedError, CpuQueueFullError, CpuTaskError, type ProcessTask } from './cpu-task';
import { peakBytes, taskSeconds } from './task-metrics';

export interface TaskProcessOptions {
  /** Tasks that may wait for the one that runs. */
  readonly maxQueue?: number;
  readonly timeoutMs?: number;
  /** Of the whole process, typed arrays included. */
  readonly maxMemoryMb?: number;
  /** Leaves the processor to whatever else wants it. */
  readonly gentle?: boolean;
}

export interface TaskProcessRun {
  readonly timeoutMs?: number;
  readonly maxMemoryMb?: number;
  readonly signal?: AbortSignal;
  /** What is too much for one message: it is read as fast as the process takes it, and never held here. */
  readonly data?: AsyncIterable<Uint8Array>;
}

const log = logger('workers');

/**
 * Work that takes minutes and hundreds of megabytes, one at a time, each in a process of its own that ends with it. Threads
 * share their process's memory: what a training has once taken from the system there, the allocator keeps in pieces.
 */
export class TaskProcess {
  private readonly options: Required<TaskProcessOptions>;
  private readonly closing = new AbortController();
  private turn: Promise<void> = Promise.resolve();
  private current: ChildRun | null = null;
  /** That runs or waits. */
  private accepted = 0;

  constructor(options: TaskProcessOptions = {}) {
    this.options = { maxQueue: 4, timeoutMs: 30 * 60_000, maxMemoryMb: 3_072, gentle: true, ...options };
  }

  /** Of the process that runs now. */
  get pid(): number | null {
    return this.current?.pid ?? null;
  }

  async run<I, O>(task: ProcessTask<I, O>, input: I, options: TaskProcessRun = {}): Promise<O> {
    const signal = AbortSignal.any([this.closing.signal, ...(options.signal === undefined ? [] : [options.signal])]);
    signal.throwIfAborted();
    if (this.accepted > this.options.maxQueue) throw new CpuQueueFullError('too many tasks wait for their process');
    this.accepted += 1;
    const before = this.turn;
    const over = Promise.withResolvers<void>();
    this.turn = before.then(() => over.promise);
    try {
      await until(before, signal);
      const output = await this.start(task, input, options, signal);
      return output as O;
    } finally {
      this.accepted -= 1;
      over.resolve();
    }
  }

  /** Ends what runs: it may take minutes, and is done again. */
  async close(): Promise<void> {
    this.closing.abort(new CpuPoolClosedError('the processes of tasks are stopped'));
    await this.turn;
  }

  private async start<I, O>({ name, module, run }: ProcessTask<I, O>, input: I, options: TaskProcessRun, signal: AbortSignal): Promise<unknown> {
    const { data, timeoutMs = this.options.timeoutMs, maxMemoryMb = this.options.maxMemoryMb } = options;
    const stop = taskSeconds.startTimer({ task: name });
    const began = performance.now();
    let outcome = 'failed';
    try {
      this.current = new ChildRun({ id: 1, module, run, input, parent: process.pid, gentle: this.options.gentle, maxMemoryMb, hasData: data !== undefined }, { task: name, timeoutMs, signal, data });
      const { answer, peakMb } = await this.current.done();
      peakBytes.set(peakMb * 1024 * 1024, { task: name });
      if (!answer.ok) throw new CpuTaskError(name, answer.error.name, answer.error.message, answer.error.code);
      outcome = 'ok';
      log.info({ task: name, duration_ms: Math.round(performance.now() - began), peak_mb: peakMb }, 'a task has run in a process of its own');
      return answer.output;
    } catch (error) {
      log.warn({ err: error, task: name }, 'a task in a process of its own has failed');
      throw error;
    } finally {
      this.current = null;
      stop({ outcome });
    }
  }
}

/** Waits, unless it is called off. */
async function until(before: Promise<void>, signal: AbortSignal): Promise<void> {
  const called = Promise.withResolvers<never>();
  const onAbort = (): void => called.reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await Promise.race([before, called.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
