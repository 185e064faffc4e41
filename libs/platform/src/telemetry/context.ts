import { AsyncLocalStorage } from 'node:async_hooks';
import type { TraceContext } from './traceparent';

/** What every log line, span and outgoing call of one piece of work shares. */
export interface WorkContext {
  readonly requestId: string | null;
  readonly trace: TraceContext;
}

const storage = new AsyncLocalStorage<WorkContext>();

export const currentContext = (): WorkContext | undefined => storage.getStore();

export const runInContext = <T>(context: WorkContext, work: () => T): T => storage.run(context, work);

/** For work that must not inherit the request it was started from: timers, pools, caches filled for everybody. */
export const runDetached = <T>(work: () => T): T => storage.exit(work);
