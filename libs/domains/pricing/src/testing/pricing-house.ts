import { ManualClock } from '@autobroker/kernel';
import { vehicleDelisted, vehicleListed, vehiclePriceChanged, vehicleUpdated, type EventDef } from '@autobroker/contracts';
import { defineService } from '@autobroker/platform/app';
import type { Database } from '@autobroker/platform/database';
import { asUser, testApp, testTenant, type EventRecorder, type TestApp } from '@autobroker/platform/testing';
import { z } from 'zod';
import { ChangedCarsConsumer } from '../api/changed-cars.consumer';
import { MarketConsumer } from '../api/market.consumer';
import { FollowDealsConsumer } from '../api/opportunity.consumers';
import { ModelLoader, ModelTrainer } from '../application/registry/ports';
import { PricingModule, pricingService } from '../pricing.module';
import { vehicleOutbox } from './generated-market';
import { TableLoader, TableTrainer } from './table-learner';

export const otherTenant = '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b02';

export const people = {
  nobody: {},
  operator: asUser({ role: 'operator', tenantId: null }),
  admin: asUser({ role: 'admin', tenantId: testTenant.id }),
  agent: asUser({ role: 'agent', tenantId: testTenant.id }),
  buyer: asUser({ role: 'buyer', tenantId: testTenant.id }),
  stranger: asUser({ role: 'admin', tenantId: otherTenant }),
} as const;
export type Person = keyof typeof people;

const envelope = z.object({
  data: z.unknown(),
  error: z.object({ code: z.string(), errors: z.array(z.object({ pointer: z.string() })).optional() }).nullable(),
});

/** Compared member by member, by the spec that asked. */
type Json = ReturnType<typeof parsedJson>;
const parsedJson = (text: string) => JSON.parse(text);

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly data: Json;
  readonly list: Json[];
  readonly code: string | null;
  readonly pointers: string[];
}

/** The pricing service on a database of its own, beside an outbox that vehicle events come from. */
export class PricingHouse {
  private constructor(
    readonly app: TestApp,
    readonly clock: ManualClock,
    readonly trainer: TableTrainer,
    private readonly said: EventRecorder,
  ) {}

  /** `table`: with the small model of the specs instead of the learned one. `work`: consumers, jobs and schedules run by themselves. */
  static async start(options: { readonly table: boolean; readonly work: boolean }): Promise<PricingHouse> {
    const clock = new ManualClock(new Date());
    const trainer = new TableTrainer();
    const service = options.table ? withTable(trainer) : pricingService;
    const app = await testApp({ services: [vehicleOutbox, service], work: options.work, overrides: { clock } });
    return new PricingHouse(app, clock, trainer, await app.events('vehicle'));
  }

  get db(): Database {
    return this.app.of('pricing');
  }

  get vehicles(): Database {
    return this.app.of('vehicle');
  }

  get<T>(token: abstract new (...args: never[]) => T): T {
    return this.app.app.get<T>(token);
  }

  async ask(person: Person, method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await this.app.call(`/api/v1${path}`, { method, headers: { ...people[person], ...headers }, ...(body === undefined ? {} : { body }) });
    const text = await response.text();
    const parsed = text === '' ? null : envelope.parse(parsedJson(text));
    const data = parsed === null ? null : parsedJson(text).data;
    return {
      status: response.status,
      headers: response.headers,
      data: typeof data === 'object' && data !== null && !Array.isArray(data) ? data : {},
      list: Array.isArray(data) ? data : [],
      code: parsed?.error?.code ?? null,
      pointers: (parsed?.error?.errors ?? []).map(({ pointer }) => pointer),
    };
  }

  read(person: Person, path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.ask(person, 'GET', path, undefined, headers);
  }

  /** Where nothing works by itself: what the vehicle service has said so far is heard, by the consumers themselves. */
  async hear(): Promise<void> {
    const defs: readonly EventDef[] = [vehicleListed, vehicleUpdated, vehiclePriceChanged, vehicleDelisted];
    const events = (await this.said.all()).filter(({ type }) => defs.some((def) => def.type === type));
    type Heard = Parameters<MarketConsumer['handle']>[0];
    for (let from = 0; from < events.length; from += 500) {
      const some = events.slice(from, from + 500) as Heard[];
      await this.db.transaction((tx) => this.get(MarketConsumer).handleBatch(some, tx));
      await this.db.transaction((tx) => this.get(ChangedCarsConsumer).handleBatch(some, tx));
      const ofDeals = some.filter((event) => event.type !== 'vehicle.price_changed.v1');
      await this.db.transaction((tx) => this.get(FollowDealsConsumer).handleBatch(ofDeals, tx));
    }
    await this.said.clear();
  }

  /** Asks again until it is so; a spec that waits for ever has failed. */
  async until<T>(ask: () => Promise<T>, isSo: (value: T) => boolean): Promise<T> {
    for (let turn = 0; turn < 400; turn += 1) {
      const value = await ask();
      if (isSo(value)) return value;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('it did not come to be so');
  }

  close(): Promise<void> {
    return this.app.close();
  }
}

function withTable(trainer: TableTrainer) {
  const { name, entities, migrations, config, routes } = pricingService;
  const module = {
    module: PricingModule,
    providers: [
      { provide: ModelTrainer, useValue: trainer },
      { provide: ModelLoader, useClass: TableLoader },
    ],
  };
  return defineService({ name, module, entities, migrations, config, routes });
}
