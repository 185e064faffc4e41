import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connectDirect, databaseConfig, databaseSettings } from '../database';
import { logger, startTelemetry, telemetryConfig } from '../telemetry';
import { appConfig } from './config';
import { createApp } from './create-app';
import type { DemoSeeder, DemoWorld, ServiceDefinition } from './define-service';
import { explain } from './failure';
import { hostedWith } from './installation';
import { runMigrations } from './migrate';
import { Settings } from './settings';

const log = logger('app.prepare');

/** The step before the first start: migrations, and the demo where it is wanted. Harmless to repeat. */
export async function prepareInstallation(name: string, services: readonly ServiceDefinition[]): Promise<void> {
  try {
    const settings = Settings.load(hostedWith(services), process.env);
    await startTelemetry(name, { ...settings.get(telemetryConfig), otlpEndpoint: undefined });
    await runMigrations(services, { log: (line) => log.info(line) });
    if (settings.get(appConfig).demoSeed) await seedDemo(name, services, settings);
    process.exit(0);
  } catch (error) {
    const explained = explain(error);
    if (explained !== null) process.stderr.write(`${explained}\n`);
    else log.critical({ err: error }, 'the preparation failed');
    process.exit(1);
  }
}

/** Writes what can be signed in with to `demo.json`; its presence for this database says that the work is done. */
async function seedDemo(name: string, services: readonly ServiceDefinition[], settings: Settings): Promise<void> {
  const folder = settings.get(appConfig).dataFolder;
  const database = await databaseIdentity(settings);
  const file = join(folder, 'demo.json');
  if ((await seededDatabase(file)) === database) return;
  const began = performance.now();
  const world: DemoWorld = { tenants: [], accounts: [] };
  const app = await createApp({ name, services });
  try {
    for (const { name: service, seed } of services) {
      if (seed === undefined) continue;
      await app.get<DemoSeeder>(seed).seed(world);
      log.info({ service }, 'demo filled in');
    }
  } finally {
    await app.close();
  }
  await mkdir(folder, { recursive: true });
  await writeFile(`${file}.tmp`, `${JSON.stringify({ database, accounts: world.accounts }, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.tmp`, file);
  log.info({ ms: Math.round(performance.now() - began) }, 'the demo is ready');
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

async function seededDatabase(file: string): Promise<string | null> {
  try {
    const content: unknown = JSON.parse(await readFile(file, 'utf8'));
    return typeof content === 'object' && content !== null && 'database' in content ? String(content.database) : null;
  } catch {
    return null;
  }
}
