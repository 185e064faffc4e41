import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { type ClientRequest, type ClientResponse, HttpClient, UpstreamError } from '@autobroker/platform/http';
import { CircuitOpenError } from '@autobroker/platform/resilience';
import { type ApiBudget, apiBudgets, DailyBudgets, refuseInProduction, SandboxVendors } from '@autobroker/platform/vendors';
import { externalConfig, type ExternalConfig } from '../../application/external/config';
import { type Asking, type Failure, failure } from '../../application/external/ports';
import type { ExternalSource } from '../../domain/external/external-valuation';

const realHosts: Readonly<Record<ExternalSource, string>> = { kbb: 'https://api.kbb.com', edmunds: 'https://api.edmunds.com', perplexity: 'https://api.perplexity.ai' };
/** A job may wait so long for its turn; what is spread thinner is for another time. */
const patienceMs = 10_000;

interface Connection {
  readonly client: HttpClient;
  readonly key: string;
}

export type Answered = { readonly ok: true; readonly response: ClientResponse } | Failure;

/** The way to each vendor: its address and key, its circuit, and the day's budget that every request is taken from. */
@Injectable()
export class VendorConnections implements OnApplicationShutdown {
  private readonly sandbox: SandboxVendors;
  private readonly budgets: ReadonlyMap<string, ApiBudget>;
  private readonly open = new Map<ExternalSource, { readonly address: string; readonly client: HttpClient }>();

  constructor(
    private readonly daily: DailyBudgets,
    @Inject(externalConfig.token) private readonly config: ExternalConfig,
  ) {
    refuseInProduction('vendor', config.sandboxUrl, [config.kbbUrl, config.edmundsUrl, config.perplexityUrl]);
    this.sandbox = new SandboxVendors(config.sandboxUrl);
    this.budgets = apiBudgets(config);
  }

  /** One request, if the vendor is there and the day's budget allows it. `make` puts the key where this vendor wants it. */
  async ask(vendor: ExternalSource, make: (key: string) => ClientRequest, how: Asking): Promise<Answered> {
    const connection = await this.connect(vendor);
    if (connection === null) return failure('off', `${vendor} has no key here`);
    const spent = await this.spend(vendor, how);
    if (!spent.ok) return spent;
    try {
      return { ok: true, response: await connection.client.request({ ...make(connection.key), signal: how.signal }) };
    } catch (error) {
      // Nothing went out: neither has it cost anything.
      if (error instanceof CircuitOpenError) await spent.giveBack();
      if (error instanceof CircuitOpenError || error instanceof UpstreamError) return failure('unavailable', error.message);
      throw error;
    }
  }

  onApplicationShutdown(): void {
    for (const { client } of this.open.values()) client.dispose();
    this.open.clear();
  }

  private async spend(vendor: ExternalSource, { urgency, signal }: Asking): Promise<{ readonly ok: true; readonly giveBack: () => Promise<void> } | Failure> {
    const budget = this.budgets.get(vendor);
    if (budget === undefined) return { ok: true, giveBack: () => Promise.resolve() };
    const scope = `api:${vendor}`;
    const day = { scope, budget: { requests: budget.requests, cost: budget.costPerDay }, requests: 1, costEach: budget.costEach, currency: budget.currency };
    const isSpread = urgency === 'spread';
    const taken = await this.daily.take(isSpread ? [day, await this.daily.spread(scope, budget)] : [day]);
    if (!taken.allowed) return failure('over_budget', isSpread ? 'what may be asked within this hour by itself is used up' : `the day’s budget of ${taken.reason} is used up`);
    try {
      // What is spread over the hours already need not wait besides.
      if (taken.throttleMs > 0 && !isSpread) await pause(Math.min(taken.throttleMs, patienceMs), undefined, { signal });
    } catch (error) {
      await taken.giveBack();
      throw error;
    }
    return { ok: true, giveBack: taken.giveBack };
  }

  private async connect(vendor: ExternalSource): Promise<Connection | null> {
    const { config } = this;
    const [url, key] = { kbb: [config.kbbUrl, config.kbbKey], edmunds: [config.edmundsUrl, config.edmundsKey], perplexity: [config.perplexityUrl, config.perplexityKey] }[vendor];
    if (key !== undefined) return { key, client: this.client(vendor, url ?? realHosts[vendor]) };
    const played = await this.sandbox.find(vendor);
    const playedKey = played?.key['api_key'];
    return played === null || playedKey === undefined ? null : { key: playedKey, client: this.client(vendor, url ?? played.url) };
  }

  private client(vendor: ExternalSource, address: string): HttpClient {
    const known = this.open.get(vendor);
    if (known?.address === address) return known.client;
    known?.client.dispose();
    // Nothing is repeated here: every request costs, and the job that asks has its own patience.
    const client = new HttpClient({ name: vendor, baseUrl: address, timeoutMs: this.config.timeoutMs, retries: 0, maxResponseBytes: 2_097_152, breaker: { failures: 5, openMs: 30_000 } });
    this.open.set(vendor, { address, client });
    return client;
  }
}

/** Null when the answer is one to read. */
export function refusalOf(response: ClientResponse): Failure | null {
  const { status } = response;
  if (response.ok) return null;
  if (status === 429 || response.headers.get('x-mashery-error-code')?.includes('OVER') === true) return failure('rate_limited', `answered ${status}: too many requests`);
  if (status === 401 || status === 403) return failure('unauthorized', `answered ${status}: the key is not accepted`);
  if (status === 404) return failure('not_found', 'answered 404');
  if (status >= 500) return failure('unavailable', `answered ${status}`);
  return failure('unreadable', `answered ${status}`);
}

/** A JSON body, undefined where it is none. */
export function bodyOf(response: ClientResponse): unknown {
  try {
    return response.json();
  } catch {
    return undefined;
  }
}
