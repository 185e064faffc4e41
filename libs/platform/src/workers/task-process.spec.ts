import { fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CpuMemoryError, CpuPoolClosedError, CpuProcessEndedError, CpuQueueFullError, CpuTaskError, CpuTimeoutError, processTask, TaskProcess } from './index';
import { compilerArgs } from './own-code';
import type { count, fail, heap, hoard, leave, secretive, selfKill, spin } from './tasks.fixture';

const tasks = require.resolve('./tasks.fixture');
const countTask = processTask<typeof count>({ name: 'count', module: tasks, run: 'count' });
const spinTask = processTask<typeof spin>({ name: 'spin', module: tasks, run: 'spin' });

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Until the task has its process. */
async function pidOf(processes: TaskProcess): Promise<number> {
  while (processes.pid === null) await pause(5);
  return processes.pid;
}

async function gone(pid: number): Promise<void> {
  for (const end = performance.now() + 30_000; isAlive(pid); await pause(20)) if (performance.now() > end) throw new Error('it still runs');
}

describe('a task in a process of its own', () => {
  let processes: TaskProcess;
  beforeEach(() => (processes = new TaskProcess({ maxQueue: 1 })));
  afterEach(() => processes.close());

  it('gets what it is told and all that is streamed to it, answers, and is gone; all its threads give way', async () => {
    async function* data(): AsyncGenerator<Uint8Array> {
      for (let piece = 0; piece < 40; piece += 1) yield new Uint8Array(100_000).fill(2);
    }
    const answer = await processes.run(countTask, { times: 3 }, { data: data() });
    expect(answer).toMatchObject({ bytes: 4_000_000, sum: 24_000_000, at: new Date(0) });
    expect(answer.pid).not.toBe(process.pid);
    expect(isAlive(answer.pid)).toBe(false);
    expect(processes.pid).toBeNull();
    expect(new Set(answer.nices)).toEqual(new Set(process.platform === 'linux' ? [10] : []));
  });

  it('tells what it threw; what it was to be fed with and cannot be read is a failure, not an end', async () => {
    const failTask = processTask<typeof fail>({ name: 'fail', module: tasks, run: 'fail' });
    const error: unknown = await processes.run(failTask, 'E_RANGE').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(CpuTaskError);
    expect(error).toMatchObject({ task: 'fail', causeName: 'RangeError', message: 'out of range', code: 'E_RANGE' });
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Uint8Array.of(1, 2, 3);
      await pause(1);
      throw new Error('the database is away');
    }
    await expect(processes.run(countTask, { times: 1 }, { data: broken() })).rejects.toThrow('the database is away');
  });

  it('is ended when it takes too long, is called off, or ends by itself', async () => {
    await expect(processes.run(spinTask, 60_000, { timeoutMs: 300 })).rejects.toBeInstanceOf(CpuTimeoutError);
    const stop = new AbortController();
    const called = processes.run(spinTask, 60_000, { signal: stop.signal });
    const pid = await pidOf(processes);
    stop.abort(new Error('no longer wanted'));
    await expect(called).rejects.toThrow('no longer wanted');
    expect(isAlive(pid)).toBe(false);
    const leaveTask = processTask<typeof leave>({ name: 'leave', module: tasks, run: 'leave' });
    await expect(processes.run(leaveTask, undefined)).rejects.toThrow('the process of leave ended by itself (exit code 3)');
    const killTask = processTask<typeof selfKill>({ name: 'kill', module: tasks, run: 'selfKill' });
    const killed: unknown = await processes.run(killTask, 'SIGTERM').catch((reason: unknown) => reason);
    expect(killed).toBeInstanceOf(CpuProcessEndedError);
    expect(killed).toMatchObject({ message: 'the process of kill ended by itself (SIGTERM): the last words' });
  });

  it('is ended also where what feeds it hangs', async () => {
    let isClosed = false;
    async function* hanging(): AsyncGenerator<Uint8Array> {
      try {
        yield Uint8Array.of(1);
        await new Promise(() => undefined);
      } finally {
        isClosed = true;
      }
    }
    await expect(processes.run(countTask, { times: 1 }, { data: hanging(), timeoutMs: 300 })).rejects.toBeInstanceOf(CpuTimeoutError);
    expect(processes.pid).toBeNull();
    // It has its turn; nobody can end the read that it hangs in.
    expect(isClosed).toBe(false);
    expect(await processes.run(spinTask, 1)).toBe('done');
  });

  it('takes and gives plain data only, and no process is left behind over what is not', async () => {
    const children = (): number => process.getActiveResourcesInfo().filter((name) => name === 'ProcessWrap').length;
    const orderTask = processTask<(input: unknown) => unknown>({ name: 'order', module: tasks, run: 'spin' });
    await expect(processes.run(orderTask, { ms: () => 1 })).rejects.toThrow('could not be cloned');
    const secretiveTask = processTask<typeof secretive>({ name: 'secretive', module: tasks, run: 'secretive' });
    const error: unknown = await processes.run(secretiveTask, undefined).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(CpuTaskError);
    expect(error).toMatchObject({ task: 'secretive', message: expect.stringContaining('could not be cloned') });
    for (const end = performance.now() + 10_000; children() > 0; await pause(20)) if (performance.now() > end) throw new Error('a process is left');
  });

  it('may not take all memory there is, in the heap or beside it', async () => {
    const heapTask = processTask<typeof heap>({ name: 'heap', module: tasks, run: 'heap' });
    await expect(processes.run(heapTask, undefined, { maxMemoryMb: 250 })).rejects.toBeInstanceOf(CpuMemoryError);
    const hoardTask = processTask<typeof hoard>({ name: 'hoard', module: tasks, run: 'hoard' });
    await expect(processes.run(hoardTask, undefined, { maxMemoryMb: 400 })).rejects.toThrow('hoard needed more than the 400 MB that it may have');
  });

  it('has the process alone; others wait, a few, and stop waiting when they are called off', async () => {
    const first = processes.run(spinTask, 150);
    const stop = new AbortController();
    const second = processes.run(countTask, { times: 1 }, { signal: stop.signal });
    await expect(processes.run(spinTask, 1)).rejects.toBeInstanceOf(CpuQueueFullError);
    stop.abort(new Error('changed my mind'));
    await expect(second).rejects.toThrow('changed my mind');
    expect(processes.pid).not.toBeNull();
    expect(await first).toBe('done');
  });

  it('ends with the mechanism, and with its parent, even one that is killed', async () => {
    const running = processes.run(spinTask, 60_000);
    const pid = await pidOf(processes);
    await Promise.all([expect(running).rejects.toBeInstanceOf(CpuPoolClosedError), processes.close()]);
    expect(isAlive(pid)).toBe(false);
    await expect(processes.run(spinTask, 1)).rejects.toBeInstanceOf(CpuPoolClosedError);

    const parent = fork(join(__dirname, 'parent.fixture.ts'), [], { execArgv: [...compilerArgs], env: { ...process.env, NODE_OPTIONS: '' } });
    const orphan = await new Promise<number>((resolve) => parent.once('message', (message) => resolve(Number(Reflect.get(Object(message), 'pid')))));
    await pause(300);
    parent.kill('SIGKILL');
    await gone(orphan);
  }, 60_000);
});
