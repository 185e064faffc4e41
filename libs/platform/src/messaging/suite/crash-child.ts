import { DatabaseHost } from '../../database';
import { engineOf } from './engines';
import { deadlyNumber, numberOf, parcels, pause, Process, suiteServices, type EngineSettings } from './process';

/** A process of its own that consumes parcels, slowly, until it is killed, by whoever started it or by the deadly one. */
async function main(): Promise<void> {
  const settings: EngineSettings = JSON.parse(process.env.CHILD_ENGINE ?? '');
  const host = await DatabaseHost.open({ url: process.env.CHILD_DATABASE ?? '', applicationName: 'crash-child', poolSize: 5 }, suiteServices);
  await new Process(host, engineOf(settings)).consumer(parcels('crashing', { batchSize: 7 }), (event) => handle(numberOf(event))).start();
  process.stdout.write('ready\n');
}

async function handle(n: number): Promise<void> {
  if (n === deadlyNumber) process.kill(process.pid, 'SIGKILL');
  await pause(3);
}

void main();
