import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadConfig } from '../config';
import {
  currentContext,
  metrics,
  newSpanId,
  newTraceId,
  parseTraceparent,
  runInContext,
  startTelemetry,
  telemetryConfig,
  Trace,
  trace,
} from './index';

interface Received {
  readonly url: string;
  readonly body: string;
}

/** A collector that only keeps what it is sent. */
async function collector(): Promise<{ url: string; received: Received[]; close(): Promise<void> }> {
  const received: Received[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ url: request.url ?? '', body: Buffer.concat(chunks).toString('utf8') });
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

interface SentSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly status?: { code?: number };
}

const spansOf = (received: Received[]): SentSpan[] =>
  received
    .filter(({ url }) => url === '/v1/traces')
    .flatMap(({ body }) => JSON.parse(body).resourceSpans)
    .flatMap((resource: { scopeSpans: { spans: SentSpan[] }[] }) => resource.scopeSpans)
    .flatMap((scope) => scope.spans);

describe('W3C trace context', () => {
  const good = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

  it('reads a traceparent and refuses what is not one', () => {
    expect(parseTraceparent(good)).toEqual({
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
      sampled: true,
    });
    for (const bad of [
      '', 'x', `${good}-extra`, good.replace(/^00/, 'ff'), good.toUpperCase(),
      `00-${'0'.repeat(32)}-b7ad6b7169203331-01`, `00-0af7651916cd43dd8448eb211c80319c-${'0'.repeat(16)}-01`,
    ]) {
      expect(parseTraceparent(bad)).toBeNull();
    }
    // A later version may say more at the end; the part we know still counts.
    expect(parseTraceparent(`01${good.slice(2)}-more`)?.sampled).toBe(true);
  });

  it('makes ids that do not repeat', () => {
    const ids = Array.from({ length: 5_000 }, () => newTraceId());
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => /^[0-9a-f]{32}$/.test(id))).toBe(true);
    expect(newSpanId()).toMatch(/^[0-9a-f]{16}$/);
  });
});

describe('work that is traced by nobody', () => {
  it('continues the trace it came with and starts one otherwise, without spans', async () => {
    const off = new Trace();
    const parent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const { context } = off.begin({ name: 'request', parent, requestId: 'r1' });
    expect(context.trace.traceId).toBe('0af7651916cd43dd8448eb211c80319c');
    expect(context.trace.spanId).not.toBe('b7ad6b7169203331');
    // The decision made upstream is handed on, although this process records nothing.
    expect(context.trace.sampled).toBe(true);
    const inner = await runInContext(context, () => off.span('step', {}, async () => currentContext()));
    expect(inner).toBe(context);
    expect(runInContext(context, () => off.traceparent())).toBe(`00-${context.trace.traceId}-${context.trace.spanId}-01`);
    expect(off.begin({ name: 'other' }).context.trace.sampled).toBe(false);
    expect(off.traceparent()).toBeNull();
  });
});

describe('spans and metrics over OTLP', () => {
  it('sends the whole tree of a sampled request, and the metrics', async () => {
    const sink = await collector();
    const handle = await startTelemetry('orders', {
      ...loadConfig(telemetryConfig, {
        OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
        OTEL_TRACES_SAMPLER_ARG: '0',
        LOG_LEVEL: 'silent',
      }),
    });
    try {
      const work = metrics.histogram({ name: 'tracing_spec_seconds', help: 'a test', labels: ['kind'], buckets: [0.1, 1] });
      work.observe(0.05, { kind: 'a' });
      work.observe(0.5, { kind: 'a' });
      work.observe(5, { kind: 'a' });
      metrics.counter({ name: 'tracing_spec_total', help: 'a test' }).inc({}, 3);

      const parent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
      const failing = trace.run({ name: 'GET /orders', kind: 'server', parent }, async () => {
        await trace.span('db transaction', { 'db.system': 'postgresql' }, () =>
          trace.span('insert', {}, async () => undefined),
        );
        await trace.span('call', {}, async () => Promise.reject(new Error('gone, says a@example.com')), 'client');
      });
      await expect(failing).rejects.toThrow('gone');
      // Ratio 0: a trace that begins here is not recorded.
      await trace.run({ name: 'unsampled' }, () => trace.span('inside', {}, async () => undefined));
    } finally {
      await handle.stop();
      await sink.close();
    }

    const spans = spansOf(sink.received);
    expect(spans.map((span) => span.name).sort()).toEqual(['GET /orders', 'call', 'db transaction', 'insert']);
    const byName = new Map(spans.map((span) => [span.name, span]));
    expect(new Set(spans.map((span) => span.traceId))).toEqual(new Set(['0af7651916cd43dd8448eb211c80319c']));
    expect(byName.get('GET /orders')?.parentSpanId).toBe('b7ad6b7169203331');
    expect(byName.get('db transaction')?.parentSpanId).toBe(byName.get('GET /orders')?.spanId);
    expect(byName.get('insert')?.parentSpanId).toBe(byName.get('db transaction')?.spanId);
    expect(byName.get('call')?.status?.code).toBe(2);

    const everything = sink.received.map(({ body }) => body).join('\n');
    expect(everything).not.toContain('a@example.com');
    expect(everything).toContain('"stringValue":"orders"');

    const metricBodies = sink.received.filter(({ url }) => url === '/v1/metrics').map(({ body }) => body);
    expect(metricBodies.length).toBeGreaterThan(0);
    const last = metricBodies.at(-1) ?? '';
    expect(last).toContain('"name":"tracing_spec_total"');
    const histogram = JSON.parse(last)
      .resourceMetrics.flatMap((r: { scopeMetrics: { metrics: { name: string }[] }[] }) => r.scopeMetrics)
      .flatMap((s: { metrics: { name: string }[] }) => s.metrics)
      .find((m: { name: string }) => m.name === 'tracing_spec_seconds').histogram.dataPoints[0];
    expect(histogram.bucketCounts.map(Number)).toEqual([1, 1, 1]);
    expect(Number(histogram.count)).toBe(3);
    expect(histogram.sum).toBeCloseTo(5.55);
  });
});
