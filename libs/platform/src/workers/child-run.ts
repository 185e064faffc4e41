import { fork, type ChildProcess } from 'node:child_process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { CpuMemoryError, CpuProcessEndedError, CpuTimeoutError, type ProcessAnswer, type ProcessOrder } from './cpu-task';
import { compilerArgs, ownFile } from './own-code';

export interface ChildRunOptions {
  readonly task: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly data: AsyncIterable<Uint8Array> | undefined;
}

interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The last words of a process say why it ended; more than this is not kept of them. */
const wordsKept = 8_000;

/** What feeds it may hang in a read of its own, for ever: when the process is gone, it has so long to let go. */
const letGoMs = 1_000;

/** One process for one order. It settles when the process is gone, whatever has ended it. */
export class ChildRun {
  private readonly child: ChildProcess;
  private answer: ProcessAnswer | null = null;
  private failure: Error | null = null;
  private words = '';

  constructor(
    private readonly order: ProcessOrder,
    private readonly options: ChildRunOptions,
  ) {
    this.child = fork(ownFile('process-main'), [], {
      execArgv: [...compilerArgs, `--max-old-space-size=${order.maxMemoryMb}`],
      env: { ...process.env, NODE_OPTIONS: '' },
      serialization: 'advanced',
      stdio: [order.hasData ? 'pipe' : 'ignore', 'inherit', 'pipe', 'ipc'],
    });
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  async done(): Promise<ProcessAnswer> {
    const { task, timeoutMs, signal } = this.options;
    const timer = setTimeout(() => this.give(new CpuTimeoutError(`${task} took longer than ${timeoutMs} ms`)), timeoutMs);
    const onAbort = (): void => this.give(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    const ended = this.ended();
    const fed = this.feed();
    try {
      const end = await ended;
      await Promise.race([fed, pause(letGoMs, undefined, { ref: false })]);
      if (this.failure !== null) throw this.failure;
      return this.answer ?? this.told(end);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    }
  }

  private ended(): Promise<End> {
    const { child } = this;
    child.on('message', (answer: ProcessAnswer) => (this.answer = answer));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.words = (this.words + text).slice(-wordsKept)));
    return new Promise((resolve) => {
      child.once('error', (error) => {
        this.give(error);
        resolve({ code: null, signal: null });
      });
      child.once('close', (code, signal) => resolve({ code, signal }));
      this.tell();
    });
  }

  /** An input that is no plain data cannot be sent: then the process would wait for its order for ever. */
  private tell(): void {
    try {
      this.child.send(this.order, (error) => error !== null && this.give(error));
    } catch (error) {
      this.give(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** Never more than a few pieces ahead of the process. That it ends without having read all of it is its own affair. */
  private async feed(): Promise<void> {
    const { data } = this.options;
    const { stdin } = this.child;
    if (data === undefined || stdin === null) return;
    await pipeline(Readable.from(this.watched(data), { objectMode: false }), stdin).catch(() => undefined);
  }

  private async *watched(data: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      yield* data;
    } catch (error) {
      // What was sent so far must not be taken for everything.
      this.give(error instanceof Error ? error : new Error(String(error)));
      throw error;
    }
  }

  private give(error: Error): void {
    this.failure ??= error;
    // It computes and does not listen; there is nothing in it that would have to be put away.
    this.child.kill('SIGKILL');
  }

  private told({ code, signal }: End): never {
    const { task } = this.options;
    const { maxMemoryMb } = this.order;
    if (/out of memory/iu.test(this.words)) throw new CpuMemoryError(`${task} needed more than the ${maxMemoryMb} MB that it may have`);
    if (signal === 'SIGKILL') throw new CpuMemoryError(`${task} was killed (SIGKILL), as the system does when memory runs out`);
    const how = signal === null ? `exit code ${code ?? 'unknown'}` : signal;
    const last = this.words.trim().split('\n').at(-1) ?? '';
    throw new CpuProcessEndedError(`the process of ${task} ended by itself (${how})${last === '' ? '' : `: ${last.slice(0, 300)}`}`);
  }
}
