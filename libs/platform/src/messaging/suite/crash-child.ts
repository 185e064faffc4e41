import { DatabaseHost } from '../../database';
import { engineOf } from './engines';
import { deadlyNumber, numberOf, parcels, pause, Process, suiteServices, type EngineSettings } from './process';

/** Longer than a process with a deadly parcel at hand lives. */
const slowMs = 400;

/**
 * A process of its own that consumes parcels, slowly, until it is killed, by whoever started it or by the deadly one. Beside
 * that, another consumer has something in work whenever the deadly one comes.
 */
async function main(): Promise<void> {
  const settings: EngineSettings = JSON.parse(process.env.CHILD_ENGINE ?? '');
  const host = await DatabaseHost.open({ url: process.env.CHILD_DATABASE ?? '', applicationName: 'crash-child', poolSize: 5 }, suiteServices);
  const member = new Process(host, engineOf(settings));
  const def = parcels('crashing', { batchSize: 7 });
  member.consumer(parcels('beside'), async (event) => {
    if (numberOf(event) === 0) await pause(slowMs);
  });
  const work = (event: Parameters<typeof numberOf>[0]): Promise<void> => handle(numberOf(event));
  await (process.env.CHILD_TOGETHER === 'true' ? member.batchConsumer(def, work) : member.consumer(def, work)).start();
  process.stdout.write('ready\n');
}

async function handle(n: number): Promise<void> {
  if (n === deadlyNumber) process.kill(process.pid, 'SIGKILL');
  await pause(3);
}

void main();
