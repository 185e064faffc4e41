import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres, testSettings, type PostgresServer } from '../../../../../tools/engines/postgres.mjs';
import { allCircuits } from '../../resilience';
import { DatabaseHost, DatabaseUnavailableError, migrate, type Database } from '..';
import { sample } from './sample';

/** A server of its own: restarting the shared one would be felt by every other spec. */
const folder = mkdtempSync(join(tmpdir(), 'autobroker-restart-'));
// Durable commits: what was confirmed must be there after a crash.
const settings = { ...testSettings, fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' };
let server: PostgresServer;
let host: DatabaseHost;
let db: Database;
const counter = '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5a';

async function start(port = 0): Promise<PostgresServer> {
  return startPostgres({ dataDir: join(folder, 'data'), durable: false, port, settings });
}

beforeAll(async () => {
  server = await start();
  await migrate({ url: server.url, applicationName: 'spec' }, [sample]);
  host = await DatabaseHost.open({ url: server.url, applicationName: 'spec', poolSize: 8, acquireRetryMs: 1_000 }, [
    sample,
  ]);
  db = host.of('sample');
  await db.query(`insert into sample.things (id, tenant_id, label) values ($1, $1, 'counter')`, [counter]);
}, 60_000);
afterAll(async () => {
  await host?.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const amount = async (): Promise<number> =>
  (await db.query<{ amount: number }>('select amount from sample.things where id = $1', [counter]))[0]?.amount ?? -1;

interface Load {
  readonly confirmed: number;
  readonly unknown: number;
  readonly errors: unknown[];
}

/** Sixteen callers, more than there are connections, until told to stop: some write, some read. */
function load(): { stop: () => Promise<Load>; answered: () => number } {
  let going = true;
  let confirmed = 0;
  let unknown = 0;
  let answered = 0;
  const errors: unknown[] = [];
  const one = async (n: number): Promise<void> => {
    while (going) {
      try {
        if (n % 4 === 0) await db.query('select count(*) from sample.things', [], { name: 'count-things' });
        else {
          await db.transaction(async (tx) => {
            await tx.query('update sample.things set amount = amount + 1 where id = $1', [counter]);
            await tx.query('select 1');
          });
          confirmed += 1;
        }
        answered += 1;
      } catch (error) {
        errors.push(error);
        if (n % 4 !== 0 && error instanceof DatabaseUnavailableError && error.outcomeUnknown) unknown += 1;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }
  };
  const all = Array.from({ length: 16 }, (_, n) => one(n));
  return {
    answered: () => answered,
    stop: async () => {
      going = false;
      await Promise.all(all);
      return { confirmed, unknown, errors };
    },
  };
}

const until = async (what: () => boolean): Promise<void> => {
  const end = performance.now() + 15_000;
  while (!what()) {
    if (performance.now() > end) throw new Error('did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

describe.each([
  ['stopped and started', async () => server.stop()],
  [
    'killed and started',
    async () => {
      process.kill(server.pid, 'SIGKILL');
      await server.exited;
    },
  ],
])('PostgreSQL %s under load', (_, end) => {
  it('comes back by itself: callers see one kind of error, nothing confirmed is lost, nothing is done twice', async () => {
    const before = await amount();
    const running = load();
    await until(() => running.answered() > 100);
    await end();
    await new Promise((resolve) => setTimeout(resolve, 300)); // some callers arrive while it is away
    server = await start(server.port);
    const atReturn = running.answered();
    await until(() => running.answered() > atReturn + 200);
    const { confirmed, unknown, errors } = await running.stop();

    expect(errors.filter((error) => !(error instanceof DatabaseUnavailableError))).toEqual([]);
    const counted = (await amount()) - before;
    expect(counted).toBeGreaterThanOrEqual(confirmed);
    expect(counted).toBeLessThanOrEqual(confirmed + unknown);
    expect(host.connections.circuit.state).toBe('closed');
    expect(host.connections.pool.totalCount).toBeLessThanOrEqual(8);
  }, 60_000);
});

it('takes a connection that no longer answers for lost, and goes on with another', async () => {
  const impatient = await DatabaseHost.open({ url: server.url, applicationName: 'impatient', poolSize: 1, answerTimeoutMs: 300 }, [sample]);
  const one = impatient.of('sample');
  const frozen: number[] = [];
  const freeze = async (on: Pick<Database, 'query'>): Promise<void> => {
    const [row] = await on.query<{ pid: number }>('select pg_backend_pid() as pid');
    frozen.push(Number(row?.pid));
    process.kill(Number(row?.pid), 'SIGSTOP');
  };
  const lost: readonly (() => Promise<unknown>)[] = [
    () => freeze(one).then(() => one.query('select 1')),
    () => one.transaction((tx) => freeze(tx).then(() => tx.query('select 1'))),
    () => one.transaction((tx) => freeze(tx).then(() => tx.manager.query('select 1'))),
    () => one.transaction((tx) => freeze(tx)),
  ];
  try {
    for (const ask of lost) {
      await expect(ask()).rejects.toBeInstanceOf(DatabaseUnavailableError);
      expect(await one.query('select 1 as one')).toEqual([{ one: 1 }]);
    }
    // Before anything has happened, another connection does it.
    await freeze(one);
    expect(await one.transaction((tx) => tx.query('select 1 as one'))).toEqual([{ one: 1 }]);
    // What may take longer is waited for longer.
    expect(await one.transaction((tx) => tx.query('select 1 as one from pg_sleep(0.5)'), { statementTimeoutMs: 5_000 })).toEqual([{ one: 1 }]);
  } finally {
    for (const pid of frozen) process.kill(pid, 'SIGCONT');
    await impatient.close();
  }
}, 30_000);

it('answers at once while the database stays away, and is healthy again when it is back', async () => {
  await server.stop();
  const errors = await Promise.all(
    Array.from({ length: 30 }, () => db.query('select 1').catch((error: unknown) => error)),
  );
  expect(errors.every((error) => error instanceof DatabaseUnavailableError)).toBe(true);
  expect((await host.health()).ok).toBe(false);
  expect(host.connections.circuit.state).toBe('open');
  const start0 = performance.now();
  await expect(db.query('select 1')).rejects.toThrow('circuit open');
  expect(performance.now() - start0).toBeLessThan(400); // far from the two seconds that callers wait for it otherwise
  expect(allCircuits()).toContainEqual(expect.objectContaining({ name: 'database', state: 'open' }));

  server = await start(server.port);
  const end = performance.now() + 10_000;
  for (;;) {
    const answer = await db.query('select 1 as one').catch(() => undefined);
    if (answer !== undefined) break;
    if (performance.now() > end) throw new Error('did not recover');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(await host.health()).toMatchObject({ ok: true, circuit: 'closed' });
}, 60_000);
