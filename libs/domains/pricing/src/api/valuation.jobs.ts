import { Injectable } from '@nestjs/common';
import { type JobContext, type JobData, JobHandler, Jobs } from '@autobroker/platform/jobs';
import { revalueCatalogueJob, sweepModelsJob, trainModelJob, valueChangedJob, watchModelJob } from '../application/jobs-valuation';
import { SweepModels } from '../application/registry/sweep-models';
import { TrainModel } from '../application/registry/train-model';
import { WatchModel } from '../application/registry/watch-model';
import { RevalueCatalogue } from '../application/valuation/revalue-catalogue';
import { ValueChanged } from '../application/valuation/value-changed';

@Injectable()
@JobHandler(valueChangedJob)
export class ValueChangedProcessor {
  constructor(
    private readonly values: ValueChanged,
    private readonly jobs: Jobs,
  ) {}

  async run(_data: JobData<typeof valueChangedJob>, { signal }: Pick<JobContext, 'signal'>): Promise<unknown> {
    const counts = await this.values.run(signal);
    if (counts.more) await this.jobs.enqueue(valueChangedJob, {});
    return counts;
  }
}

@Injectable()
@JobHandler(trainModelJob)
export class TrainModelProcessor {
  constructor(private readonly training: TrainModel) {}

  run({ model_id, if_grown }: JobData<typeof trainModelJob>, { signal, progress }: JobContext): Promise<unknown> {
    return this.training.run({ ...(model_id === undefined ? {} : { modelId: model_id }), ifGrown: if_grown }, signal, progress);
  }
}

@Injectable()
@JobHandler(revalueCatalogueJob)
export class RevalueCatalogueProcessor {
  constructor(private readonly revaluation: RevalueCatalogue) {}

  run(_data: JobData<typeof revalueCatalogueJob>, { jobId, signal, progress }: JobContext): Promise<unknown> {
    return this.revaluation.run({ id: jobId, signal, tell: ({ valued, changed, of }) => progress({ valued, changed, of }) });
  }
}

@Injectable()
@JobHandler(watchModelJob)
export class WatchModelProcessor {
  constructor(private readonly watch: WatchModel) {}

  run(): Promise<unknown> {
    return this.watch.run();
  }
}

@Injectable()
@JobHandler(sweepModelsJob)
export class SweepModelsProcessor {
  constructor(private readonly sweep: SweepModels) {}

  run(): Promise<unknown> {
    return this.sweep.run();
  }
}
