import type { HrTime } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import type { DataPoint, Histogram, MetricData, MetricProducer } from '@opentelemetry/sdk-metrics';
import type { Metrics } from './metrics';

type SdkMetrics = typeof import('@opentelemetry/sdk-metrics');

/** One value of prom-client's JSON form. */
interface PromValue {
  readonly value: number;
  readonly labels: Readonly<Record<string, string | number | undefined>>;
  readonly metricName?: string;
}
interface PromMetric {
  readonly name: string;
  readonly help: string;
  readonly type: unknown;
  readonly values: readonly PromValue[];
}

/** Hands the metrics we count once, for /metrics, to the OTLP exporter too: two ways to read, one way to count. */
export function otelMetricsOf(metrics: Metrics, resource: Resource, sdk: SdkMetrics): MetricProducer {
  const started = hrTime();
  return {
    async collect() {
      const exported: PromMetric[] = await metrics.registry.getMetricsAsJSON();
      const now = hrTime();
      const converted = exported.flatMap((metric) => convert(metric, sdk, started, now));
      return {
        resourceMetrics: { resource, scopeMetrics: [{ scope: { name: 'autobroker' }, metrics: converted }] },
        errors: [],
      };
    },
  };
}

function convert(metric: PromMetric, sdk: SdkMetrics, startTime: HrTime, endTime: HrTime): MetricData[] {
  const common = {
    descriptor: { name: metric.name, description: metric.help, unit: '', valueType: 1 },
    aggregationTemporality: sdk.AggregationTemporality.CUMULATIVE,
  };
  const point = (value: PromValue): DataPoint<number> => ({
    startTime,
    endTime,
    attributes: attributesOf(value),
    value: value.value,
  });
  switch (metric.type) {
    case 'counter':
      return [{ ...common, dataPointType: sdk.DataPointType.SUM, isMonotonic: true, dataPoints: metric.values.map(point) }];
    case 'gauge':
      return [{ ...common, dataPointType: sdk.DataPointType.GAUGE, dataPoints: metric.values.map(point) }];
    case 'histogram':
      return [
        {
          ...common,
          dataPointType: sdk.DataPointType.HISTOGRAM,
          dataPoints: histograms(metric).map(({ attributes, value }) => ({ startTime, endTime, attributes, value })),
        },
      ];
    default:
      return [];
  }
}

const attributesOf = (value: PromValue): Record<string, string> =>
  Object.fromEntries(
    Object.entries(value.labels)
      .filter(([name, label]) => name !== 'le' && label !== undefined)
      .map(([name, label]) => [name, String(label)]),
  );

interface Series {
  readonly attributes: Record<string, string>;
  readonly bounds: { readonly bound: number; readonly cumulative: number }[];
  sum: number;
  count: number;
}

/** Prometheus counts buckets cumulatively and one line each; OTLP wants one point with the count of each bucket. */
function histograms(metric: PromMetric): { attributes: Record<string, string>; value: Histogram }[] {
  const series = new Map<string, Series>();
  for (const value of metric.values) {
    const attributes = attributesOf(value);
    const key = JSON.stringify(Object.entries(attributes).sort(([a], [b]) => a.localeCompare(b)));
    const one = series.get(key) ?? { attributes, bounds: [], sum: 0, count: 0 };
    series.set(key, one);
    if (value.metricName === `${metric.name}_sum`) one.sum = value.value;
    else if (value.metricName === `${metric.name}_count`) one.count = value.value;
    else if (value.labels.le !== '+Inf') one.bounds.push({ bound: Number(value.labels.le), cumulative: value.value });
  }
  return [...series.values()].map((one) => {
    const bounds = one.bounds.sort((a, b) => a.bound - b.bound);
    const cumulative = [...bounds.map((b) => b.cumulative), one.count];
    const counts = cumulative.map((total, i) => total - (cumulative[i - 1] ?? 0));
    return {
      attributes: one.attributes,
      value: { buckets: { boundaries: bounds.map((b) => b.bound), counts }, sum: one.sum, count: one.count },
    };
  });
}

function hrTime(): HrTime {
  const now = performance.timeOrigin + performance.now();
  return [Math.floor(now / 1_000), Math.round((now % 1_000) * 1e6)];
}
