/** Work that holds the CPU for long enough to be felt by everybody else's requests (more than about 20 ms). */
export interface CpuTask<I, O> {
  readonly name: string;
  /** Absolute path of the module, as `require.resolve('./resize-image')` gives it: the thread loads it by itself. */
  readonly module: string;
  /** The function it exports. Its argument and result are copied between threads, so they must be plain data. */
  readonly run: string;
  /** Only carries the types. */
  readonly types?: (input: I) => O;
}

type Work = (input: never) => unknown;

/** Declares a task by the type of its function: `cpuTask<typeof resizeImage>({ … })`. */
export const cpuTask = <F extends Work>(
  task: Omit<CpuTask<unknown, unknown>, 'types'>,
): CpuTask<Parameters<F>[0], Awaited<ReturnType<F>>> => ({ ...task });

/** Work that takes minutes or much memory: it gets a process of its own, and data that are too many for one message. */
export interface ProcessTask<I, O> {
  readonly name: string;
  readonly module: string;
  readonly run: string;
  readonly types?: (input: I, data: AsyncIterable<Uint8Array>) => O;
}

type ProcessWork = (input: never, data: never) => unknown;

/** As `cpuTask`; the function's second parameter is what the caller streams to it, empty where there is nothing. */
export const processTask = <F extends ProcessWork>(
  task: Omit<ProcessTask<unknown, unknown>, 'types'>,
): ProcessTask<Parameters<F>[0], Awaited<ReturnType<F>>> => ({ ...task });

/** What a thread knows from its start. */
export interface WorkerData {
  readonly gentle: boolean;
}

/** What the pool sends to a thread. */
export interface TaskMessage {
  readonly id: number;
  readonly module: string;
  readonly run: string;
  readonly input: unknown;
}

/** What a process is told to do in its life. */
export interface ProcessOrder extends TaskMessage {
  /** Who started it. What the system says may already be who has taken over its children. */
  readonly parent: number;
  readonly gentle: boolean;
  readonly maxMemoryMb: number;
  readonly hasData: boolean;
}

export interface ProcessAnswer {
  readonly answer: TaskAnswer;
  /** The most memory that it has held. */
  readonly peakMb: number;
}

export type TaskAnswer =
  | { readonly id: number; readonly ok: true; readonly output: unknown }
  | { readonly id: number; readonly ok: false; readonly error: { readonly name: string; readonly message: string; readonly code?: string } };

export class CpuTimeoutError extends Error {
  override readonly name = 'CpuTimeoutError';
}
export class CpuQueueFullError extends Error {
  override readonly name = 'CpuQueueFullError';
}
export class CpuPoolClosedError extends Error {
  override readonly name = 'CpuPoolClosedError';
}
/** The task needed more memory than it may have, or than there was. */
export class CpuMemoryError extends Error {
  override readonly name = 'CpuMemoryError';
}
/** Its process ended before it had answered. */
export class CpuProcessEndedError extends Error {
  override readonly name = 'CpuProcessEndedError';
}
/** The task threw: its message, without its stack, and its `code` where it had one. */
export class CpuTaskError extends Error {
  override readonly name = 'CpuTaskError';
  constructor(
    readonly task: string,
    readonly causeName: string,
    message: string,
    readonly code: string | undefined,
  ) {
    super(message);
  }
}
