import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { apiBudgets, DailyBudgets, type BudgetAsk, type BudgetTaken } from '@autobroker/platform/vendors';
import { scraperConfig, type ScraperConfig } from '../../application/config';
import type { Politeness, SourcePlugin } from '../../application/source-plugin';
import { Egress } from './egress';
import { HostWindows } from './host-window';
import { CircuitBreaker } from '@autobroker/platform/resilience';

type Spent = BudgetTaken | { readonly allowed: false; readonly detail: string };

/** What is spent, and how long one waits, before a request goes out. */
@Injectable()
export class Allowance {
  private readonly apis: ReturnType<typeof apiBudgets>;

  constructor(
    private readonly windows: HostWindows,
    private readonly budgets: DailyBudgets,
    @Inject(scraperConfig.token) config: ScraperConfig,
  ) {
    this.apis = apiBudgets(config);
  }

  async spend(plugin: SourcePlugin, politeness: Politeness, requests: number, api: string | null): Promise<Spent> {
    const asks: BudgetAsk[] = [{ scope: `source:${plugin.slug}`, budget: { requests: politeness.perDay, cost: null }, requests, costEach: 0, currency: 'USD' }];
    const paid = api === null ? undefined : this.apis.get(api);
    if (api !== null && paid !== undefined) {
      asks.push({ scope: `api:${api}`, budget: { requests: paid.requests, cost: paid.costPerDay }, requests, costEach: paid.costEach, currency: paid.currency });
    }
    const taken = await this.budgets.take(asks);
    return taken.allowed ? taken : { allowed: false, detail: `the day's budget of ${taken.reason} is used up` };
  }

  /** Resolves when it is this request's turn; false when that is too far away. */
  async turn(source: string, perMinute: number, delayMs: number, signal: AbortSignal, wait: (ms: number, signal: AbortSignal) => Promise<void>): Promise<boolean> {
    const patienceMs = 90_000;
    for (let waited = 0; waited <= patienceMs; ) {
      const slot = await this.windows.take(source, { perMinute, delayMs });
      if (slot.waitMs > 0) await wait(slot.waitMs, signal);
      if (slot.booked) return true;
      waited += slot.waitMs;
    }
    return false;
  }

  holdOff(source: string, forMs: number): Promise<void> {
    return this.windows.holdOff(source, Math.min(forMs, 15 * 60_000));
  }
}

/** The connections and the circuit of each source: what one does to us stays with it. */
@Injectable()
export class Ways implements OnApplicationShutdown {
  private readonly ways = new Map<string, Egress>();
  private readonly circuits = new Map<string, CircuitBreaker>();

  constructor(@Inject(scraperConfig.token) private readonly config: ScraperConfig) {}

  to(slug: string, origin: string): Egress {
    const key = `${slug} ${origin}`;
    const known = this.ways.get(key);
    if (known !== undefined) return known;
    const way = new Egress(origin, this.config);
    this.ways.set(key, way);
    return way;
  }

  circuit(slug: string): CircuitBreaker {
    const known = this.circuits.get(slug);
    if (known !== undefined) return known;
    const circuit = new CircuitBreaker(`source:${slug}`, { failures: 8, failureRate: 0.8, minimumCalls: 40, openMs: 15_000 });
    this.circuits.set(slug, circuit);
    return circuit;
  }

  async onApplicationShutdown(): Promise<void> {
    for (const circuit of this.circuits.values()) circuit.dispose();
    const open = [...this.ways.values()];
    this.circuits.clear();
    this.ways.clear();
    await Promise.all(open.map((way) => way.close()));
  }
}
