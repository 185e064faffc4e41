import type { ErrorEvent } from '@sentry/node';
import type { ErrorReport, ErrorReporter } from './errors';
import { redact, redactText } from './redaction';

export interface SentrySettings {
  readonly dsn: string;
  readonly release: string;
  readonly environment: string;
  readonly service: string;
}

/**
 * Loads Sentry only when there is somewhere to send to. It gets what we hand it and nothing more: no automatic
 * instrumentation, no request bodies, no breadcrumbs, no machine name.
 */
export async function startSentry(settings: SentrySettings): Promise<ErrorReporter> {
  const sentry = await import('@sentry/node');
  const client = new sentry.NodeClient({
    dsn: settings.dsn,
    release: settings.release,
    environment: settings.environment,
    integrations: [],
    transport: sentry.makeNodeTransport,
    stackParser: sentry.defaultStackParser,
    maxBreadcrumbs: 0,
    serverName: settings.service,
    beforeSend: scrub,
  });
  client.init();
  return {
    report({ error, tags }: ErrorReport): void {
      const scope = new sentry.Scope();
      scope.setClient(client);
      scope.setTags({ service: settings.service, ...tags });
      scope.captureException(error);
    },
    async flush(timeoutMs: number): Promise<void> {
      await client.flush(timeoutMs);
    },
  };
}

/** The last gate before anything leaves the house. */
function scrub(event: ErrorEvent): ErrorEvent {
  for (const exception of event.exception?.values ?? []) {
    if (exception.value !== undefined) exception.value = redactText(exception.value);
    // Local variables and source lines may hold anything.
    for (const frame of exception.stacktrace?.frames ?? []) delete frame.vars;
  }
  if (event.message !== undefined) event.message = redactText(event.message);
  delete event.user;
  delete event.request;
  delete event.breadcrumbs;
  if (event.extra !== undefined) event.extra = Object.fromEntries(Object.entries(event.extra).map(([key, value]) => [key, redact(value)]));
  return event;
}
