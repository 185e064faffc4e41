import { spawn, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { deadlyNumber, newKey, parcels, pause, range, until, World, type TransportEngine } from './world';

/** Started anew whenever it is killed. */
class Worker {
  private child: ChildProcess | undefined;

  constructor(
    private readonly world: World,
    private readonly together = false,
  ) {}

  async start(): Promise<void> {
    const child = spawn(
      process.execPath,
      ['--conditions=@autobroker/source', '-r', createRequire(__filename).resolve('@swc-node/register'), join(__dirname, 'crash-child.ts')],
      {
        env: {
          ...process.env,
          NODE_OPTIONS: '',
          TS_NODE_PROJECT: join(__dirname, '../../../../../tsconfig.base.json'),
          CHILD_DATABASE: this.world.test.url,
          CHILD_TOGETHER: String(this.together),
          CHILD_ENGINE: JSON.stringify(this.world.engine.settings),
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    this.child = child;
    await new Promise<void>((resolve, reject) => {
      child.stdout?.once('data', () => resolve());
      child.once('exit', (code) => reject(new Error(`the child ended with ${code}`)));
    });
    child.stdout?.resume();
  }

  /** Starts it; resolves when it has died of what it handled, or after a while of good health. */
  async startAndSee(forMs: number): Promise<'died' | 'well'> {
    await this.start().catch(() => undefined); // it may die before it says that it is ready
    const { child } = this;
    const died = child === undefined || child.exitCode !== null || child.signalCode !== null;
    if (died) return 'died';
    return Promise.race([new Promise<'died'>((resolve) => child.once('exit', () => resolve('died'))), pause(forMs).then(() => 'well' as const)]);
  }

  async kill(): Promise<void> {
    const child = this.child;
    this.child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }
}

/** What every transport promises when its process is killed in the middle of its work. */
export function crashContract(makeEngine: () => Promise<TransportEngine>): void {
  const ways = [
    ['one by one', false],
    ['together', true],
  ] as const;

  it.each(ways)('(%s) parks an event that kills every process that handles it, and goes on with the others', async (_, together) => {
    const world = await World.open(makeEngine);
    const worker = new Worker(world, together);
    try {
      const def = parcels('crashing');
      const [key, other] = [newKey(), newKey()];
      await world.publishMany(key, [...range(10), deadlyNumber, 10]);
      await world.publishMany(other, range(10));
      let deaths = 0;
      for (; deaths < 12; deaths++) if ((await worker.startAndSee(4_000)) === 'well') break;
      await until(async () => (await world.effects(def)).length >= 21, 20_000);
      expect(await world.numbers(def, key)).toEqual(range(11));
      expect(await world.numbers(def, other)).toEqual(range(10));
      // Nor is anything given up that was only in work beside it.
      const dead = await world.depot.query('select key, event->\'data\' as data, error from depot.dead_letter');
      expect(dead).toEqual([{ key, data: { n: deadlyNumber }, error: expect.stringContaining('ProcessDied') }]);
      // It must not take longer than needed either: every death is an outage for whatever else the process does.
      expect(deaths).toBeLessThanOrEqual(6);
    } finally {
      await worker.kill();
      await world.close();
    }
  }, 120_000);

  it.each(ways)('(%s) loses and doubles nothing when the consuming process is killed again and again', async (_, together) => {
    const world = await World.open(makeEngine);
    const worker = new Worker(world, together);
    try {
      const def = parcels('crashing');
      const keys = range(10).map(newKey);
      const published: string[] = [];
      for (let round = 0; round < 3; round++) {
        await worker.start();
        for (const key of keys) published.push(...(await world.publishMany(key, range(10, round * 10))));
        const before = (await world.effects(def)).length;
        // In the middle: some of this round's are done, and more are under way.
        await until(async () => (await world.effects(def)).length > before + 10, 15_000);
        await pause(Math.random() * 100);
        await worker.kill();
      }
      await worker.start();
      await until(async () => (await world.effects(def)).length >= published.length, 30_000);
      await pause(200);
      const effects = await world.effects(def);
      expect(effects.map((effect) => effect.event_id).sort()).toEqual(published.sort());
      for (const key of keys) expect(effects.filter((effect) => effect.key === key).map(({ n }) => n)).toEqual(range(30));
    } finally {
      await worker.kill();
      await world.close();
    }
  }, 120_000);
}
