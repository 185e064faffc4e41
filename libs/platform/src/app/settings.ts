import { authConfig } from '../auth';
import { ConfigError, loadConfigs, type ConfigSpec } from '../config';
import { databaseConfig, vaultConfig } from '../database';
import { httpConfig } from '../http';
import { jobsConfig } from '../jobs';
import { messagingConfig } from '../messaging';
import { quotesConfig } from '../quotes';
import { telemetryConfig } from '../telemetry';
import { appConfig, enginesConfig } from './config';
import type { ServiceDefinition } from './define-service';

/** What the parts of every process are configured by; the installation's own service adds the rest. */
export const processConfigs: readonly ConfigSpec[] = [
  appConfig,
  enginesConfig,
  authConfig,
  databaseConfig,
  httpConfig,
  jobsConfig,
  messagingConfig,
  quotesConfig,
  telemetryConfig,
  vaultConfig,
];

/** All settings of a process, read and checked once. */
export class Settings {
  private constructor(private readonly values: ReadonlyMap<symbol, unknown>) {}

  /** Throws one ConfigError that names every bad variable of the platform and of all services. */
  static load(services: readonly ServiceDefinition[], environment: NodeJS.ProcessEnv): Settings {
    const specs = new Set([...processConfigs, ...services.flatMap((service) => service.config)]);
    if (environment.NODE_ENV === 'production' && (environment.SANDBOX_URL ?? '') !== '') {
      throw new ConfigError([{ env: 'SANDBOX_URL', reason: 'must not be set in production', description: appConfig.fields['sandboxUrl']?.description ?? '' }]);
    }
    return new Settings(loadConfigs([...specs], environment));
  }

  get<T>(spec: ConfigSpec<T>): T {
    if (!this.values.has(spec.token)) throw new Error(`configuration ${spec.name} belongs to no service of this process`);
    return this.values.get(spec.token) as T;
  }

  entries(): Iterable<[symbol, unknown]> {
    return this.values.entries();
  }
}
