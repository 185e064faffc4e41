import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Jobs } from '@autobroker/platform/jobs';
import { logger } from '@autobroker/platform/telemetry';
import { processEventsJob } from './jobs';

const log = logger('payment.events');
/** A provider tells of one moment in several events, one right after the other: they are looked after together. */
const gatherMs = 20;

/** Sees to it that somebody looks after what was noted. However many events come meanwhile, one job is put into the queue at a time. */
@Injectable()
export class EventNudge {
  private isWanted = false;
  private isRunning = false;

  constructor(private readonly jobs: Jobs) {}

  now(): void {
    this.isWanted = true;
    if (!this.isRunning) void this.run();
  }

  private async run(): Promise<void> {
    this.isRunning = true;
    try {
      while (this.isWanted) {
        await pause(gatherMs);
        this.isWanted = false;
        await this.jobs.soon(processEventsJob, {});
      }
    } catch (error) {
      // The sweep finds what was noted.
      log.warn({ err: error }, 'events wait for the sweep');
    } finally {
      this.isRunning = false;
    }
  }
}
