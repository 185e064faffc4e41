import { describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { defineJob, type JobDef } from './define-job';
import { fresh, type OpenPlace, settings, until, usePlace } from './jobs.world.suite';

/** What jobs promise, wherever their queues are kept: this file says how they run. */
export const jobsSuite = (title: string, open: OpenPlace): void => {
  describe(`jobs on ${title}`, () => {
    const { begin } = usePlace(open);

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

    it('does soon what the process works itself, without the way through the store; what fails is tried again from there', async () => {
      const job = fresh(z.object({ fails: z.boolean() }));
      const seen: string[] = [];
      const worker = begin({ default: settings({}) });
      worker.handle(job, ({ fails }, { jobId, attempt }) => {
        seen.push(`${jobId} ${attempt}`);
        return fails && seen.filter((one) => one.startsWith(jobId)).length < 3 ? Promise.reject(new Error('not yet')) : Promise.resolve();
      });
      await worker.runner.start();
      await worker.jobs.soon(job, { fails: false }, { jobId: 'good' });
      expect(seen).toEqual(['good 1']);
      expect((await worker.admin.overview()).map(({ waiting, active, completed }) => waiting + active + completed)).toEqual([0]);
      await worker.jobs.soon(job, { fails: true }, { jobId: 'bad' });
      await until(() => seen.length === 4);
      // Once here, and the rest by the queue, which counts its own.
      expect(seen.slice(1)).toEqual(['bad 1', 'bad 1', 'bad 2']);
      await until(async () => (await worker.admin.overview())[0]?.completed === 1);
    });

    it('puts into the queue what is soon to be done and this process does not work', async () => {
      const job = fresh(z.object({}));
      const seen: string[] = [];
      const [asking, working] = [begin(), begin()];
      working.handle(job, (_data, { jobId }) => Promise.resolve(seen.push(jobId)));
      await asking.jobs.soon(job, {}, { jobId: 'elsewhere' });
      await working.jobs.soon(job, {}, { jobId: 'not started' });
      expect(seen).toEqual([]);
      await working.runner.start();
      await until(() => seen.length === 2);
      await expect(asking.jobs.soon(fresh(z.object({ n: z.int() })), { n: 0.5 })).rejects.toThrow(/n /);
    });

    it('does no job of the queue beside itself, and no more at a time than the class allows, wherever they come from', async () => {
      const job = fresh(z.object({}));
      const going = new Set<string>();
      const seen: string[] = [];
      let [beside, now, most] = [0, 0, 0];
      const gate = Promise.withResolvers<void>();
      const worker = begin({ default: settings({ concurrency: 3 }) });
      worker.handle(job, async (_data, { jobId }) => {
        if (going.has(jobId)) beside += 1;
        going.add(jobId);
        now += 1;
        most = Math.max(most, now);
        await gate.promise;
        now -= 1;
        going.delete(jobId);
        seen.push(jobId);
      });
      await worker.runner.start();
      await worker.jobs.soon(job, {}, { jobId: 'one' });
      for (const jobId of ['one', 'two', 'three', 'four']) await worker.jobs.enqueue(job, {}, { jobId });
      await until(async () => (await worker.admin.overview())[0]?.active === 3);
      await worker.jobs.soon(job, {}, { jobId: 'two' });
      gate.resolve();
      await until(() => seen.length === 6);
      expect([beside, most]).toEqual([0, 3]);
      expect(seen.sort()).toEqual(['four', 'one', 'one', 'three', 'two', 'two']);
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
      expect(order.indexOf('low')).toBeGreaterThanOrEqual(2);
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
  });
};
