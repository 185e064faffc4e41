export interface LoggedRequest {
  readonly at: string;
  readonly vendor: string;
  readonly method: string;
  readonly path: string;
  readonly status: number | 'dropped' | 'stalled';
  readonly user_agent: string;
  readonly ms: number;
  readonly conditional: boolean;
}

export interface RequestCounters {
  total: number;
  robots: number;
  images: number;
  not_modified: number;
  by_status: Record<string, number>;
  /** The busiest of all minutes and seconds since the sandbox began: what politeness is judged by. */
  most_per_minute: number;
  most_per_second: number;
  /** Open at the same time. */
  most_at_once: number;
}

const keptPerVendor = 2_000;

/** Recent requests and counters of one vendor, so that a client's manners can be seen. Real time: manners are. */
export class RequestLog {
  private readonly recent: LoggedRequest[] = [];
  private readonly minute = new Busiest(60_000);
  private readonly second = new Busiest(1_000);
  private open = 0;
  private counted: Omit<RequestCounters, 'most_per_minute' | 'most_per_second'> = blank();

  begin(at: number): void {
    this.open += 1;
    this.counted.most_at_once = Math.max(this.counted.most_at_once, this.open);
    this.minute.add(at);
    this.second.add(at);
  }

  end(request: LoggedRequest): void {
    this.open -= 1;
    this.recent.push(request);
    if (this.recent.length > keptPerVendor * 1.5) this.recent.splice(0, this.recent.length - keptPerVendor);
    this.counted.total += 1;
    if (request.path === '/robots.txt') this.counted.robots += 1;
    if (request.path.startsWith('/img/')) this.counted.images += 1;
    if (request.status === 304) this.counted.not_modified += 1;
    this.counted.by_status[request.status] = (this.counted.by_status[request.status] ?? 0) + 1;
  }

  /** The newest last. */
  last(limit: number): readonly LoggedRequest[] {
    return this.recent.slice(-Math.min(limit, keptPerVendor));
  }

  get counters(): RequestCounters {
    return { ...this.counted, by_status: { ...this.counted.by_status }, most_per_minute: this.minute.most, most_per_second: this.second.most };
  }

  clear(): void {
    this.recent.length = 0;
    this.counted = { ...blank(), most_at_once: this.open };
    this.minute.clear();
    this.second.clear();
  }
}

const blank = () => ({ total: 0, robots: 0, images: 0, not_modified: 0, by_status: {}, most_at_once: 0 });

class Busiest {
  private bucket = -1;
  private count = 0;
  most = 0;

  constructor(private readonly span: number) {}

  add(at: number): void {
    const bucket = Math.floor(at / this.span);
    this.count = bucket === this.bucket ? this.count + 1 : 1;
    this.bucket = bucket;
    this.most = Math.max(this.most, this.count);
  }

  clear(): void {
    this.count = 0;
    this.most = 0;
  }
}
