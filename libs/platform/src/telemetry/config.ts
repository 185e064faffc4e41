import { z } from 'zod';
import { defineConfig } from '../config';
import { logLevelNamed, logLevelNames } from './logger';

export const telemetryConfig = defineConfig('telemetry', {
  logLevel: {
    env: 'LOG_LEVEL',
    schema: z.enum(logLevelNames).transform(logLevelNamed),
    description: 'Least important log lines that are written; debug is for development only',
    default: 'info',
  },
  logPretty: {
    env: 'LOG_PRETTY',
    schema: z.enum(['auto', 'on', 'off']),
    description: 'Readable log lines instead of JSON; auto: when a terminal watches, and never in production',
    default: 'auto',
  },
  metricsToken: {
    env: 'METRICS_TOKEN',
    schema: z.string().min(16).optional(),
    description: 'Bearer token that opens /metrics on the main port; in production /metrics is closed without it',
    secret: true,
  },
  metricsPort: {
    env: 'METRICS_PORT',
    schema: z.int().min(0).max(65_535).optional(),
    description: 'A port of its own for /metrics, without token: for a network that only the collector reaches',
  },
  otlpEndpoint: {
    env: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    schema: z.url().optional(),
    description: 'OTLP/HTTP collector for traces and metrics; without it nothing of OpenTelemetry is even loaded',
  },
  otlpHeaders: {
    env: 'OTEL_EXPORTER_OTLP_HEADERS',
    schema: z.string().optional(),
    description: 'Headers for the collector, as name=value pairs with commas between',
    secret: true,
  },
  traceRatio: {
    env: 'OTEL_TRACES_SAMPLER_ARG',
    schema: z.number().min(0).max(1),
    description: 'Share of new traces that are recorded; a trace begun elsewhere keeps the decision made there',
    default: 0.05,
  },
  metricIntervalMs: {
    env: 'OTEL_METRIC_EXPORT_INTERVAL',
    schema: z.int().min(100).max(3_600_000),
    description: 'Milliseconds between two exports of metrics over OTLP',
    default: 60_000,
  },
  sentryDsn: {
    env: 'SENTRY_DSN',
    schema: z.url().optional(),
    description: 'Where unexpected errors are reported; without it nothing of Sentry is loaded',
    secret: true,
  },
  release: {
    env: 'RELEASE',
    schema: z.string().min(1),
    description: 'Version that is running, for logs, traces and error reports',
    default: 'development',
  },
  environment: {
    env: 'DEPLOYMENT_ENVIRONMENT',
    schema: z.string().min(1),
    description: 'Name of this installation’s stage, for traces and error reports',
    default: 'development',
  },
  apiFailures: {
    env: 'ALERT_THRESHOLD_API_FAILURES',
    schema: z.int().min(1),
    description: 'Failed calls of outside interfaces within an hour that raise a critical alert',
    default: 10,
  },
  searchFailures: {
    env: 'ALERT_THRESHOLD_SEARCH_FAILURES',
    schema: z.int().min(1),
    description: 'Failed searches within an hour that raise a critical alert',
    default: 5,
  },
  alertFailures: {
    env: 'ALERT_THRESHOLD_ALERT_FAILURES',
    schema: z.int().min(1),
    description: 'Alerts within an hour that could not be delivered and raise a critical alert',
    default: 3,
  },
  otherFailures: {
    env: 'ALERT_THRESHOLD_DEFAULT',
    schema: z.int().min(1),
    description: 'Failures of any other kind within an hour that raise a critical alert',
    default: 5,
  },
  alertWindowMs: {
    env: 'ALERT_WINDOW_MS',
    schema: z.int().min(1_000),
    description: 'Milliseconds over which failures are counted, and in which one alert per kind is enough',
    default: 3_600_000,
  },
  alertWebhookUrl: {
    env: 'ALERT_WEBHOOK_URL',
    schema: z.url().optional(),
    description: 'Gets critical alerts as a JSON POST',
    secret: true,
  },
  alertEmailTo: {
    env: 'ALERT_EMAIL_TO',
    schema: z.email().optional(),
    description: 'Gets critical alerts as an e-mail',
  },
});
