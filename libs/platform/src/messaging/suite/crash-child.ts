import { DatabaseHost } from '../../database';
import { engineOf } from './engines';
import { parcels, pause, Process, suiteServices, type EngineSettings } from './process';

/** A process of its own that consumes parcels, slowly, until it is killed. */
async function main(): Promise<void> {
  const settings: EngineSettings = JSON.parse(process.env.CHILD_ENGINE ?? '');
  const host = await DatabaseHost.open({ url: process.env.CHILD_DATABASE ?? '', applicationName: 'crash-child', poolSize: 5 }, suiteServices);
  await new Process(host, engineOf(settings)).consumer(parcels('crashing', { batchSize: 7 }), () => pause(3)).start();
  process.stdout.write('ready\n');
}

void main();
