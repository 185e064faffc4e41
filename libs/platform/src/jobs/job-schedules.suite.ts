import { describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { defineJob, type ScheduleDef } from './define-job';
import { fresh, type OpenPlace, type Process, until, usePlace } from './jobs.world.suite';

/** What schedules promise, wherever they are kept. */
export const jobScheduleSuite = (title: string, open: OpenPlace): void => {
  describe(`schedules on ${title}`, () => {
    const { begin } = usePlace(open);

    it('run once per turn across replicas, and survive restarts without starting their interval anew', async () => {
      const job = fresh(z.object({ what: z.string() }));
      const def: ScheduleDef = { key: 'tick', job, data: { what: 'tick' }, everyMs: 400 };
      const runs: string[] = [];
      const service = job.queue.split('.')[0] ?? '';
      const start = async (): Promise<Process> => {
        const each = begin().handle(job, (_data, { jobId }) => Promise.resolve(runs.push(jobId)));
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
      const before = runs.length;
      await until(() => runs.length >= before + 2);
      // A turn has its time in its id: none came twice, and none at another time than its own.
      const turns = runs.map((id) => Number(id.slice(id.lastIndexOf(':') + 1)));
      expect(new Set(turns).size).toBe(turns.length);
      for (const [index, turn] of turns.entries()) if (index > 1) expect((turn - (turns[index - 1] ?? 0)) % 400).toBe(0);
      // Over four restarts, 150 ms apart, at least one turn was due and came.
      expect(before).toBeGreaterThan(3);
      expect(await (await replicas[0]?.store.queue(job.queue))?.getJobSchedulersCount()).toBe(1);
    });

    it('come at once where they are new and ask for it, one turn for all replicas, and no further one at a restart', async () => {
      const job = fresh(z.object({}));
      const service = job.queue.split('.')[0] ?? '';
      const turns: string[] = [];
      const def: ScheduleDef = { key: 'yearly', job, data: {}, cron: '0 0 1 1 *', atOnce: true };
      const start = async (): Promise<Process> => {
        const each = begin().handle(job, (_data, { jobId }) => Promise.resolve(turns.push(jobId)));
        await each.runner.start();
        await each.schedules.reconcile([service], [def]);
        return each;
      };
      await Promise.all([start(), start(), start()]);
      await until(() => turns.length >= 1);
      const last = await start();
      await until(async () => (await last.admin.overview())[0]?.waiting === 0);
      await pause(200);
      expect(turns).toEqual(['first yearly']);
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
      each.scheduleTime = 1_000; // `often` has not been known for long enough now
      await each.schedules.reconcile([service], [{ ...nightly, cron: '45 4 * * *' }]);
      const changed = await each.admin.schedules();
      expect(changed.map(({ key, cron }) => [key, cron])).toEqual([['nightly', '45 4 * * *']]);
      // Not known to an older process that starts during a roll-out: that alone does not take it away.
      await each.schedules.reconcile([service], []);
      each.scheduleTime = 1_999;
      await each.schedules.reconcile([service], []);
      expect(await each.admin.schedules()).toHaveLength(1);
      await each.schedules.reconcile([service], [{ ...nightly, cron: '45 4 * * *' }]);
      each.scheduleTime = 2_500;
      await each.schedules.reconcile([service], []);
      expect(await each.admin.schedules()).toHaveLength(1);
      each.scheduleTime = 3_500;
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
};
