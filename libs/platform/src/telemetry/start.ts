import type { ConfigOf } from '../config';
import type { telemetryConfig } from './config';
import { errors } from './errors';
import { configureLogging, logger, prettyDestination } from './logger';
import { metrics } from './metrics';
import { startOtel } from './otel';
import { startSentry } from './sentry';
import { errorThresholds, MailAlertChannel, WebhookAlertChannel, type AlertChannel, type AlertMailer } from './thresholds';
import { trace } from './trace';

export type TelemetrySettings = ConfigOf<typeof telemetryConfig>;

export interface TelemetryHandle {
  /** The mailer exists only once the modules do; until then alerts go by webhook alone. */
  useMailer(mailer: AlertMailer): void;
  /** Hands over what is still in memory; then everything is off again. */
  stop(): Promise<void>;
}

const stopTimeoutMs = 5_000;

export async function startTelemetry(service: string, settings: TelemetrySettings): Promise<TelemetryHandle> {
  await startLogging(service, settings);
  metrics.collectProcess();
  startThresholds(service, settings);
  const [otel, sentry] = await Promise.all([startTracing(service, settings), startReports(service, settings)]);
  return {
    useMailer: (mailer) => startThresholds(service, settings, mailer),
    async stop(): Promise<void> {
      const done = Promise.allSettled([errorThresholds.flush(), otel?.stop(), sentry?.flush(stopTimeoutMs)]);
      await Promise.race([done, new Promise((resolve) => setTimeout(resolve, stopTimeoutMs).unref())]);
      trace.use(null, 0);
      errors.use(null);
    },
  };
}

async function startLogging(service: string, settings: TelemetrySettings): Promise<void> {
  const watched = settings.logPretty === 'auto' && process.stdout.isTTY && process.env.NODE_ENV !== 'production';
  const pretty = settings.logPretty === 'on' || watched ? await prettyDestination() : null;
  configureLogging({
    level: settings.logLevel,
    base: { service, version: settings.release },
    ...(pretty === null ? {} : { destination: pretty }),
  });
}

async function startTracing(service: string, settings: TelemetrySettings): Promise<{ stop(): Promise<void> } | null> {
  if (settings.otlpEndpoint === undefined) return null;
  const otel = await startOtel(
    {
      endpoint: settings.otlpEndpoint,
      headers: parseHeaders(settings.otlpHeaders),
      service,
      version: settings.release,
      environment: settings.environment,
      metricIntervalMs: settings.metricIntervalMs,
    },
    metrics,
  );
  trace.use(otel.recorder, settings.traceRatio);
  logger('telemetry').info({ ratio: settings.traceRatio }, 'traces and metrics are exported over OTLP');
  return otel;
}

async function startReports(service: string, settings: TelemetrySettings): Promise<{ flush(ms: number): Promise<void> } | null> {
  if (settings.sentryDsn === undefined) return null;
  const reporter = await startSentry({
    dsn: settings.sentryDsn,
    release: settings.release,
    environment: settings.environment,
    service,
  });
  errors.use(reporter);
  return reporter;
}

function startThresholds(service: string, settings: TelemetrySettings, mailer?: AlertMailer): void {
  const channels: AlertChannel[] = [];
  if (settings.alertWebhookUrl !== undefined) channels.push(new WebhookAlertChannel(settings.alertWebhookUrl));
  if (settings.alertEmailTo !== undefined && mailer !== undefined) {
    channels.push(new MailAlertChannel(mailer, settings.alertEmailTo));
  }
  errorThresholds.configure({
    service,
    limits: {
      api_failures: settings.apiFailures,
      search_failures: settings.searchFailures,
      alert_failures: settings.alertFailures,
    },
    defaultLimit: settings.otherFailures,
    windowMs: settings.alertWindowMs,
    channels,
  });
}

/** `name=value,name=value`, values percent-encoded, as the OpenTelemetry specification writes headers. */
export function parseHeaders(text: string | undefined): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const pair of (text ?? '').split(',')) {
    const at = pair.indexOf('=');
    if (at > 0) headers[pair.slice(0, at).trim().toLowerCase()] = decodeURIComponent(pair.slice(at + 1).trim());
  }
  return headers;
}
