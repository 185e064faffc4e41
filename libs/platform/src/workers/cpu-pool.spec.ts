import { getEventListeners } from 'node:events';
import { getPriority } from 'node:os';
import { metrics } from '../telemetry';
import { CpuPool, CpuQueueFullError, cpuTask, CpuTaskError, CpuTimeoutError } from './index';
import { nicesOf } from './nices.fixture';
import type { fail, leave, reverse, spin, sum } from './tasks.fixture';

const path = require.resolve('./tasks.fixture');
const sumTask = cpuTask<typeof sum>({ name: 'sum', module: path, run: 'sum' });
const spinTask = cpuTask<typeof spin>({ name: 'spin', module: path, run: 'spin' });
const failTask = cpuTask<typeof fail>({ name: 'fail', module: path, run: 'fail' });
const leaveTask = cpuTask<typeof leave>({ name: 'leave', module: path, run: 'leave' });
const reverseTask = cpuTask<typeof reverse>({ name: 'reverse', module: path, run: 'reverse' });

const onLinux = process.platform === 'linux';

describe('the pool of worker threads', () => {
  let pool: CpuPool;
  beforeEach(() => (pool = new CpuPool({ size: 2, maxQueue: 3 })));
  afterEach(() => pool.close());

  it('computes beside the event loop', async () => {
    await pool.run(sumTask, []); // the thread is up
    let ticks = 0;
    const timer = setInterval(() => (ticks += 1), 5);
    await pool.run(spinTask, 200);
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(10);
  });

  it('gives results and bytes back, and uses its threads again', async () => {
    expect(await pool.run(sumTask, [1, 2, 3])).toBe(6);
    expect(await pool.run(sumTask, [4])).toBe(4);
    expect([...(await pool.run(reverseTask, Uint8Array.of(1, 2, 3)))]).toEqual([3, 2, 1]);
    expect(pool.threadCount).toBe(1);
  });

  it('tells what a task threw, and goes on', async () => {
    const error: unknown = await pool.run(failTask, 'E_RANGE').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(CpuTaskError);
    expect(error).toMatchObject({ task: 'fail', causeName: 'RangeError', message: 'out of range', code: 'E_RANGE' });
    expect(await pool.run(sumTask, [1])).toBe(1);
  });

  it('ends a task that takes too long or is called off, and survives a thread that dies', async () => {
    await expect(pool.run(spinTask, 60_000, { timeoutMs: 100 })).rejects.toBeInstanceOf(CpuTimeoutError);
    const stop = new AbortController();
    const called = pool.run(spinTask, 60_000, { signal: stop.signal });
    setTimeout(() => stop.abort(new Error('no longer wanted')), 50);
    await expect(called).rejects.toThrow('no longer wanted');
    await expect(pool.run(leaveTask, undefined)).rejects.toThrow('ended by itself');
    expect(await pool.run(sumTask, [2, 2])).toBe(4);
  });

  it('refuses what would wait too long, instead of queueing without end', async () => {
    const running = Array.from({ length: 5 }, () => pool.run(spinTask, 50));
    await expect(pool.run(sumTask, [1])).rejects.toBeInstanceOf(CpuQueueFullError);
    expect(await Promise.all(running)).toHaveLength(5);
  });

  it('measures the work and not the wait for it, as finely as the work differs', async () => {
    const measured = async (line: string): Promise<number> => {
      const found = (await metrics.render()).split('\n').find((one) => one.startsWith(`${line} `));
      return Number(found?.split(' ')[1] ?? 0);
    };
    const short = { single: new CpuPool({ size: 1 }), stop: new AbortController() };
    const timed = cpuTask<typeof spin>({ name: 'timed', module: path, run: 'spin' });
    const [first, waits] = [short.single.run(timed, 60), short.single.run(timed, 1, { signal: short.stop.signal })];
    expect(await measured('cpu_tasks_waiting')).toBe(1);
    short.stop.abort(new Error('changed my mind'));
    await expect(waits).rejects.toThrow('changed my mind');
    await first;
    expect(await measured('cpu_tasks_waiting')).toBe(0);
    expect(getEventListeners(short.stop.signal, 'abort')).toEqual([]);
    expect(await measured('cpu_task_seconds_count{task="timed",outcome="failed"}')).toBe(0);
    expect(await measured('cpu_task_seconds_count{task="timed",outcome="ok"}')).toBe(1);
    expect(await measured('cpu_task_seconds_bucket{task="timed",outcome="ok",le="0.05"}')).toBe(0);
    // A PDF and a training, each in the midst of the buckets.
    for (const bound of ['0.01', '0.15', '0.2', '45', '60', '120']) expect(await metrics.render()).toContain(`task="timed",outcome="ok",le="${bound}"`);
    await short.single.close();
  });

  it('holds on to no signal when its task is done', async () => {
    const stop = new AbortController();
    for (const n of [1, 2]) expect(await pool.run(sumTask, [n], { signal: stop.signal })).toBe(n);
    expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
  });

  it('gives way when it is told to: on Linux its own threads, and nobody else', async () => {
    const before = getPriority();
    const gentle = new CpuPool({ size: 1, gentle: true });
    expect(await gentle.run(sumTask, [1])).toBe(1);
    expect(nicesOf().filter((nice) => nice === 10)).toHaveLength(onLinux ? 1 : 0);
    expect(getPriority()).toBe(before);
    await gentle.close();
  });

  it('gives idle threads back', async () => {
    const short = new CpuPool({ size: 1, idleMs: 20 });
    await short.run(sumTask, [1]);
    expect(short.threadCount).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(short.threadCount).toBe(0);
    expect(await short.run(sumTask, [3])).toBe(3);
    await short.close();
    await expect(short.run(sumTask, [1])).rejects.toThrow('stopped');
  });
});
