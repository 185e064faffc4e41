import { Counter, Histogram, type CounterConfiguration, type HistogramConfiguration } from 'prom-client';

export type Labels = Readonly<Record<string, string>>;

export interface BoundCounter {
  inc(by?: number): void;
}
export interface BoundHistogram {
  observe(value: number): void;
}

/** prom-client hashes the labels on every call; a bound child only adds, and hands its sum over when it is collected. */
class PendingCounter implements BoundCounter {
  private pending = 0;
  constructor(readonly labels: Labels) {}
  inc(by = 1): void {
    this.pending += by;
  }
  take(): number {
    const taken = this.pending;
    this.pending = 0;
    return taken;
  }
}

export class HotCounter {
  private readonly children = new Map<string, PendingCounter>();
  readonly metric: Counter;

  constructor(options: CounterConfiguration<string>) {
    this.metric = new Counter({
      ...options,
      collect: () => {
        for (const child of this.children.values()) this.metric.inc({ ...child.labels }, child.take());
      },
    });
  }

  inc(labels: Labels = {}, by = 1): void {
    this.bind(labels).inc(by);
  }

  bind(labels: Labels = {}): BoundCounter {
    const key = keyOf(labels);
    let child = this.children.get(key);
    if (child === undefined) {
      child = new PendingCounter(labels);
      this.children.set(key, child);
    }
    return child;
  }
}

class Buckets implements BoundHistogram {
  readonly counts: Float64Array;
  sum = 0;
  count = 0;
  constructor(
    readonly labels: Labels,
    private readonly bounds: readonly number[],
  ) {
    this.counts = new Float64Array(bounds.length);
  }
  observe(value: number): void {
    this.sum += value;
    this.count += 1;
    const bounds = this.bounds;
    for (let i = 0; i < bounds.length; i += 1) {
      const bound = bounds[i];
      if (bound !== undefined && value <= bound) {
        this.counts[i] = (this.counts[i] ?? 0) + 1;
        return;
      }
    }
  }
}

type Exported = Awaited<ReturnType<Histogram['get']>>;

/** A prom-client histogram that keeps its own counts: prom-client has no way to add many observations at once. */
export class HotHistogram extends Histogram {
  private children: Map<string, Buckets> | undefined;
  private readonly bounds: readonly number[];
  /** Never observed: it lends its name, help and type to what is exported. */
  private readonly shape: Histogram;

  constructor(options: HistogramConfiguration<string> & { name: string; buckets: number[] }) {
    super(options);
    this.bounds = [...options.buckets].sort((a, b) => a - b);
    this.shape = new Histogram({ name: options.name, help: options.help, buckets: [1], registers: [] });
    this.series = options.name;
    // The base class assigns its own `observe` in its constructor, so a method of this class would be shadowed.
    this.observe = (first: unknown, second?: number): void => {
      if (typeof first === 'number') this.bind().observe(first);
      else if (second !== undefined) this.bind(asLabels(first)).observe(second);
    };
  }

  private readonly series: string;

  bind(labels: Labels = {}): BoundHistogram {
    this.children ??= new Map();
    const key = keyOf(labels);
    let child = this.children.get(key);
    if (child === undefined) {
      child = new Buckets(labels, this.bounds);
      this.children.set(key, child);
    }
    return child;
  }

  override async get(): Promise<Exported> {
    return { ...(await this.shape.get()), values: this.values() };
  }

  /** What prom-client's registry asks for when it renders text. */
  getForPromString(): Promise<Exported> {
    return this.get();
  }

  /** The base class calls this while it constructs, before this class has any field. */
  override reset(): void {
    this.children = new Map();
  }

  private values(): Exported['values'] {
    const values: Exported['values'] = [];
    for (const child of this.children?.values() ?? []) {
      let seen = 0;
      this.bounds.forEach((bound, i) => {
        seen += child.counts[i] ?? 0;
        values.push({ metricName: `${this.series}_bucket`, labels: { ...child.labels, le: bound }, value: seen });
      });
      values.push(
        { metricName: `${this.series}_bucket`, labels: { ...child.labels, le: '+Inf' }, value: child.count },
        { metricName: `${this.series}_sum`, labels: { ...child.labels }, value: child.sum },
        { metricName: `${this.series}_count`, labels: { ...child.labels }, value: child.count },
      );
    }
    return values;
  }
}

const keyOf = (labels: Labels): string =>
  Object.keys(labels)
    .sort()
    .map((name) => `${name}\u0000${labels[name] ?? ''}`)
    .join('\u0001');

function asLabels(value: unknown): Labels {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([name, label]) => [name, String(label)]));
}
