import type { DynamicModule, InjectionToken, Type } from '@nestjs/common';
import type { ApiKeyVerifier, KeySource, RevocationSource, TenantDirectory } from '../auth';
import type { ConfigSpec } from '../config';
import type { EntityClass, Migration } from '../database';
import type { RouteDefinition } from '../http';

/** Somebody that a demo can sign in as; printed at the start and kept in run.json. */
export interface DemoAccount {
  readonly role: string;
  /** Slug; null for the installation itself. */
  readonly tenant: string | null;
  readonly email: string;
  readonly password: string;
}

/** What the seeders of a demo tell each other and whoever starts it, in the order of the services. */
export interface DemoWorld {
  readonly tenants: { readonly id: string; readonly slug: string; readonly currency: string }[];
  readonly accounts: DemoAccount[];
}

/** Makes what a fresh installation can't do without, demo or not, after the migrations. Harmless to repeat. */
export interface Founder {
  found(world: DemoWorld): Promise<void>;
}

/** Fills a fresh installation with something to look at, after the migrations. Harmless to repeat. */
export interface DemoSeeder {
  seed(world: DemoWorld): Promise<void>;
}

/**
 * What only the identity service has: answers to the questions of platform/auth from its own database. Each names a
 * provider of its module; in a process without them the same questions go to IDENTITY_URL.
 */
export interface LocalAuthPorts {
  readonly keySource?: InjectionToken<KeySource>;
  readonly apiKeys?: InjectionToken<ApiKeyVerifier>;
  readonly tenants?: InjectionToken<TenantDirectory>;
  readonly revocations?: InjectionToken<RevocationSource>;
}

/** One service: everything a process needs to know in order to host it. */
export interface ServiceDefinition {
  /** Also the name of its database schema. */
  readonly name: string;
  readonly module: Type | DynamicModule;
  readonly entities: readonly EntityClass[];
  readonly migrations: readonly Migration[];
  readonly config: readonly ConfigSpec[];
  readonly routes: readonly RouteDefinition[];
  readonly found?: Type<Founder>;
  readonly seed?: Type<DemoSeeder>;
  readonly authPorts?: LocalAuthPorts;
  /** Of the pricing service alone: the public keys of its quotes; in a process without it they come from PRICING_URL. */
  readonly quoteKeys?: InjectionToken<KeySource>;
}

export type ServiceInput = Omit<ServiceDefinition, 'config'> & { readonly config?: readonly ConfigSpec[] };

const namePattern = /^[a-z][a-z0-9_]{0,40}$/;

/** Declares a service. Mistakes that would only show in production are refused here. */
export function defineService(input: ServiceInput): ServiceDefinition {
  if (!namePattern.test(input.name)) throw new Error(`service name ${JSON.stringify(input.name)} is not a schema name`);
  const ids = input.migrations.map((migration) => migration.id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new Error(`service ${input.name} has two migrations called ${twice}`);
  return Object.freeze({ ...input, config: input.config ?? [] });
}
