import { ManualClock } from '@autobroker/kernel';
import { loadConfigs } from '../config';
import { appConfig } from './config';
import { defineJob } from '../jobs';
import { recordJobs } from '../testing';
import { z } from 'zod';
import { ClockFollower } from './clock-follower';
import { onClockMoved, SandboxClock, type AskOffset } from './sandbox-clock';
import { Settings } from './settings';

const day = 86_400_000;
const turn = () => new Promise((done) => setImmediate(done));

/** A sandbox that answers when it is told to, and can be away. */
class Sandbox {
  offset = 0;
  away = false;
  readonly asked: (number | null)[] = [];
  private wake: () => void = () => undefined;

  readonly ask: AskOffset = async (known, signal) => {
    this.asked.push(known);
    if (this.away) throw new Error('connect ECONNREFUSED');
    if (known === this.offset) {
      await new Promise<void>((done, failed) => {
        this.wake = done;
        signal.addEventListener('abort', () => failed(new Error('aborted')), { once: true });
      });
    }
    if (this.away) throw new Error('socket hang up');
    return this.offset;
  };

  advance(ms: number): void {
    this.offset += ms;
    this.wake();
  }

  leave(): void {
    this.away = true;
    this.wake();
  }
}

const lag = (clock: SandboxClock): number => Math.round((clock.now().getTime() - Date.now()) / 1_000);

describe('a process that follows the sandbox’s clock', () => {
  it('starts on the time that the sandbox has moved to, and hears no move for it', async () => {
    const sandbox = new Sandbox();
    sandbox.offset = 3 * day;
    const clock = new SandboxClock(sandbox.ask);
    await clock.start();
    expect(lag(clock)).toBe((3 * day) / 1_000);
    await clock.stop();
  });

  it('moves with the sandbox, tells its listeners the new time and says by asking again that it has seen it', async () => {
    const sandbox = new Sandbox();
    const clock = new SandboxClock(sandbox.ask);
    await clock.start();
    const heard: Date[] = [];
    const stop = clock.onMoved((now) => {
      heard.push(now);
    });
    sandbox.advance(day);
    await turn();
    await turn();
    expect(lag(clock)).toBe(day / 1_000);
    expect(heard).toHaveLength(1);
    expect(sandbox.asked.at(-1)).toBe(day);
    stop();
    sandbox.advance(day);
    await turn();
    await turn();
    expect(heard).toHaveLength(1);
    expect(lag(clock)).toBe((2 * day) / 1_000);
    await clock.stop();
  });

  it('keeps the time that it had while the sandbox is away, and follows again when it is back', async () => {
    const sandbox = new Sandbox();
    const clock = new SandboxClock(sandbox.ask);
    await clock.start();
    sandbox.advance(day);
    await turn();
    sandbox.leave();
    await turn();
    expect(lag(clock)).toBe(day / 1_000);
    sandbox.away = false;
    const moved = new Promise((done) => clock.onMoved(done));
    sandbox.advance(day);
    await moved;
    expect(lag(clock)).toBe((2 * day) / 1_000);
    await clock.stop();
  });

  it('starts without a sandbox and catches up with it', async () => {
    const sandbox = new Sandbox();
    sandbox.away = true;
    const clock = new SandboxClock(sandbox.ask);
    await clock.start();
    expect(lag(clock)).toBe(0);
    const moved = new Promise((done) => clock.onMoved(done));
    sandbox.offset = day;
    sandbox.away = false;
    await moved;
    expect(lag(clock)).toBe(day / 1_000);
    await clock.stop();
  });

  it('lets no listener that fails keep the others from hearing', async () => {
    const sandbox = new Sandbox();
    const clock = new SandboxClock(sandbox.ask);
    await clock.start();
    clock.onMoved(() => Promise.reject(new Error('a sweep that fails')));
    const moved = new Promise((done) => clock.onMoved(done));
    sandbox.advance(day);
    await expect(moved).resolves.toBeInstanceOf(Date);
    await clock.stop();
  });

  it('asks no more once it is stopped', async () => {
    const sandbox = new Sandbox();
    const clock = new SandboxClock(sandbox.ask);
    await clock.start();
    await turn();
    await clock.stop();
    const before = sandbox.asked.length;
    sandbox.advance(day);
    await turn();
    expect(sandbox.asked).toHaveLength(before);
  });
});

describe('code that wants to hear of moves', () => {
  it('may ask any clock, also one that nobody moves', () => {
    expect(onClockMoved(new ManualClock(), () => undefined)()).toBeUndefined();
  });
});

describe('a provider that follows the clock', () => {
  const sweep = defineJob({ name: 'sweep-what-is-due', queue: 'clock.default', data: z.strictObject({ moved_to: z.string() }) });
  class Follower extends ClockFollower {
    protected override async moved(now: Date, jobId: string): Promise<void> {
      await this.jobs.enqueue(sweep, { moved_to: now.toISOString() }, { jobId });
    }
  }

  it('has its jobs done once for a move, however many processes hear of it, and none after its end', async () => {
    const sandbox = new Sandbox();
    const clock = new SandboxClock(sandbox.ask);
    await clock.start();
    const jobs = recordJobs();
    const followers = [new Follower(clock, jobs), new Follower(clock, jobs)];
    for (const follower of followers) follower.onApplicationBootstrap();
    const move = async (): Promise<void> => {
      const heard = new Promise((done) => clock.onMoved(done));
      sandbox.advance(day);
      await heard;
      await turn();
    };
    await move();
    const [job] = jobs.all();
    expect(jobs.all()).toHaveLength(1);
    expect(job).toMatchObject({ job: 'sweep-what-is-due', id: `moved-${Math.floor(clock.now().getTime() / 60_000)}` });
    await move();
    expect(jobs.all()).toHaveLength(2);
    for (const follower of followers) follower.onApplicationShutdown();
    await move();
    expect(jobs.all()).toHaveLength(2);
    await clock.stop();
  });
});

describe('the settings of a process', () => {
  it('refuse a sandbox in production alone', () => {
    const sandbox = { SANDBOX_URL: 'http://127.0.0.1:4900' };
    expect(() => Settings.load([], { ...sandbox, NODE_ENV: 'production' })).toThrow(/SANDBOX_URL.*must not be set in production/su);
    expect(loadConfigs([appConfig], sandbox).get(appConfig.token)).toMatchObject({ sandboxUrl: 'http://127.0.0.1:4900' });
  });
});
