import { describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { metrics } from '../telemetry';
import { fresh, type OpenPlace, settings, takeAndDie, until, usePlace } from './jobs.world.suite';

/** What jobs promise when processes and connections fail, and what operators see of it. */
export const jobOperationSuite = (title: string, open: OpenPlace): void => {
  describe(`operating jobs on ${title}`, () => {
    const { begin, place } = usePlace(open);

    it('gives a job whose process was killed to another one', async () => {
      const job = fresh(z.object({ n: z.number() }));
      const survivor = begin({ default: settings({ attempts: 1 }) }, { lockMs: 500 });
      await survivor.jobs.enqueue(job, { n: 7 }, { jobId: 'orphan' });
      await takeAndDie(survivor.store.backend.kind, place().url, job.queue);
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
        await place().disconnectAll();
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
      await until(async () => (await each.admin.overview())[0]?.completed === 1);
      await until(async () => (await each.admin.overview())[0]?.failed === 1);
      await until(async () => (await metrics.render()).includes(`jobs_dead_total{queue="${job.queue}"`));
      expect((await each.admin.overview())[0]).toMatchObject({ completed: 1, oldestWaitingMs: null });
      const text = await metrics.render();
      for (const outcome of ['ok', 'failed']) expect(text).toContain(`job_run_seconds_count{queue="${job.queue}",job="work",outcome="${outcome}"} 1`);
      expect(text).toContain(`jobs_dead_total{queue="${job.queue}",job="work"} 1`);
    });
  });
};
