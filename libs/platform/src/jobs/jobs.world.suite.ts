import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { z } from 'zod';
import { defineJob, type JobContext, type JobDef, type JobProcessor } from './define-job';
import type { JobsBackend } from './backend';
import type { ClassSettings, Overrides } from './job-classes';
import { JobRunner, type RunnerOptions } from './job-runner';
import { JobSchedules } from './job-schedules';
import { JobStore } from './job-store';
import { Jobs } from './jobs';
import { JobsAdmin } from './jobs-admin';

export const until = async (what: () => boolean | Promise<boolean>, ms = 15_000): Promise<void> => {
  const deadline = performance.now() + ms;
  while (!(await what())) {
    if (performance.now() > deadline) throw new Error('did not happen in time');
    await pause(15);
  }
};

export const settings = (over: Partial<ClassSettings>): Partial<ClassSettings> => ({ backoffMs: 20, backoffMaxMs: 40, ...over });

/** A process of the platform, as far as jobs are concerned. */
export class Process {
  readonly errors: string[] = [];
  readonly store: JobStore;
  readonly jobs: Jobs;
  readonly runner: JobRunner;
  readonly admin: JobsAdmin;
  readonly schedules: JobSchedules;

  constructor(backend: JobsBackend, overrides: Overrides, options: RunnerOptions = {}) {
    this.store = new JobStore(backend, (queue, error) => this.errors.push(`${queue}: ${error.message}`));
    this.runner = new JobRunner(this.store, { overrides, ...options });
    this.jobs = new Jobs(this.store, overrides, this.runner);
    this.schedules = new JobSchedules(this.store, overrides, { forgetAfterMs: 1_000, now: () => this.scheduleTime });
    this.admin = new JobsAdmin(this.store, () => this.queueNames);
  }
  readonly queueNames: string[] = [];
  /** Of the clock by which forgotten schedules are removed. */
  scheduleTime = 0;

  handle<D extends JobDef>(def: D, run: (data: z.output<D['data']>, context: JobContext) => Promise<unknown>): this {
    const processor: JobProcessor<D> = { run };
    this.runner.register(def, processor);
    if (!this.queueNames.includes(def.queue)) this.queueNames.push(def.queue);
    return this;
  }

  async stop(): Promise<void> {
    await this.runner.drain();
    await this.store.close();
  }
}

let tests = 0;
/** Job definitions with queues of their own for each test, so that tests leave nothing to each other. */
export const fresh = <S extends z.ZodType>(data: S, jobClass: 'default' | 'alerts' = 'default', name = 'work') =>
  defineJob({ name, queue: `t${process.pid}x${(tests += 1)}.${jobClass}`, data });

export interface JobsPlace {
  readonly url: string;
  backend(): JobsBackend;
  /** Breaks every connection that processes hold for their jobs. */
  disconnectAll(): Promise<void>;
  close(): Promise<void>;
}

/** Takes a job in a process of its own, and kills that in the middle. */
export const takeAndDie = async (kind: string, url: string, queue: string): Promise<void> => {
  const child = spawn(
    process.execPath,
    ['--conditions=@autobroker/source', '-r', createRequire(__filename).resolve('@swc-node/register'), join(__dirname, 'crash-child.suite.ts')],
    {
      env: { ...process.env, NODE_OPTIONS: '', TS_NODE_PROJECT: join(__dirname, '../../../../tsconfig.base.json'), CHILD: JSON.stringify({ kind, url, queue }) },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const taken = new Promise<void>((resolve) => child.stdout.once('data', () => resolve()));
  await Promise.race([taken, ended.then((code) => Promise.reject(new Error(`the child ended with ${code}`)))]);
  child.kill('SIGKILL');
  await ended;
};


export type OpenPlace = () => Promise<JobsPlace>;

/** Opens the place for a `describe`, and stops the processes of each test after it. */
export const usePlace = (open: OpenPlace): { begin: (overrides?: Overrides, options?: RunnerOptions) => Process; place: () => JobsPlace } => {
  let opened: JobsPlace | undefined;
  const place = (): JobsPlace => {
    if (opened === undefined) throw new Error('the place is not open yet');
    return opened;
  };
  const processes: Process[] = [];
  beforeAll(async () => {
    opened = await open();
  }, 120_000);
  afterAll(() => opened?.close());
  beforeEach(() => expect(processes).toHaveLength(0));
  afterEach(async () => {
    await Promise.all(processes.splice(0).map((each) => each.stop()));
  });
  return {
    place,
    begin: (overrides = {}, options = {}) => {
      const made = new Process(place().backend(), { default: settings({}), alerts: settings({}), ...overrides }, options);
      processes.push(made);
      return made;
    },
  };
};
