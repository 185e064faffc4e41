import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@autobroker/kernel';
import { CLOCK } from '@autobroker/platform/app';
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
  constructor(
    private readonly sweep: SweepSchedules,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ moved_to }: JobData<typeof sweepJob>, { signal }: JobContext): Promise<unknown> {
    // Another process may have heard of the move before this one.
    for (let turn = 0; moved_to !== undefined && this.clock.now().getTime() < Date.parse(moved_to) && turn < 100; turn += 1) await pause(100, undefined, { signal });
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
