import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { CpuPool, cpuTask } from '@autobroker/platform/workers';
import { ModelTrainer, type TrainingInput, type TrainingResult } from '../../application/registry/ports';
import type { trainPrices } from './train-task';

const task = cpuTask<typeof trainPrices>({ name: 'train-price-model', module: require.resolve('./train-task'), run: 'trainPrices' });
const longestMs = 25 * 60_000;

/**
 * A thread of its own: a training would hold the platform's shared ones for minutes, and needs more memory than they have.
 * It is given back as soon as the training is over, and gives way to requests and to cars that come in: nobody waits for it.
 */
@Injectable()
export class ThreadedTrainer extends ModelTrainer implements OnApplicationShutdown {
  private readonly pool = new CpuPool({ size: 1, maxQueue: 2, timeoutMs: longestMs, idleMs: 1_000, maxMemoryMb: 3_072, gentle: true });

  override train(input: TrainingInput, signal?: AbortSignal): Promise<TrainingResult> {
    return this.pool.run(task, input, { timeoutMs: longestMs, ...(signal === undefined ? {} : { signal }) });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.close();
  }
}
