import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { uuidv7 } from '@autobroker/kernel';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { Jobs } from '@autobroker/platform/jobs';
import { logger } from '@autobroker/platform/telemetry';
import { scraperConfig, type ScraperConfig } from './config';
import { FinishRun } from './finish-run';
import { sweepJob, workRunJob } from './jobs';
import { Backlog, type RunRow, Runs, Schedules } from './ports';
import { turnId } from './request-runs';
import { sourceKey } from './schedule-keys';
import { StepRun } from './step-run';
import { LeaseLostError, type Turn } from './turn';

const log = logger('scraper.runs');
const leaseMs = 60_000;
const renewMs = 15_000;
/** A page that may be asked for sooner is waited for; later ones are left to a later turn. */
const patienceMs = 20_000;
const backlogEvery = 20;
const backlogPauseMs = 15_000;

export type TurnEnd = 'done' | 'handed_on' | 'not_mine';

/** What a turn asks of the rest of the house. */
@Injectable()
export class TurnHelpers {
  constructor(
    private readonly jobs: Jobs,
    private readonly backlog: Backlog,
    private readonly schedules: Schedules,
    @Inject(scraperConfig.token) private readonly config: ScraperConfig,
  ) {}

  async isFull(): Promise<boolean> {
    const size = await this.backlog.size();
    return size !== null && size > this.config.maxBacklog;
  }

  /** What became due while the source was being read, or was paused, is not left to the next quarter of an hour. */
  async nextIfDue(run: Pick<RunRow, 'id' | 'source'>, now: Date): Promise<void> {
    const schedule = await this.schedules.find(sourceKey(run.source));
    if (schedule?.active !== true || schedule.nextRunAt.getTime() > now.getTime()) return;
    await this.jobs.enqueueEventually(sweepJob, {}, { jobId: `after-${run.id}` });
  }

  async again(run: Pick<RunRow, 'id' | 'attempt'>, delayMs: number): Promise<void> {
    await this.jobs.enqueueEventually(workRunJob, { run_id: run.id }, { jobId: turnId(run), ...(delayMs > 0 ? { delayMs: Math.ceil(delayMs) } : {}) });
  }
}

/** Works on one run for one turn: until it is done, or long enough. */
@Injectable()
export class WorkRun {
  constructor(
    @Inject(databaseOf('scraper')) private readonly db: Database,
    private readonly runs: Runs,
    private readonly steps: StepRun,
    private readonly finish: FinishRun,
    private readonly helpers: TurnHelpers,
    @Inject(scraperConfig.token) private readonly config: ScraperConfig,
  ) {}

  async run(runId: string, outer: AbortSignal): Promise<TurnEnd> {
    const worker = uuidv7(this.db.clock.now());
    const run = await this.runs.lease(runId, worker, leaseMs);
    if (run === null) return 'not_mine';
    const lost = new AbortController();
    const signal = AbortSignal.any([outer, lost.signal]);
    const heart = setInterval(() => {
      void this.runs.renew(runId, worker, leaseMs).then(
        (mine) => (mine ? undefined : lost.abort(new LeaseLostError())),
        () => undefined, // the database is away for a moment: the lease is longer than that
      );
    }, renewMs);
    heart.unref();
    try {
      return await this.work(run, worker, signal);
    } catch (error) {
      if (error instanceof LeaseLostError || (lost.signal.aborted && !outer.aborted)) return 'not_mine';
      throw error;
    } finally {
      clearInterval(heart);
      await this.runs.release(runId, worker).catch(() => undefined);
    }
  }

  private async work(run: RunRow, worker: string, signal: AbortSignal): Promise<TurnEnd> {
    const opened = await this.steps.open(run, worker, signal);
    if ('skipped' in opened) {
      return this.end({ run, worker }, { state: 'skipped', problem: opened.skipped });
    }
    const { turn } = opened;
    const time = AbortSignal.timeout(this.config.turnMs);
    await this.steps.plan(turn);
    for (let count = 0; ; count += 1) {
      signal.throwIfAborted();
      if (time.aborted) return this.handOn(turn, 0);
      const now = await this.runs.find(run.id);
      if (now === null || now.cancelRequested) return this.end(turn);
      // Whoever hears of listings must keep up: what waits for them is bounded.
      if (count % backlogEvery === 0 && (await this.helpers.isFull())) return this.handOn(turn, backlogPauseMs);
      const nextMs = await this.steps.step(turn);
      if (nextMs === 0) continue;
      if (nextMs === null) {
        if (await this.steps.planChecks(turn)) continue;
        return this.end(turn);
      }
      if (nextMs > patienceMs) return this.handOn(turn, nextMs);
      await pause(nextMs + 5, undefined, { signal });
    }
  }

  private async end(turn: Pick<Turn, 'run' | 'worker'>, forced: Parameters<FinishRun['run']>[1] = null): Promise<TurnEnd> {
    await this.finish.run(turn, forced);
    await this.helpers.nextIfDue(turn.run, this.db.clock.now());
    return 'done';
  }

  private async handOn(turn: Turn, delayMs: number): Promise<TurnEnd> {
    await this.runs.release(turn.run.id, turn.worker);
    await this.helpers.again(turn.run, delayMs);
    log.debug({ run: turn.run.id, source: turn.run.source, delayMs }, 'run handed on');
    return 'handed_on';
  }
}
