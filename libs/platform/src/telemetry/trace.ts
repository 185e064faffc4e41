import { currentContext, runInContext, type WorkContext } from './context';
import { formatTraceparent, newSpanId, newTraceId, parseTraceparent, type TraceContext } from './traceparent';

export type SpanKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer';
export type AttributeValue = string | number | boolean;
export type Attributes = Readonly<Record<string, AttributeValue | undefined>>;

export interface Span {
  readonly context: TraceContext;
  set(name: string, value: AttributeValue): void;
  rename(name: string): void;
  fail(error: unknown): void;
  end(): void;
}

/** What records spans: absent unless an exporter is configured. */
export interface SpanRecorder {
  start(name: string, kind: SpanKind, parent: TraceContext | null, attributes: Attributes): Span;
}

const noSpan = '0'.repeat(16);

class SilentSpan implements Span {
  constructor(readonly context: TraceContext) {}
  set(): void {}
  rename(): void {}
  fail(): void {}
  end(): void {}
}
const silent = new SilentSpan({ traceId: '0'.repeat(32), spanId: noSpan, sampled: false });

/** One unit of work that came from outside: a request, an event, a job. */
export interface Work {
  readonly context: WorkContext;
  readonly span: Span;
}

export interface WorkOptions {
  readonly name: string;
  readonly kind?: SpanKind;
  /** The traceparent it came with, if any. */
  readonly parent?: string | null;
  readonly requestId?: string | null;
  readonly attributes?: Attributes;
}

/**
 * Manual tracing with the decision at the head: work that is not sampled costs two ids and one storage entry, and
 * work inside it costs nothing. Trace ids exist either way, so that logs can be joined across services.
 */
export class Trace {
  private recorder: SpanRecorder | null = null;
  private ratio = 0;

  /** Whether spans are recorded at all. */
  get enabled(): boolean {
    return this.recorder !== null;
  }

  use(recorder: SpanRecorder | null, ratio: number): void {
    this.recorder = recorder;
    this.ratio = ratio;
  }

  /** Begins work from outside. The caller runs it with `runInContext(work.context, …)` and ends `work.span`. */
  begin(options: WorkOptions): Work {
    const parent = parseTraceparent(options.parent);
    const requestId = options.requestId ?? null;
    const recorder = this.recorder;
    const sampled = parent === null ? recorder !== null && Math.random() < this.ratio : parent.sampled;
    if (recorder === null || !sampled) {
      const trace = { traceId: parent?.traceId ?? newTraceId(), spanId: newSpanId(), sampled };
      return { context: { requestId, trace }, span: silent };
    }
    const span = recorder.start(options.name, options.kind ?? 'server', parent, options.attributes ?? {});
    return { context: { requestId, trace: span.context }, span };
  }

  /** Runs a job, an event handler or a timer's work as one unit of its own, continuing the trace it came with. */
  run<T>(options: WorkOptions, work: (span: Span) => Promise<T>): Promise<T> {
    const begun = this.begin({ kind: 'consumer', ...options });
    return runInContext(begun.context, () => finish(begun.span, work));
  }

  /** A step inside the current work. Outside of any, or when it is not sampled, only the function runs. */
  span<T>(name: string, attributes: Attributes, work: (span: Span) => Promise<T>, kind: SpanKind = 'internal'): Promise<T> {
    const recorder = this.recorder;
    if (recorder === null) return work(silent);
    const context = currentContext();
    if (context === undefined || !context.trace.sampled) return work(silent);
    const span = recorder.start(name, kind, context.trace, attributes);
    return runInContext({ ...context, trace: span.context }, () => finish(span, work));
  }

  /** The header that hands the current trace to another service or into an event; null outside of any work. */
  traceparent(): string | null {
    const context = currentContext();
    return context === undefined ? null : formatTraceparent(context.trace);
  }
}

async function finish<T>(span: Span, work: (span: Span) => Promise<T>): Promise<T> {
  try {
    return await work(span);
  } catch (error) {
    span.fail(error);
    throw error;
  } finally {
    span.end();
  }
}

/** The process's tracer. */
export const trace = new Trace();
