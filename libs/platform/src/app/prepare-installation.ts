import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connectDirect, databaseConfig, databaseSettings } from '../database';
import { logger, startTelemetry, telemetryConfig } from '../telemetry';
import { appConfig } from './config';
import { createApp } from './create-app';
import type { DemoSeeder, DemoWorld, Founder, ServiceDefinition } from './define-service';
import { explain } from './failure';
import { hostedWith } from './installation';
import { runMigrations } from './migrate';
import { Settings } from './settings';

const log = logger('app.prepare');

/** The step before the first start: migrations, what no installation can do without, the demo where it is wanted. Harmless to repeat. */
export async function prepareInstallation(name: string, services: readonly ServiceDefinition[]): Promise<void> {
  try {
    const settings = Settings.load(hostedWith(services), process.env);
    await startTelemetry(name, { ...settings.get(telemetryConfig), otlpEndpoint: undefined });
    await runMigrations(services, { log: (line) => log.info(line) });
    await furnish(name, services, settings);
    process.exit(0);
  } catch (error) {
    const explained = explain(error);
    if (explained !== null) process.stderr.write(`${explained}\n`);
    else log.critical({ err: error }, 'the preparation failed');
    process.exit(1);
  }
}

/**
 * Writes what can be signed in with to `installation.json`, whose presence for this database says that the work is done.
 * In production there is no such file: the work is looked at every time, and passwords are the operator's own affair.
 */
async function furnish(name: string, services: readonly ServiceDefinition[], settings: Settings): Promise<void> {
  const { dataFolder, demoSeed } = settings.get(appConfig);
  const production = process.env.NODE_ENV === 'production';
  const database = await databaseIdentity(settings);
  const file = join(dataFolder, 'installation.json');
  const done = production ? null : await furnished(file);
  if (done?.database === database && (done.demo || !demoSeed)) return;
  const began = performance.now();
  const world: DemoWorld = { tenants: [], accounts: [] };
  const app = await createApp({ name, services });
  try {
    for (const { seed } of services) if (demoSeed && seed !== undefined) await app.get<DemoSeeder>(seed).seed(world);
    for (const { found } of services) if (found !== undefined) await app.get<Founder>(found).found(world);
  } finally {
    await app.close();
  }
  log.info({ ms: Math.round(performance.now() - began), demo: demoSeed }, 'the installation is furnished');
  if (production) return;
  const accounts = world.accounts.length > 0 ? world.accounts : (done?.accounts ?? []);
  await mkdir(dataFolder, { recursive: true });
  await writeFile(`${file}.tmp`, `${JSON.stringify({ database, demo: demoSeed, accounts }, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.tmp`, file);
}

/** Which database this is, wherever it listens today. */
async function databaseIdentity(settings: Settings): Promise<string> {
  const { url, directUrl, tls } = databaseSettings(settings.get(databaseConfig), 'autobroker-prepare');
  const client = await connectDirect({ url: directUrl ?? url, applicationName: 'autobroker-prepare', ...(tls === undefined ? {} : { tls }) });
  try {
    const { rows } = await client.query<{ id: string }>(
      `select system_identifier::text || '/' || current_database() as id from pg_control_system()`,
    );
    return rows[0]?.id ?? '';
  } finally {
    await client.end();
  }
}

interface Furnished {
  readonly database: string;
  readonly demo: boolean;
  readonly accounts: readonly unknown[];
}

async function furnished(file: string): Promise<Furnished | null> {
  try {
    const content: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof content !== 'object' || content === null) return null;
    const { database, demo, accounts } = content as Record<string, unknown>;
    return { database: String(database), demo: demo === true, accounts: Array.isArray(accounts) ? accounts : [] };
  } catch {
    return null;
  }
}
