import fc from 'fast-check';
import { backoffDelay, classOf, jobClasses, serviceOf, settingsOf } from './job-classes';
import { overridesOf } from './jobs.config';
import { defineJob, defineSchedule } from './define-job';
import { givenId, storedId } from './jobs';
import { z } from 'zod';

const minute = 60_000;

describe('the table of classes', () => {
  it('is that of the architecture', () => {
    const table = Object.fromEntries(Object.entries(jobClasses).map(([name, { timeoutMs, attempts, priority }]) => [name, [timeoutMs / minute, attempts, priority]]));
    expect(table).toEqual({
      default: [1, 3, 'normal'],
      scraping: [30, 3, 'normal'],
      alerts: [5, 5, 'high'],
      analysis: [30, 3, 'normal'],
      documents: [5, 5, 'normal'],
      payments: [2, 10, 'normal'],
      maintenance: [60, 3, 'low'],
    });
  });

  it('is found by the name of a queue', () => {
    expect([classOf('vehicle.default'), classOf('partner-api.payments'), serviceOf('vehicle.default')]).toEqual(['default', 'payments', 'vehicle']);
    for (const wrong of ['vehicle', 'vehicle.', '.default', 'vehicle.nonsense', 'Vehicle.default', 'a.b.default', 'vehicle.constructor']) {
      expect(() => classOf(wrong)).toThrow(/service\.class/);
    }
  });

  it('is overridden by class and, above that, by queue', () => {
    const overrides = overridesOf(['alerts.concurrency=20', 'alerts.timeout=90s', 'search.alerts.concurrency=2', 'default.priority=low', 'default.backoff-max=1h']);
    expect(settingsOf('order.alerts', overrides)).toMatchObject({ concurrency: 20, timeoutMs: 90_000, attempts: 5 });
    expect(settingsOf('search.alerts', overrides)).toMatchObject({ concurrency: 2, timeoutMs: 90_000 });
    expect(settingsOf('order.default', overrides)).toMatchObject({ priority: 'low', backoffMaxMs: 3_600_000 });
    expect(settingsOf('order.payments', overrides)).toEqual(jobClasses.payments);
  });

  it.each(['nonsense.timeout=5m', 'alerts.timeout', 'alerts.timeout=soon', 'alerts.attempts=0', 'alerts.attempts=1.5', 'alerts.colour=red', 'alerts.priority=urgent', 'x.nonsense.attempts=1', ''])(
    'takes no %j',
    (setting) => {
      expect(() => overridesOf([setting])).toThrow(/no setting/);
    },
  );
});

describe('the pause before another attempt', () => {
  const settings = { ...jobClasses.default, backoffMs: 1_000, backoffMaxMs: 10_000 };

  it('doubles up to a bound', () => {
    expect([1, 2, 3, 4, 5, 60].map((attempt) => backoffDelay(settings, attempt, () => 0))).toEqual([1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
  });

  it('is shortened by up to a half at random', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (attempt, random) => {
        const full = backoffDelay(settings, attempt, () => 0);
        const delay = backoffDelay(settings, attempt, () => random);
        expect(delay).toBeLessThanOrEqual(full);
        expect(delay).toBeGreaterThanOrEqual(full / 2);
      }),
    );
  });
});

describe('definitions', () => {
  const job = defineJob({ name: 'sample-work', queue: 'sample.default', data: z.object({ n: z.number() }) });

  it('are made once', () => {
    expect(() => defineJob({ name: 'sample-work', queue: 'sample.default', data: z.object({}) })).toThrow(/twice/);
    defineSchedule({ key: 'nightly', job, data: { n: 1 }, cron: '0 3 * * *' });
    expect(() => defineSchedule({ key: 'nightly', job, data: { n: 1 }, everyMs: 5 })).toThrow(/twice/);
  });

  it('have names that every store takes, and schedules data that fits', () => {
    for (const name of ['', 'Work', 'a b', 'a:b', '1']) expect(() => defineJob({ name, queue: 'sample.default', data: z.object({}) })).toThrow(/kebab/);
    expect(() => defineSchedule({ key: 'hourly', job: { ...job, data: z.object({ n: z.string() }) }, data: { n: JSON.parse('1') }, everyMs: 5 })).toThrow();
  });

  it('keep any job id readable through the store, which takes no colons and no bare numbers', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), fc.string({ minLength: 1, unit: 'grapheme' }), (a, b) => {
        expect(givenId(storedId(job, a))).toBe(a);
        expect(storedId(job, a)).not.toMatch(/:|^\d+$/);
        expect(storedId(job, a) === storedId(job, b)).toBe(a === b);
      }),
    );
  });
});
