import { loadConfig } from '../config';
import { databaseConfig, databaseSettings, migrate, provisionSettings, type AppliedMigration } from '../database';
import type { ServiceDefinition } from './define-service';
import { hostedWith } from './installation';

/** The migration step of a release, and of every first start: needs the database and nothing else. */
export function runMigrations(
  services: readonly ServiceDefinition[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly log?: (line: string) => void } = {},
): Promise<AppliedMigration[]> {
  const config = loadConfig(databaseConfig, options.env ?? process.env);
  const { url, directUrl, tls } = databaseSettings(config, 'autobroker-migrate');
  const connection = {
    url: directUrl ?? url,
    applicationName: 'autobroker-migrate',
    connectTimeoutMs: config.connectTimeoutMs,
    ...(tls === undefined ? {} : { tls }),
  };
  return migrate(connection, hostedWith(services), { ...provisionSettings(config), ...(options.log === undefined ? {} : { log: options.log }) });
}
