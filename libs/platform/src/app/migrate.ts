import { loadConfig } from '../config';
import { databaseConfig, databaseSettings, migrate, provisionSettings, roleOf, type AppliedMigration } from '../database';
import { provisionPostgresJobs } from '../jobs';
import { enginesConfig } from './config';
import type { ServiceDefinition } from './define-service';
import { hostedWith } from './installation';
import { installationService } from './installation-service';

/** The migration step of a release, and of every first start: needs the database and nothing else. */
export async function runMigrations(
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
  const hosted = hostedWith(services);
  const applied = await migrate(connection, hosted, {
    ...provisionSettings(config),
    shared: [installationService.name],
    ...(options.log === undefined ? {} : { log: options.log }),
  });
  if (loadConfig(enginesConfig, options.env ?? process.env).redisQueueUrl === undefined) {
    await provisionPostgresJobs(
      { connectionString: connection.url, ...(tls === undefined ? {} : { ssl: { ...tls } }) },
      hosted.map(({ name }) => roleOf(name)),
    );
  }
  return applied;
}
