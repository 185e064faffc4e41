import { Client, Pool } from 'pg';
import { z } from 'zod';
import { createTestDatabase } from '../testing';
import { fresh, Process, until } from './jobs.world.suite';
import { createPostgresJobsBackend } from './postgres-backend';

let place: Awaited<ReturnType<typeof createTestDatabase>>;
let pool: Pool;
beforeAll(async () => {
  place = await createTestDatabase([]);
  pool = new Pool({ connectionString: place.url, max: 1 });
});
afterAll(async () => {
  await pool?.end();
  await place?.drop();
});

const hour = 3_600_000;

const textOf = (statement: unknown): string =>
  typeof statement === 'string' ? statement : String(typeof statement === 'object' && statement !== null ? Reflect.get(statement, 'text') : '');

describe('a job that no worker was told of', () => {
  const handled: number[] = [];
  let process: Process;
  let sent: jest.SpyInstance;
  beforeEach(() => {
    sent = jest.spyOn(Client.prototype, 'query');
    handled.length = 0;
    process = new Process(createPostgresJobsBackend({ connection: { connectionString: place.url }, watchMs: 40 }), {});
  });
  afterEach(async () => {
    sent.mockRestore();
    await process.stop();
  });
  const sentOf = (part: string): number => sent.mock.calls.filter(([statement]) => textOf(statement).includes(part)).length;

  const waiting = async (): Promise<ReturnType<typeof fresh>> => {
    const job = fresh(z.number());
    process.handle(job, async (n) => void handled.push(n));
    await process.runner.start();
    await process.jobs.enqueue(job, 1, { delayMs: hour });
    // Its worker has asked when the next one is due, and lies down until then.
    await until(async () => sentOf('AS next_delay') > 0 && (await counts(job.queue, 'delayed')) === 1);
    return job;
  };
  const counts = async (queue: string, state: string): Promise<number> =>
    (await pool.query<{ n: number }>('select count(*)::int as n from bullmq.job where queue = $1 and state::text = $2', [queue, state])).rows[0]?.n ?? 0;

  it('is found while all wait', async () => {
    const { queue } = await waiting();
    await pool.query(`update bullmq.job set state = 'waiting', process_at_ms = null where queue = $1`, [queue]);
    await until(() => handled.length > 0);
    expect(handled).toEqual([1]);
  });

  it('is found when the clock was set to its time', async () => {
    const { queue } = await waiting();
    await pool.query('update bullmq.job set process_at_ms = $2 where queue = $1', [queue, Date.now()]);
    await until(() => handled.length > 0);
    expect(handled).toEqual([1]);
  });

  it('does not keep workers awake that have none: one statement asks for all queues', async () => {
    for (const n of [1, 2, 3]) process.handle(fresh(z.number(), 'default', `idle-${n}`), async (data) => void handled.push(data));
    await process.runner.start();
    await until(() => sentOf('Claim the next ready job') >= 3 && sentOf('AS next_delay') >= 3 && sentOf('unnest($1::text[]) as q (name)') >= 1);
    const claims = sentOf('Claim the next ready job');
    const looks = sentOf('unnest($1::text[]) as q (name)');
    await until(() => sentOf('unnest($1::text[]) as q (name)') >= looks + 3);
    expect(sentOf('Claim the next ready job')).toBe(claims);
  });
});
