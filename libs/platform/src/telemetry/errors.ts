import { currentContext } from './context';
import { logger } from './logger';
import { metrics } from './metrics';

export interface ErrorReport {
  readonly error: unknown;
  readonly tags: Readonly<Record<string, string>>;
}

/** Where unexpected errors go besides the log: Sentry, when it is configured. */
export interface ErrorReporter {
  report(report: ErrorReport): void;
  flush(timeoutMs: number): Promise<void>;
}

const log = logger('telemetry.errors');
const reported = metrics.counter({ name: 'unexpected_errors_total', help: 'Errors nobody expected', labels: ['where'] });

/** For errors that nobody expected. A refusal is not one, and neither is a client's mistake. */
export class Errors {
  private reporter: ErrorReporter | null = null;

  use(reporter: ErrorReporter | null): void {
    this.reporter = reporter;
  }

  report(error: unknown, where = 'unknown', fields: Readonly<Record<string, string>> = {}): void {
    reported.inc({ where });
    log.error({ err: error, where, ...fields }, 'unexpected error');
    if (this.reporter === null) return;
    const context = currentContext();
    this.reporter.report({
      error,
      tags: {
        where,
        ...fields,
        ...(context === undefined ? {} : { trace_id: context.trace.traceId }),
        ...(context?.requestId == null ? {} : { request_id: context.requestId }),
      },
    });
  }

  flush(timeoutMs = 2_000): Promise<void> {
    return this.reporter === null ? Promise.resolve() : this.reporter.flush(timeoutMs);
  }
}

export const errors = new Errors();
