import { Injectable } from '@nestjs/common';
import { processTask, TaskProcess } from '@autobroker/platform/workers';
import { ModelTrainer, type TrainingInput, type TrainingResult } from '../../application/registry/ports';
import type { trainPrices } from './train-task';

const task = processTask<typeof trainPrices>({ name: 'train-price-model', module: require.resolve('./train-task'), run: 'trainPrices' });
const longestMs = 25 * 60_000;

/**
 * A process of its own: a training takes minutes and hundreds of megabytes, which would stay with this one. It gives way to
 * requests and to cars that come in: nobody waits for it.
 */
@Injectable()
export class ProcessTrainer extends ModelTrainer {
  constructor(private readonly processes: TaskProcess) {
    super();
  }

  override train(input: TrainingInput, cars: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<TrainingResult> {
    return this.processes.run(task, input, { data: cars, timeoutMs: longestMs, ...(signal === undefined ? {} : { signal }) });
  }
}
