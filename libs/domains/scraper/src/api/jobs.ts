import { Injectable } from '@nestjs/common';
import { type JobContext, type JobData, JobHandler } from '@autobroker/platform/jobs';
import { CleanUp } from '../application/clean-up';
import { cleanUpJob, rescueJob, sweepJob, workRunJob } from '../application/jobs';
import { RescueRuns, SweepSchedules } from '../application/sweep-schedules';
import { WorkRun } from '../application/work-run';

@Injectable()
@JobHandler(workRunJob)
export class RunProcessor {
  constructor(private readonly work: WorkRun) {}

  run({ run_id }: JobData<typeof workRunJob>, { signal }: JobContext): Promise<unknown> {
    return this.work.run(run_id, signal);
  }
}

@Injectable()
@JobHandler(sweepJob)
export class SweepProcessor {
  constructor(private readonly sweep: SweepSchedules) {}

  run(_data: JobData<typeof sweepJob>, { signal }: JobContext): Promise<unknown> {
    return this.sweep.run(signal);
  }
}

@Injectable()
@JobHandler(rescueJob)
export class RescueProcessor {
  constructor(private readonly rescue: RescueRuns) {}

  run(): Promise<unknown> {
    return this.rescue.run();
  }
}

@Injectable()
@JobHandler(cleanUpJob)
export class CleanUpProcessor {
  constructor(private readonly cleanUp: CleanUp) {}

  run(_data: JobData<typeof cleanUpJob>, { signal }: JobContext): Promise<unknown> {
    return this.cleanUp.run(signal);
  }
}
