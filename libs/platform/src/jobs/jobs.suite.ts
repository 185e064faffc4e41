import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { metrics } from '../telemetry';
import { defineJob, type JobContext, type JobDef, type JobProcessor, type ScheduleDef } from './define-job';
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

const settings = (over: Partial<ClassSettings>): Partial<ClassSettings> => ({ backoffMs: 20, backoffMaxMs: 40, ...over });

/** A process of the platform, as far as jobs are concerned. */
class Process {
  readonly errors: string[] = [];
  readonly store: JobStore;
  readonly jobs: Jobs;
  readonly runner: JobRunner;
  readonly admin: JobsAdmin;
  readonly schedules: JobSchedules;

  constructor(backend: JobsBackend, overrides: Overrides, options: RunnerOptions = {}) {
    this.store = new JobStore(backend, (queue, error) => this.errors.push(`${queue}: ${error.message}`));
    this.jobs = new Jobs(this.store, overrides);
    this.runner = new JobRunner(this.store, { overrides, ...options });
    this.schedules = new JobSchedules(this.store, overrides);
    this.admin = new JobsAdmin(this.store, () => this.queueNames);
  }
  readonly queueNames: string[] = [];

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
const fresh = <S extends z.ZodType>(data: S, jobClass: 'default' | 'alerts' = 'default', name = 'work') =>
  defineJob({ name, queue: `t${process.pid}x${(tests += 1)}.${jobClass}`, data });

export interface JobsPlace {
  readonly url: string;
  backend(): JobsBackend;
  /** Breaks every connection that processes hold for their jobs. */
  disconnectAll(): Promise<void>;
  close(): Promise<void>;
}

/** Takes a job in a process of its own, and kills that in the middle. */
const takeAndDie = async (kind: string, url: string, queue: string): Promise<void> => {
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

/** What jobs promise, wherever their queues are kept. */
export const jobsSuite = (title: string, open: () => Promise<JobsPlace>): void => {
  describe(`jobs on ${title}`, () => {
    let place: Awaited<ReturnType<typeof open>>;
    const processes: Process[] = [];
    const begin = (overrides: Overrides = {}, options: RunnerOptions = {}): Process => {
      const made = new Process(place.backend(), { default: settings({}), alerts: settings({}), ...overrides }, options);
      processes.push(made);
      return made;
    };

    beforeAll(async () => {
      place = await open();
    }, 120_000);
    afterAll(() => place.close());
    beforeEach(() => expect(processes).toHaveLength(0));
    afterEach(async () => {
      await Promise.all(processes.splice(0).map((each) => each.stop()));
    });

    it('runs what was enqueued, with its data read by the schema', async () => {
      const job = fresh(z.object({ at: z.iso.datetime().transform((text) => new Date(text)), note: z.string() }));
      const seen: unknown[] = [];
      const each = begin().handle(job, (data, context) => {
        seen.push([data.at.getUTCFullYear(), data.note, context.attempt, context.attempts, context.jobId]);
        return Promise.resolve({ done: true });
      });
      await each.runner.start();
      await each.jobs.enqueue(job, { at: '2026-11-20T12:00:00.000Z', note: 'ünïcode 🚗' }, { jobId: 'a:b~c' });
      await until(() => seen.length === 1);
      expect(seen).toEqual([[2026, 'ünïcode 🚗', 1, 3, 'a:b~c']]);
      expect(each.errors).toEqual([]);
    });

    it('refuses data that does not fit when it is enqueued', async () => {
      const job = fresh(z.object({ n: z.int().positive() }));
      await expect(begin().jobs.enqueue(job, { n: -1 })).rejects.toThrow(/work: n /);
    });

    it('runs a job id once, however often and from wherever it is enqueued, also after it ran', async () => {
      const job = fresh(z.object({}));
      let runs = 0;
      const [a, b] = [begin(), begin()];
      for (const each of [a, b]) {
        each.handle(job, () => Promise.resolve((runs += 1)));
        await each.runner.start();
      }
      await Promise.all([a, b, a, b, a].map((each) => each.jobs.enqueue(job, {}, { jobId: '42' })));
      await until(() => runs > 0);
      await until(async () => (await a.admin.overview())[0]?.completed === 1);
      await a.jobs.enqueue(job, {}, { jobId: '42' });
      await a.jobs.enqueue(job, {}, { jobId: 'last' });
      await until(() => runs >= 2);
      await pause(50);
      expect(runs).toBe(2);
    });

    it('keeps equal ids of different jobs apart', async () => {
      const one = fresh(z.object({}));
      const two = defineJob({ name: 'other', queue: one.queue, data: z.object({}) });
      const seen: string[] = [];
      const each = begin();
      each.handle(one, () => Promise.resolve(seen.push('one'))).handle(two, () => Promise.resolve(seen.push('two')));
      await each.runner.start();
      await each.jobs.enqueue(one, {}, { jobId: 'x' });
      await each.jobs.enqueue(two, {}, { jobId: 'x' });
      await until(() => seen.length === 2);
      expect(seen.sort()).toEqual(['one', 'two']);
    });

    it('tries again after a pause, and gives up after the attempts of its class', async () => {
      const job = fresh(z.object({}), 'alerts');
      const attempts: number[] = [];
      const each = begin().handle(job, (_data, context) => {
        attempts.push(context.attempt);
        return Promise.reject(new Error(`no ${context.attempt}`));
      });
      await each.runner.start();
      await each.jobs.enqueue(job, {}, { jobId: 'doomed' });
      await until(async () => (await each.admin.overview())[0]?.failed === 1);
      expect(attempts).toEqual([1, 2, 3, 4, 5]);
      const { items, total } = await each.admin.dead(job.queue, { offset: 0, limit: 10 });
      expect(total).toBe(1);
      expect(items[0]).toMatchObject({ jobId: 'doomed', name: 'work', reason: 'no 5', attempts: 5, priority: 'high' });
    });

    it('replays a dead job with all its attempts, and discards one', async () => {
      const job = fresh(z.object({}));
      let healthy = false;
      const seen: number[] = [];
      const each = begin().handle(job, (_data, context) => {
        seen.push(context.attempt);
        return healthy ? Promise.resolve('fine') : Promise.reject(new Error('ill'));
      });
      await each.runner.start();
      for (const jobId of ['a', 'b', 'c']) await each.jobs.enqueue(job, {}, { jobId });
      await until(async () => (await each.admin.overview())[0]?.failed === 3);
      const { items } = await each.admin.dead(job.queue, { offset: 0, limit: 10 });
      const id = (jobId: string): string => items.find((item) => item.jobId === jobId)?.id ?? '';
      healthy = true;
      seen.length = 0;
      expect(await each.admin.discard(job.queue, id('c'))).toBe(true);
      expect(await each.admin.replay(job.queue, id('a'))).toBe(true);
      await until(async () => (await each.admin.overview())[0]?.completed === 1);
      expect(seen).toEqual([1]);
      expect(await each.admin.replay(job.queue, id('a'))).toBe(false);
      expect(await each.admin.replay(job.queue, 'nothing')).toBe(false);
      expect(await each.admin.replayAll(job.queue)).toBe(1);
      await until(async () => (await each.admin.overview())[0]?.completed === 2);
      expect((await each.admin.overview())[0]).toMatchObject({ failed: 0, waiting: 0 });
    });

    it('fails a payload that does not fit at once, visibly, and without running it', async () => {
      const old = fresh(z.object({ n: z.number() }));
      const producer = begin();
      await producer.jobs.enqueue(old, { n: 1 }, { jobId: 'poison' });
      const worker = begin();
      let ran = false;
      const grown: JobDef = { ...old, data: z.object({ n: z.string() }) };
      worker.handle(grown, () => Promise.resolve((ran = true)));
      await worker.runner.start();
      await until(async () => (await worker.admin.overview())[0]?.failed === 1);
      const { items } = await worker.admin.dead(old.queue, { offset: 0, limit: 1 });
      expect(items[0]?.reason).toMatch(/does not fit the job: n /);
      expect(ran).toBe(false);
    });

    it('ends a job that takes too long, tells its handler, and tries again', async () => {
      const job = fresh(z.object({}));
      const told: string[] = [];
      const each = begin({ default: settings({ timeoutMs: 60 }) }).handle(job, async (_data, context) => {
        if (context.attempt === 2) return 'quick';
        await new Promise((resolve) => context.signal.addEventListener('abort', resolve));
        told.push(context.signal.reason instanceof Error ? context.signal.reason.name : 'nothing');
        return 'too late to count';
      });
      await each.runner.start();
      await each.jobs.enqueue(job, {});
      await until(async () => (await each.admin.overview())[0]?.completed === 1);
      expect(told).toEqual(['JobTimeoutError']);
    });

    it('waits as long as it is told', async () => {
      const job = fresh(z.object({}));
      let ranAt = 0;
      const each = begin().handle(job, () => Promise.resolve((ranAt = performance.now())));
      await each.runner.start();
      const enqueuedAt = performance.now();
      await each.jobs.enqueue(job, {}, { delayMs: 150 });
      await until(() => ranAt > 0);
      expect(ranAt - enqueuedAt).toBeGreaterThanOrEqual(145);
    });

    it('takes the more urgent first, and runs no more at once than the queue allows', async () => {
      const job = fresh(z.object({ n: z.string() }));
      const each = begin({ default: settings({ concurrency: 2 }) });
      await each.jobs.enqueue(job, { n: 'low' }, { priority: 'low' });
      for (const n of ['normal1', 'normal2']) await each.jobs.enqueue(job, { n });
      await each.jobs.enqueue(job, { n: 'high' }, { priority: 'high' });
      const order: string[] = [];
      let now = 0;
      let most = 0;
      each.handle(job, async ({ n }) => {
        order.push(n);
        most = Math.max(most, (now += 1));
        await pause(40);
        now -= 1;
      });
      expect((await each.admin.overview())[0]).toMatchObject({ waiting: 4, active: 0 });
      expect((await each.admin.overview())[0]?.oldestWaitingMs).toBeGreaterThanOrEqual(0);
      await each.runner.start();
      await until(() => order.length === 4);
      expect(order[0]).toBe('high');
      expect(order[3]).toBe('low');
      expect(most).toBe(2);
    });

    it('shows progress', async () => {
      const job = fresh(z.object({}));
      let release: () => void = () => undefined;
      const each = begin().handle(job, async (_data, context) => {
        await context.progress(40);
        await new Promise<void>((resolve) => (release = resolve));
      });
      await each.runner.start();
      await each.jobs.enqueue(job, {}, { jobId: 'p' });
      const queue = await each.store.queue(job.queue);
      await until(async () => (await queue.getJob('work~p'))?.progress === 40);
      release();
    });

    it('lets running jobs end when the process stops, and gives long ones to another process without counting the attempt', async () => {
      const job = fresh(z.object({ long: z.boolean() }));
      const done: string[] = [];
      const stopping = begin({ default: settings({ attempts: 1 }) }, { drainMs: 200 });
      let started = 0;
      stopping.handle(job, async ({ long }, context) => {
        started += 1;
        if (!long) {
          await pause(80);
          return done.push('short');
        }
        await new Promise((resolve) => context.signal.addEventListener('abort', resolve));
        return done.push('told');
      });
      await stopping.runner.start();
      await stopping.jobs.enqueue(job, { long: false });
      await stopping.jobs.enqueue(job, { long: true });
      await until(() => started === 2);
      await stopping.runner.drain();
      expect(done).toEqual(['short', 'told']);
      const next = begin({ default: settings({ attempts: 1 }) });
      next.handle(job, (data, context) => Promise.resolve(done.push(`next ${data.long} ${context.attempt}`)));
      await next.runner.start();
      await until(() => done.length === 3);
      expect(done[2]).toBe('next true 1');
    });

    it('gives a job whose process was killed to another one', async () => {
      const job = fresh(z.object({ n: z.number() }));
      const survivor = begin({ default: settings({ attempts: 1 }) }, { lockMs: 500 });
      await survivor.jobs.enqueue(job, { n: 7 }, { jobId: 'orphan' });
      await takeAndDie(survivor.store.backend.kind, place.url, job.queue);
      expect((await survivor.store.backend.connections()) > 0).toBe(true);
      const seen: string[] = [];
      survivor.handle(job, ({ n }, { jobId }) => Promise.resolve(seen.push(`${jobId} ${n}`)));
      await survivor.runner.start();
      await until(() => seen.length > 0);
      await until(async () => (await survivor.admin.overview())[0]?.completed === 1);
      expect(seen).toEqual(['orphan 7']);
    }, 60_000);

    it('goes on by itself after its connections were broken', async () => {
      const job = fresh(z.object({ n: z.number() }));
      const seen: number[] = [];
      const each = begin().handle(job, ({ n }) => Promise.resolve(seen.push(n)));
      await each.runner.start();
      await each.jobs.enqueue(job, { n: 1 });
      await until(() => seen.length === 1);
      for (let round = 2; round <= 4; round += 1) {
        await place.disconnectAll();
        await until(() => each.jobs.enqueue(job, { n: round }, { jobId: `after-${round}` }).then(() => true, () => false));
        await until(() => seen.includes(round));
      }
      // Woken, not found by chance: a job that comes later is taken at once.
      const enqueuedAt = performance.now();
      await each.jobs.enqueue(job, { n: 5 });
      await until(() => seen.includes(5));
      expect(performance.now() - enqueuedAt).toBeLessThan(1_000);
      expect([...new Set(seen)].sort()).toEqual([1, 2, 3, 4, 5]);
    }, 60_000);

    it('needs few connections, however many queues there are', async () => {
      const each = begin();
      const defs = Array.from({ length: 12 }, () => fresh(z.object({})));
      let ran = 0;
      for (const job of defs) each.handle(job, () => Promise.resolve((ran += 1)));
      await each.runner.start();
      await Promise.all(defs.flatMap((job) => [each.jobs.enqueue(job, {}), each.jobs.enqueue(job, {})]));
      await until(() => ran === 24);
      const connections = await each.store.backend.connections();
      // PostgreSQL: four and the one that listens. Redis: two, and one for each worker to wait on.
      expect(connections).toBeLessThanOrEqual(each.store.backend.kind === 'postgres' ? 5 : 14);
      expect(each.errors).toEqual([]);
    });

    it('tells metrics how deep and how old the queues are, and how jobs went', async () => {
      const job = fresh(z.object({ fail: z.boolean() }));
      const each = begin({ default: settings({ attempts: 1 }) });
      each.handle(job, ({ fail }) => (fail ? Promise.reject(new Error('no')) : Promise.resolve()));
      await each.jobs.enqueue(job, { fail: true });
      await each.jobs.enqueue(job, { fail: false });
      await pause(30);
      const [before] = await each.admin.overview();
      expect(before).toMatchObject({ name: job.queue, waiting: 2, active: 0, failed: 0 });
      expect(before?.oldestWaitingMs).toBeGreaterThanOrEqual(25);
      await each.runner.start();
      await until(async () => (await each.admin.overview())[0]?.waiting === 0);
      await until(async () => (await each.admin.overview())[0]?.failed === 1);
      expect((await each.admin.overview())[0]).toMatchObject({ completed: 1, oldestWaitingMs: null });
      const text = await metrics.render();
      for (const outcome of ['ok', 'failed']) expect(text).toContain(`job_run_seconds_count{queue="${job.queue}",job="work",outcome="${outcome}"} 1`);
      expect(text).toContain(`jobs_dead_total{queue="${job.queue}",job="work"} 1`);
    });

    describe('schedules', () => {
      it('run once per turn across replicas, and survive restarts without starting their interval anew', async () => {
        const job = fresh(z.object({ what: z.string() }));
        const def: ScheduleDef = { key: 'tick', job, data: { what: 'tick' }, everyMs: 400 };
        const runs: number[] = [];
        const service = job.queue.split('.')[0] ?? '';
        const start = async (): Promise<Process> => {
          const each = begin().handle(job, () => Promise.resolve(runs.push(performance.now())));
          await each.runner.start();
          await each.schedules.reconcile([service], [def]);
          return each;
        };
        const replicas = [await start(), await start(), await start()];
        await until(() => runs.length >= 3);
        // Restarts more frequent than the interval must not postpone it for ever.
        for (let i = 0; i < 4; i += 1) {
          await replicas.shift()?.runner.drain();
          replicas.push(await start());
          await pause(150);
        }
        const span = (runs.at(-1) ?? 0) - (runs[0] ?? 0);
        const turns = Math.round(span / 400) + 1;
        expect(runs.length).toBeGreaterThanOrEqual(turns - 1);
        expect(runs.length).toBeLessThanOrEqual(turns + 1);
        for (const [index, at] of runs.entries()) if (index > 1) expect(at - (runs[index - 1] ?? 0)).toBeGreaterThan(200);
        expect(await (await replicas[0]?.store.queue(job.queue))?.getJobSchedulersCount()).toBe(1);
      });

      it('by cron are in UTC, change when their definition changes, and go when it goes', async () => {
        const job = fresh(z.object({}));
        const service = job.queue.split('.')[0] ?? '';
        const each = begin();
        each.queueNames.push(job.queue);
        const nightly: ScheduleDef = { key: 'nightly', job, data: {}, cron: '30 3 * * *' };
        await each.schedules.reconcile([service], [nightly, { key: 'often', job, data: {}, everyMs: 60_000 }]);
        await each.schedules.reconcile([service], [nightly, { key: 'often', job, data: {}, everyMs: 60_000 }]);
        const views = await each.admin.schedules();
        expect(views.map(({ key }) => key).sort()).toEqual(['nightly', 'often']);
        const next = new Date(views.find(({ key }) => key === 'nightly')?.nextRunAt ?? 0);
        expect([next.getUTCHours(), next.getUTCMinutes()]).toEqual([3, 30]);
        expect(next.getTime()).toBeGreaterThan(Date.now());
        await each.schedules.reconcile([service], [{ ...nightly, cron: '45 4 * * *' }]);
        const changed = await each.admin.schedules();
        expect(changed.map(({ key, cron }) => [key, cron])).toEqual([['nightly', '45 4 * * *']]);
        await each.schedules.reconcile([service], []);
        expect(await each.admin.schedules()).toEqual([]);
        expect((await each.admin.overview())[0]).toMatchObject({ delayed: 0, active: 0 });
        // A turn that was due before is dropped by whoever works the queue now, not kept as a failure.
        const other = begin().handle(defineJob({ name: 'other', queue: job.queue, data: z.object({}) }), () => Promise.resolve());
        await other.runner.start();
        await until(async () => (await other.admin.overview())[0]?.waiting === 0);
        await until(async () => (await other.admin.overview())[0]?.active === 0);
        expect((await other.admin.overview())[0]).toMatchObject({ failed: 0, delayed: 0 });
      });
    });
  });
};
