import type { Context, Span as OtelSpan, Tracer } from '@opentelemetry/api';
import type { Metrics } from './metrics';
import { otelMetricsOf } from './otel-metrics';
import { redactText } from './redaction';
import type { Attributes, AttributeValue, Span, SpanKind, SpanRecorder } from './trace';
import type { TraceContext } from './traceparent';

export interface OtelSettings {
  /** Base address of an OTLP/HTTP collector; `/v1/traces` and `/v1/metrics` are added. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly service: string;
  readonly version: string;
  readonly environment: string;
  readonly metricIntervalMs: number;
}

export interface Otel {
  readonly recorder: SpanRecorder;
  flush(): Promise<void>;
  stop(): Promise<void>;
}

type Api = typeof import('@opentelemetry/api');

/** Loads the SDK only when an exporter is configured: what is off must cost neither memory nor start-up. */
export async function startOtel(settings: OtelSettings, metrics: Metrics): Promise<Otel> {
  const [api, sdk, resources, traceExport, metricExport, sdkMetrics] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/exporter-metrics-otlp-http'),
    import('@opentelemetry/sdk-metrics'),
  ]);
  const resource = resources.resourceFromAttributes({
    'service.name': settings.service,
    'service.version': settings.version,
    'deployment.environment.name': settings.environment,
  });
  const base = settings.endpoint.replace(/\/+$/, '');
  const headers = { ...settings.headers };
  const provider = new sdk.BasicTracerProvider({
    resource,
    // The decision is made at the head, before a span exists; what arrives here is to be kept.
    sampler: new sdk.AlwaysOnSampler(),
    spanProcessors: [
      new sdk.BatchSpanProcessor(new traceExport.OTLPTraceExporter({ url: `${base}/v1/traces`, headers })),
    ],
  });
  const reader = new sdkMetrics.PeriodicExportingMetricReader({
    exporter: new metricExport.OTLPMetricExporter({ url: `${base}/v1/metrics`, headers }),
    exportIntervalMillis: settings.metricIntervalMs,
    metricProducers: [otelMetricsOf(metrics, resource, sdkMetrics)],
  });
  const meters = new sdkMetrics.MeterProvider({ resource, readers: [reader] });
  return {
    recorder: new OtelRecorder(api, provider.getTracer('autobroker')),
    async flush(): Promise<void> {
      await Promise.allSettled([provider.forceFlush(), meters.forceFlush()]);
    },
    async stop(): Promise<void> {
      await Promise.allSettled([provider.shutdown(), meters.shutdown()]);
    },
  };
}

class OtelRecorder implements SpanRecorder {
  constructor(
    private readonly api: Api,
    private readonly tracer: Tracer,
  ) {}

  start(name: string, kind: SpanKind, parent: TraceContext | null, attributes: Attributes): Span {
    const span = this.tracer.startSpan(
      name,
      { kind: this.kindOf(kind), attributes: { ...attributes } },
      this.contextOf(parent),
    );
    return new RecordedSpan(span, this.api);
  }

  private contextOf(parent: TraceContext | null): Context {
    const { ROOT_CONTEXT, TraceFlags } = this.api;
    if (parent === null) return ROOT_CONTEXT;
    return this.api.trace.setSpanContext(ROOT_CONTEXT, {
      traceId: parent.traceId,
      spanId: parent.spanId,
      traceFlags: parent.sampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
      isRemote: true,
    });
  }

  private kindOf(kind: SpanKind): number {
    const { SpanKind: kinds } = this.api;
    const byName: Readonly<Record<SpanKind, number>> = {
      internal: kinds.INTERNAL,
      server: kinds.SERVER,
      client: kinds.CLIENT,
      producer: kinds.PRODUCER,
      consumer: kinds.CONSUMER,
    };
    return byName[kind];
  }
}

class RecordedSpan implements Span {
  readonly context: TraceContext;

  constructor(
    private readonly span: OtelSpan,
    private readonly api: Api,
  ) {
    const { traceId, spanId, traceFlags } = span.spanContext();
    this.context = { traceId, spanId, sampled: (traceFlags & 1) === 1 };
  }
  set(name: string, value: AttributeValue): void {
    this.span.setAttribute(name, value);
  }
  rename(name: string): void {
    this.span.updateName(name);
  }
  fail(error: unknown): void {
    const message = redactText(error instanceof Error ? error.message : String(error));
    const name = error instanceof Error ? error.name : 'Error';
    this.span.recordException({ name, message });
    this.span.setStatus({ code: this.api.SpanStatusCode.ERROR, message });
  }
  end(): void {
    this.span.end();
  }
}
