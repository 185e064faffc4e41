import type { ServiceDefinition } from '@autobroker/platform/app';
import { asUser, testApp, testTenant, type TestApp } from '@autobroker/platform/testing';
import { z } from 'zod';
import { vehicleService } from '../vehicle.module';

/** For the HTTP specs of this folder: the running service, and people who ask it things. */
export const otherTenant = '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b02';

export const people = {
  nobody: {},
  operator: asUser({ role: 'operator', tenantId: null }),
  owner: asUser({ role: 'admin', tenantId: testTenant.id }),
  agent: asUser({ role: 'agent', tenantId: testTenant.id }),
  buyer: asUser({ role: 'buyer', tenantId: testTenant.id }),
  stranger: asUser({ role: 'admin', tenantId: otherTenant }),
} as const;
export type Person = keyof typeof people;

const envelope = z.object({
  data: z.unknown(),
  meta: z.object({
    pagination: z
      .object({ page: z.int(), total: z.int(), total_pages: z.int(), total_capped: z.boolean().optional(), next_cursor: z.string().nullish() })
      .optional(),
  }),
  error: z.object({ code: z.string(), errors: z.array(z.object({ pointer: z.string(), code: z.string() })).optional() }).nullable(),
});
const record = z.record(z.string(), z.unknown());

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly data: Record<string, unknown>;
  readonly list: Record<string, unknown>[];
  readonly pagination: { total: number; total_pages: number; next_cursor?: string | null | undefined };
  readonly code: string | null;
  readonly pointers: string[];
}

export class Client {
  private constructor(readonly app: TestApp) {}

  static async start(others: readonly ServiceDefinition[] = []): Promise<Client> {
    return new Client(await testApp({ services: [vehicleService, ...others] }));
  }

  async ask(person: Person, method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await this.app.call(`/api/v1${path}`, {
      method,
      headers: { ...people[person], ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    const parsed = text === '' ? null : envelope.parse(JSON.parse(text));
    const data = parsed?.data;
    return {
      status: response.status,
      headers: response.headers,
      data: typeof data === 'object' && data !== null && !Array.isArray(data) ? record.parse(data) : {},
      list: Array.isArray(data) ? data.map((item) => record.parse(item)) : [],
      pagination: parsed?.meta.pagination ?? { total: -1, total_pages: -1 },
      code: parsed?.error?.code ?? null,
      pointers: (parsed?.error?.errors ?? []).map(({ pointer }) => pointer),
    };
  }

  get(person: Person, path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.ask(person, 'GET', path, undefined, headers);
  }

  async create(person: Person, body: Record<string, unknown> = {}): Promise<{ id: string; etag: string; answer: Answer }> {
    const answer = await this.ask(person, 'POST', '/vehicles', { ...golf, ...body });
    return { id: String(answer.data.id), etag: answer.headers.get('etag') ?? '', answer };
  }

  close(): Promise<void> {
    return this.app.close();
  }
}

export const golf = {
  make: 'Volkswagen',
  model: 'Golf',
  trim: 'GTI',
  year: 2021,
  mileage: { value: 30_000, unit: 'mi' },
  fuel: 'petrol',
  gearbox: 'automatic',
  body: 'hatchback',
  power: { hp: 245 },
  colour: { exterior: 'white' },
  features: ['navigation', 'heated_seats'],
  location: { city: 'München', country: 'DE', coordinates: { lat: 48.137, lon: 11.575 } },
  price: { amount: 2_899_000, currency: 'EUR' },
};
