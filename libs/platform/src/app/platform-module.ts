import { Global, Module, type DynamicModule, type InjectionToken, type ValueProvider } from '@nestjs/common';
import { API_KEY_VERIFIER, Authenticator, KEY_SOURCE, SESSION_REVOCATIONS, TENANT_DIRECTORY } from '../auth';
import { Cache } from '../cache';
import { databaseHost, databaseOf } from '../database';
import { Jobs, JobsAdmin } from '../jobs';
import { Messaging, MessagingAdmin, Retention } from '../messaging';
import { QuoteVerifier } from '../quotes';
import { CpuPool, TaskProcess } from '../workers';
import type { ServiceDefinition } from './define-service';
import type { Parts } from './open-parts';
import { CLOCK } from './tokens';

/** What the platform gives every service, by injection. Made before Nest, so that Nest only hands it out. */
@Global()
@Module({})
export class PlatformModule {
  static of(parts: Parts, services: readonly ServiceDefinition[]): DynamicModule {
    const providers: ValueProvider[] = [
      ...[...parts.settings.entries()].map(([token, values]) => value(token, values)),
      ...services.map((service) => value(databaseOf(service.name), parts.database.host.of(service.name))),
      value(databaseHost, parts.database.host),
      value(CLOCK, parts.clock),
      value(Cache, parts.cache),
      value(Jobs, parts.jobs.jobs),
      value(JobsAdmin, parts.jobs.admin),
      value(Messaging, parts.messaging.messaging),
      value(MessagingAdmin, parts.messaging.admin),
      value(Retention, parts.messaging.retention),
      value(CpuPool, parts.cpu),
      value(TaskProcess, parts.processes),
      value(Authenticator, parts.auth.authenticator),
      value(KEY_SOURCE, parts.auth.keySource),
      value(API_KEY_VERIFIER, parts.auth.apiKeyVerifier),
      value(TENANT_DIRECTORY, parts.auth.tenantDirectory),
      value(SESSION_REVOCATIONS, parts.auth.revocations),
      value(QuoteVerifier, parts.quotes.verifier),
    ];
    return { module: PlatformModule, providers, exports: providers.map(({ provide }) => provide) };
  }
}

const value = (provide: InjectionToken, useValue: unknown): ValueProvider => ({ provide, useValue });
