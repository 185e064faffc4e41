import 'reflect-metadata';
import type { z } from 'zod';
import { classOf, type QueueName } from './job-classes';

export interface JobDef<S extends z.ZodType = z.ZodType> {
  /** Unique within its queue. */
  readonly name: string;
  readonly queue: QueueName;
  /** Checked when a job is enqueued and again when it runs. What is stored is the input, so it must be plain JSON. */
  readonly data: S;
}

export type JobInput<D extends JobDef> = z.input<D['data']>;
export type JobData<D extends JobDef> = z.output<D['data']>;

const namePattern = /^[a-z][a-z0-9-]*$/;
const jobs = new Map<string, JobDef>();
const schedules = new Map<string, ScheduleDef>();

export const defineJob = <S extends z.ZodType>(def: JobDef<S>): JobDef<S> => {
  classOf(def.queue);
  if (!namePattern.test(def.name)) throw new Error(`job name ${def.name} is not kebab-case`);
  const id = `${def.queue}/${def.name}`;
  if (jobs.has(id)) throw new Error(`job ${id} is defined twice`);
  jobs.set(id, def);
  return def;
};

/** What a handler learns about the attempt it runs. */
export interface JobContext {
  /** As given to `enqueue`, or the one that was made. */
  readonly jobId: string;
  /** 1 for the first. */
  readonly attempt: number;
  readonly attempts: number;
  /** Aborted when the time is over or the process stops; what the handler does after that no longer counts. */
  readonly signal: AbortSignal;
  /** 0 to 100, or what the job likes to tell. */
  progress(value: number | Record<string, unknown>): Promise<void>;
}

export interface JobProcessor<D extends JobDef = JobDef> {
  run(data: JobData<D>, context: JobContext): Promise<unknown>;
}

const handlerKey = Symbol('autobroker:job-handler');

/** Marks the provider that runs a job. One handler a job. */
export const JobHandler =
  <D extends JobDef>(def: D) =>
  <C extends new (...args: never[]) => JobProcessor<D>>(target: C): void => {
    Reflect.defineMetadata(handlerKey, def, target);
  };

export const jobHandledBy = (target: object): JobDef | undefined => {
  const def: unknown = Reflect.getMetadata(handlerKey, target);
  return [...jobs.values()].find((candidate) => candidate === def);
};

interface ScheduleBase {
  /** Unique within the job's queue. */
  readonly key: string;
  readonly job: JobDef;
  readonly data: unknown;
  /** Comes for the first time as soon as it is new to the installation, not only when its time has come. */
  readonly atOnce?: boolean;
}
export type ScheduleDef = ScheduleBase & ({ readonly cron: string; readonly everyMs?: never } | { readonly everyMs: number; readonly cron?: never });

/** A job that comes again and again: by cron (UTC) or by interval. Takes effect when a process that works the queue starts. */
export const defineSchedule = <D extends JobDef>(
  def: { readonly key: string; readonly job: D; readonly data: JobInput<D>; readonly atOnce?: boolean } & ({ cron: string; everyMs?: never } | { everyMs: number; cron?: never }),
): ScheduleDef => {
  if (!namePattern.test(def.key)) throw new Error(`schedule key ${def.key} is not kebab-case`);
  const id = `${def.job.queue}/${def.key}`;
  if (schedules.has(id)) throw new Error(`schedule ${id} is defined twice`);
  def.job.data.parse(def.data);
  schedules.set(id, def);
  return def;
};

export const allJobs = (): JobDef[] => [...jobs.values()];
export const allSchedules = (): ScheduleDef[] => [...schedules.values()];

