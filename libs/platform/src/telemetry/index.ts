export { currentContext, runDetached, runInContext, type WorkContext } from './context';
export { formatTraceparent, newSpanId, newTraceId, parseTraceparent, type TraceContext } from './traceparent';
export { configureLogging, logger, logLevels, type Logger, type LoggingSettings, type LogLevel } from './logger';
export { isHiddenKey, redact, redactFields, redacted, redactText } from './redaction';
export { AccessLog, type AccessEntry } from './access-log';
export {
  latencyBuckets,
  metrics,
  Metrics,
  type CounterMetric,
  type GaugeMetric,
  type HistogramMetric,
  type MetricOptions,
} from './metrics';
export type { BoundCounter, BoundHistogram, Labels } from './hot-metrics';
export {
  activeOpportunities,
  apiRequestsTotal,
  apiResponseSeconds,
  databaseQuerySeconds,
  recordSearch,
  searchRequestsTotal,
  watchPool,
  type PoolCounts,
  type SearchRun,
} from './standard-metrics';
export {
  trace,
  Trace,
  type Attributes,
  type Span,
  type SpanKind,
  type SpanRecorder,
  type Work,
  type WorkOptions,
} from './trace';
export { errors, Errors, type ErrorReport, type ErrorReporter } from './errors';
export {
  errorThresholds,
  ErrorThresholds,
  MailAlertChannel,
  WebhookAlertChannel,
  type AlertChannel,
  type AlertMailer,
  type CriticalAlert,
  type ThresholdSettings,
} from './thresholds';
export { telemetryConfig } from './config';
export { mayReadMetrics, serveMetrics, type MetricsAccess } from './metrics-access';
export { startTelemetry, type TelemetryHandle, type TelemetrySettings } from './start';
