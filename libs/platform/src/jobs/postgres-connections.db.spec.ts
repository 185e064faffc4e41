import { Pool } from 'pg';
import { createTestDatabase } from '../testing';
import { createPostgresJobsBackend } from './postgres-backend';
import { preparing } from './preparing';

let place: Awaited<ReturnType<typeof createTestDatabase>>;
let pool: Pool;
beforeAll(async () => {
  place = await createTestDatabase([]);
  pool = new Pool({ connectionString: place.url, max: 1 });
  preparing(pool);
});
afterAll(async () => {
  await pool?.end();
  await place?.drop();
});

describe('the connections of the queues', () => {
  it('read and plan each of their statements once', async () => {
    for (const n of [1, 2, 3]) expect((await pool.query('select $1::int + 1 as n', [n])).rows).toEqual([{ n: n + 1 }]);
    await pool.query('select 1');
    const { rows } = await pool.query<{ statement: string; times: string }>('select statement, generic_plans + custom_plans as times from pg_prepared_statements');
    expect(rows).toEqual([{ statement: 'select $1::int + 1 as n', times: '3' }]);
    await expect(pool.query('select 1 / $1::int', [0])).rejects.toThrow('division by zero');
  });

  it('go on when what a statement gives was changed under them', async () => {
    await pool.query('create table thing (a int)');
    await pool.query('insert into thing values ($1)', [1]);
    const things = async (): Promise<unknown[]> => (await pool.query('select * from thing where a = $1', [1])).rows;
    expect(await things()).toEqual([{ a: 1 }]);
    await pool.query('alter table thing add column b int');
    expect(await things()).toEqual([{ a: 1, b: null }]);
  });
});

describe('a connection of the queues that no longer answers', () => {
  it('is given up', async () => {
    const backend = createPostgresJobsBackend({ connection: { connectionString: place.url }, poolSize: 1, answerTimeoutMs: 300 });
    await backend.ping();
    const { rows } = await pool.query<{ pid: number }>(`select pid from pg_stat_activity where application_name = $1`, [`autobroker jobs ${process.pid}`]);
    expect(rows).toHaveLength(1);
    for (const { pid } of rows) process.kill(pid, 'SIGSTOP');
    try {
      await expect(backend.ping()).rejects.toThrow('Query read timeout');
      await backend.ping();
    } finally {
      for (const { pid } of rows) process.kill(pid, 'SIGCONT');
      await backend.close();
    }
  });
});
