import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { logger } from './logger';
import { HotCounter, HotHistogram, type BoundCounter, type BoundHistogram, type Labels } from './hot-metrics';

export interface MetricOptions {
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
}
export interface CounterMetric {
  inc(labels?: Labels, by?: number): void;
  /** A child for one set of labels: on a hot path, bind once and count for nothing. */
  bind(labels?: Labels): BoundCounter;
}
export interface GaugeMetric {
  set(value: number, labels?: Labels): void;
  inc(labels?: Labels, by?: number): void;
  dec(labels?: Labels, by?: number): void;
}
export interface HistogramMetric {
  observe(value: number, labels?: Labels): void;
  bind(labels?: Labels): BoundHistogram;
  /** Starts a clock; the function it gives observes the seconds since. */
  startTimer(labels?: Labels): (labels?: Labels) => void;
}

/** Seconds; fine where a cached read lives, coarse where only a timeout does. */
export const latencyBuckets: readonly number[] = [
  0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 10, 30,
];

/** Every metric of one process. Asking twice for one name gives the same metric, so modules need no common place. */
export class Metrics {
  readonly registry = new Registry();
  private readonly counters = new Map<string, CounterMetric>();
  private readonly gauges = new Map<string, GaugeMetric>();
  private readonly histograms = new Map<string, HistogramMetric>();
  private collecting = false;

  counter(options: MetricOptions): CounterMetric {
    return once(this.counters, options.name, () => {
      const metric = new HotCounter({ ...this.common(options) });
      return { inc: (labels, by) => metric.inc(labels, by), bind: (labels) => metric.bind(labels) };
    });
  }

  /** `collect` is asked at each scrape, for values that live elsewhere (pool size, queue depth). */
  gauge(options: MetricOptions & { readonly collect?: (gauge: GaugeMetric) => void | Promise<void> }): GaugeMetric {
    return once(this.gauges, options.name, () => {
      const { collect } = options;
      const metric: Gauge = new Gauge({
        ...this.common(options),
        ...(collect === undefined ? {} : { collect: () => collected(options.name, async () => collect(wrapped)) }),
      });
      const wrapped: GaugeMetric = {
        set: (value, labels = {}) => metric.set({ ...labels }, value),
        inc: (labels = {}, by = 1) => metric.inc({ ...labels }, by),
        dec: (labels = {}, by = 1) => metric.dec({ ...labels }, by),
      };
      return wrapped;
    });
  }

  histogram(options: MetricOptions & { readonly buckets?: readonly number[] }): HistogramMetric {
    return once(this.histograms, options.name, () => {
      const metric = new HotHistogram({ ...this.common(options), buckets: [...(options.buckets ?? latencyBuckets)] });
      return {
        observe: (value, labels) => metric.bind(labels).observe(value),
        bind: (labels) => metric.bind(labels),
        startTimer: (labels) => {
          const began = process.hrtime.bigint();
          return (more) => metric.bind({ ...labels, ...more }).observe(Number(process.hrtime.bigint() - began) / 1e9);
        },
      };
    });
  }

  /** Memory, CPU, garbage collection, handles and the lag of the event loop. */
  collectProcess(): void {
    if (this.collecting) return;
    this.collecting = true;
    collectDefaultMetrics({ register: this.registry });
  }

  render(): Promise<string> {
    return this.registry.metrics();
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  private common(options: MetricOptions): { name: string; help: string; labelNames: string[]; registers: Registry[] } {
    return { name: options.name, help: options.help, labelNames: [...(options.labels ?? [])], registers: [this.registry] };
  }
}

/** One value that cannot be had (its store is away, say) must not keep the others from being read. */
async function collected(name: string, collect: () => Promise<void>): Promise<void> {
  try {
    await collect();
  } catch (error) {
    logger('telemetry').warn({ err: error, metric: name }, 'a metric could not be collected');
  }
}

function once<T>(map: Map<string, T>, name: string, make: () => T): T {
  const existing = map.get(name);
  if (existing !== undefined) return existing;
  const made = make();
  map.set(name, made);
  return made;
}

/** The process's metrics. */
export const metrics = new Metrics();
