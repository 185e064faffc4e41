import { spawn } from 'node:child_process';
import { Client } from 'pg';
import { createTestDatabase, testDatabase } from '../../testing';
import { migrate, MigrationError, pendingMigrations, schemaDrift, type Migration } from '..';
import { sample } from './sample';

let url: string;
let drop: () => Promise<void>;
beforeEach(async () => ({ url, drop } = await createTestDatabase([])));
afterEach(() => drop?.());

const first: Migration = { id: '0001-first', up: 'create table step.one (id int primary key)' };
const second: Migration = {
  id: '0002-second',
  up: async (sql) => void (await sql('insert into step.one values (1), (2)')),
};
const run = (...migrations: Migration[]): Promise<{ id: string }[]> =>
  migrate({ url, applicationName: 'spec' }, [{ name: 'step', migrations }]);

async function rows(sql: string): Promise<unknown[]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('migrations', () => {
  it('go forward once, and only what is new is applied', async () => {
    expect((await run(first)).map(({ id }) => id)).toEqual(['0001-first']);
    expect((await run(first, second)).map(({ id }) => id)).toEqual(['0002-second']);
    expect(await run(first, second)).toEqual([]);
    expect(await rows('select id from step.one order by id')).toEqual([{ id: 1 }, { id: 2 }]);
  });

  it('tell what is pending without applying it', async () => {
    await run(first);
    const pending = await pendingMigrations({ url, applicationName: 'spec' }, [
      { name: 'step', migrations: [first, second] },
      { name: 'fresh', migrations: [first] },
    ]);
    expect(pending).toEqual(['step/0002-second', 'fresh/0001-first']);
  });

  it('leave nothing of one that fails, and what came before it stays', async () => {
    const broken: Migration = { id: '0002-broken', up: 'create table step.two (id int); select 1 / 0;' };
    await expect(run(first, broken)).rejects.toThrow(/step\/0002-broken failed: division by zero/);
    expect(
      await rows(`select to_regclass('step.one') is not null as one, to_regclass('step.two') is not null as two`),
    ).toEqual([{ one: true, two: false }]);
    expect((await run(first, { ...broken, up: 'create table step.two (id int)' })).map(({ id }) => id)).toEqual([
      '0002-broken',
    ]);
  });

  it('refuse a history that was rewritten', async () => {
    await run(first, second);
    await expect(run({ ...first, up: 'create table step.one (id bigint primary key)' }, second)).rejects.toThrow(
      'was changed after',
    );
    await expect(run(first)).rejects.toThrow('does not know');
    await expect(run(first, { ...second, revision: '2' })).rejects.toThrow(MigrationError);
    await expect(run({ ...first, up: `\n  ${String(first.up)}  \r\n` }, second)).resolves.toEqual([]);
  });

  it('refuse names that can’t be right', async () => {
    await expect(run(first, first)).rejects.toThrow('listed twice');
    await expect(migrate({ url, applicationName: 'spec' }, [{ name: 'x; drop', migrations: [] }])).rejects.toThrow(
      'not a schema name',
    );
  });

  it('run bare where PostgreSQL wants no transaction', async () => {
    await run(first, {
      id: '0002-index',
      up: 'create index concurrently if not exists one_id on step.one (id)',
      transaction: false,
    });
    expect(
      await rows(`select indexname from pg_indexes where schemaname = 'step' and indexname = 'one_id'`),
    ).toHaveLength(1);
  });

  it('are applied once by many processes that start together', async () => {
    const program = `
      process.stdin.once('data', async () => {
        const { migrate } = require(process.env.MIGRATOR);
        const migrations = Array.from({ length: 8 }, (_, n) => ({
          id: 'step-' + n,
          up: n === 0 ? 'create table step.log (n int primary key)' : 'select pg_sleep(0.01); insert into step.log values (' + n + ')',
        }));
        try {
          const applied = await migrate({ url: process.env.URL, applicationName: 'replica' }, [{ name: 'step', migrations }]);
          console.log(JSON.stringify(applied.length));
        } catch (error) { console.error(error); process.exit(1); }
      });
      console.log('ready');`;
    const replicas = await Promise.all(Array.from({ length: 4 }, () => startReplica(program)));
    for (const replica of replicas) replica.go();
    const applied = await Promise.all(replicas.map((replica) => replica.result));
    expect(applied.toSorted((a, b) => a - b)).toEqual([0, 0, 0, 8]);
    expect(await rows('select count(*)::int as n from step.log')).toEqual([{ n: 7 }]);
  }, 90_000);

  /** A process of its own, ready to migrate when told. It compiles the sources as Jest does: nothing is built here. */
  async function startReplica(program: string): Promise<{ go: () => void; result: Promise<number> }> {
    const child = spawn(
      process.execPath,
      ['--conditions=@autobroker/source', '-r', '@swc-node/register', '-e', program],
      {
        env: { ...process.env, NODE_OPTIONS: '', URL: url, MIGRATOR: require.resolve('../migrator.ts') },
        stdio: ['pipe', 'pipe', 'pipe'],
      },
    );
    let out = '';
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (err += chunk));
    const result = new Promise<number>((resolve, reject) => {
      child.once('exit', (code) => (code === 0 ? resolve(Number(out.split('\n')[1])) : reject(new Error(err))));
    });
    await new Promise<void>((resolve, reject) => {
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
        out += chunk;
        if (out.includes('ready')) resolve();
      });
      result.catch(reject);
    });
    return { go: () => child.stdin.end('go\n'), result };
  }
});

describe('the drift check', () => {
  it('is empty for a schema that fits its entities, partial indexes included', async () => {
    const test = await testDatabase({ services: [sample] });
    try {
      expect(await schemaDrift(test.url, [sample])).toEqual([]);
    } finally {
      await test.close();
    }
  });

  it.each([
    ['a column that the entity lacks', 'alter table sample.things add column extra text', /extra/],
    ['a column that the table lacks', 'alter table sample.things drop column amount', /amount/],
    ['another type', 'alter table sample.things alter column amount type bigint', /amount/],
    ['another default', 'alter table sample.things alter column amount set default 7', /amount/],
    ['a column that may be empty', 'alter table sample.things alter column label drop not null', /label/],
    ['a missing key', 'alter table sample.things drop constraint things_pkey', /id/],
  ])('catches %s', async (_, sql, sign) => {
    const test = await testDatabase({ services: [sample] });
    try {
      await test.host.dataSource.query(sql);
      expect((await schemaDrift(test.url, [sample])).join('\n')).toMatch(sign);
    } finally {
      await test.close();
    }
  });
});
