import 'reflect-metadata';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { authConfig, RemoteKeySource } from '../auth';
import { httpClient } from '../http';
import { quotesConfig } from '../quotes';
import { logger } from '../telemetry';
import { appConfig } from './config';
import type { ServiceDefinition } from './define-service';
import { hostedWith } from './installation';
import { nestLogger } from './nest-logger';
import { openParts, type PartOverrides, type Parts } from './open-parts';
import { authSources } from './parts/auth';
import { providersOf } from './parts/discover';
import { openHttp, type OpenHttp } from './parts/http';
import { localQuoteKeys, localSources } from './parts/local-sources';
import { PlatformModule } from './platform-module';
import { Settings } from './settings';

export interface AppOverrides extends PartOverrides {
  /** Answers are held against their own schema: for tests. */
  readonly checkResponses?: boolean;
}

export interface AppOptions {
  /** Of the process: in logs, traces and connections. */
  readonly name: string;
  readonly services: readonly ServiceDefinition[];
  readonly env?: NodeJS.ProcessEnv;
  readonly overrides?: AppOverrides;
}

type InjectOptions = Exclude<Parameters<NestFastifyApplication['inject']>[0], string>;
type InjectResponse = Awaited<ReturnType<NestFastifyApplication['inject']>>;

const log = logger('app');

@Module({})
class RootModule {}

/** One process of the platform: its services on everything they need. */
export class App {
  private closing: Promise<void> | null = null;
  private working = false;

  constructor(
    readonly name: string,
    readonly services: readonly ServiceDefinition[],
    readonly parts: Parts,
    readonly nest: NestFastifyApplication,
    private readonly http: OpenHttp,
  ) {}

  get settings(): Settings {
    return this.parts.settings;
  }

  get routes(): OpenHttp['server']['routes'] {
    return this.http.server.routes;
  }

  /** A provider of any service. */
  get<T>(token: Parameters<NestFastifyApplication['get']>[0]): T {
    return this.nest.get<T>(token, { strict: false });
  }

  /** A request without a network: for tests. */
  inject(request: InjectOptions): Promise<InjectResponse> {
    return this.nest.inject(request);
  }

  /** Takes requests; gives the address it is reached by. */
  async listen(port?: number, host?: string): Promise<string> {
    const settings = this.settings.get(appConfig);
    const address = host ?? settings.host ?? (process.env.NODE_ENV === 'production' ? '0.0.0.0' : 'localhost');
    await this.nest.listen(port ?? settings.port, address);
    return this.nest.getUrl();
  }

  /** Begins to hear events and, in a worker, to consume, work and schedule. */
  async startWork(): Promise<void> {
    if (this.working) return;
    this.working = true;
    await this.parts.messaging.messaging.start();
    this.parts.auth.start();
    if (this.settings.get(appConfig).roles.includes('worker')) await this.parts.jobs.start();
  }

  /** Not ready any more, nothing new taken, what is under way finished, then everything closed. */
  close(): Promise<void> {
    this.closing ??= this.shutDown();
    return this.closing;
  }

  private async shutDown(): Promise<void> {
    const drained = this.http.server.drain();
    if (this.working) {
      await settled('consumers and jobs', Promise.all([this.parts.messaging.messaging.stop(), this.parts.jobs.drain()]));
    }
    await settled('requests', drained);
    await settled('the modules', this.nest.close());
    this.http.close();
    await settled('the connections', this.parts.close());
  }
}

/** One part that does not stop well must not keep the others from stopping. */
async function settled(what: string, work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    log.error({ err: error, what }, 'could not be stopped cleanly');
  }
}

/** Makes the process's application, ready to listen and to work. Telemetry is the caller's: it belongs to the process. */
export async function createApp(options: AppOptions): Promise<App> {
  const { name, overrides = {} } = options;
  const services = hostedWith(options.services);
  const settings = Settings.load(services, options.env ?? process.env);
  const parts = await openParts({ name, settings, services, overrides });
  try {
    const serve = settings.get(appConfig).roles.includes('api');
    const http = openHttp({ parts, services, serve, checkResponses: overrides.checkResponses ?? false });
    const nest = await NestFactory.create<NestFastifyApplication>(rootOf(parts, services), http.server.adapter, {
      logger: nestLogger,
      abortOnError: false,
      bodyParser: false,
    });
    const { internalSecret, identityUrl } = settings.get(authConfig);
    parts.auth.sources.set(authSources(httpClient({ name: 'identity', baseUrl: identityUrl, timeoutMs: 3_000, retries: 1 }), internalSecret, localSources(nest, services)));
    const { pricingUrl } = settings.get(quotesConfig);
    parts.quotes.source.set(localQuoteKeys(nest, services) ?? new RemoteKeySource(httpClient({ name: 'pricing', baseUrl: pricingUrl, timeoutMs: 3_000, retries: 1 }), '/api/v1/quotes/jwks.json'));
    const made = providersOf(nest);
    parts.jobs.register(made);
    parts.messaging.register(made);
    parts.messaging.feed(parts.cache);
    http.install(nest);
    await nest.init();
    return new App(name, services, parts, nest, http);
  } catch (error) {
    await parts.close();
    throw error;
  }
}

const rootOf = (parts: Parts, services: readonly ServiceDefinition[]): DynamicModule => ({
  module: RootModule,
  imports: [PlatformModule.of(parts, services), ...services.map((service) => service.module)],
});
