import { Client } from 'pg';
import { createTestDatabase } from '../../testing';
import { checksumOf, indexesInUse, migrate, type AppliedMigration, type Migration } from '..';

let url: string;
let drop: () => Promise<void>;
beforeEach(async () => ({ url, drop } = await createTestDatabase([])));
afterEach(() => drop?.());

const table: Migration = { id: '0001-cars', up: 'create table step.cars (id int primary key, maker text); insert into step.cars select n, $$maker $$ || n % 7 from generate_series(1, 50) n' };
const indexes = indexesInUse({
  id: '0002-indexes',
  create: ['create index concurrently cars_of_maker on step.cars (maker)', 'create unique index concurrently cars_once on step.cars (maker, id) where id > 0'],
  drop: ['step.cars_of_old'],
});
const run = (...migrations: Migration[]): Promise<AppliedMigration[]> => migrate({ url, applicationName: 'spec' }, [{ name: 'step', migrations }]);

async function connected<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(url);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
const found = () => connected(async (client) => (await client.query<{ name: string; valid: boolean }>(`select c.relname as name, i.indisvalid as valid from pg_index i join pg_class c on c.oid = i.indexrelid where i.indrelid = 'step.cars'::regclass and not i.indisprimary order by 1`)).rows);

describe('indexes of a table that is in use', () => {
  it('are built while others write to it, and those that they replace are gone', async () => {
    await run(table, { id: '0001-old', up: 'create index cars_of_old on step.cars (maker)' });
    await run(table, { id: '0001-old', up: 'create index cars_of_old on step.cars (maker)' }, indexes);
    expect(await found()).toEqual([{ name: 'cars_of_maker', valid: true }, { name: 'cars_once', valid: true }]);
  });

  it('don’t hold up a writer: what somebody writes meanwhile goes through', async () => {
    await run(table);
    await connected(async (writer) => {
      await writer.query('begin');
      await writer.query(`insert into step.cars values (100, 'maker')`);
      const building = run(table, indexes);
      await connected(async (other) => {
        // The build waits for who wrote before it; a third one does not wait for either.
        for (let waits = false; !waits; ) waits = (await other.query(`select 1 from pg_stat_activity where application_name = 'spec' and wait_event_type = 'Lock' and datname = current_database()`)).rowCount === 1;
        await other.query(`set lock_timeout = '2s'; insert into step.cars values (101, 'maker')`);
      });
      await writer.query('commit');
      await building;
    });
    expect((await found()).every(({ valid }) => valid)).toBe(true);
  });

  it('are begun again where a build was left half done', async () => {
    await run(table);
    await connected(async (client) => {
      await client.query('create unique index concurrently cars_once on step.cars (maker)').catch(() => undefined);
    });
    expect(await found()).toEqual([{ name: 'cars_once', valid: false }]);
    await run(table, indexes);
    expect(await found()).toEqual([{ name: 'cars_of_maker', valid: true }, { name: 'cars_once', valid: true }]);
  });

  it('are built while another process waits for its turn to migrate', async () => {
    let waiting: Promise<AppliedMigration[]> | undefined;
    const others = `select 1 from pg_stat_activity where pid <> pg_backend_pid() and application_name = 'spec' and datname = current_database() and query like '%advisory%'`;
    const meanwhile: Migration = { id: '0001-meanwhile', transaction: false, up: () => Promise.resolve() };
    const startsAnother: Migration = {
      ...meanwhile,
      up: async (sql) => {
        waiting = run(table, meanwhile, indexes);
        waiting.catch(() => undefined);
        for (let asks = false; !asks; ) asks = (await sql(others)).length > 0;
      },
    };
    expect((await run(table, startsAnother, indexes)).map(({ id }) => id)).toEqual(['0001-cars', '0001-meanwhile', '0002-indexes']);
    expect(await waiting).toEqual([]);
  });
});

describe('a migration that builds its indexes otherwise than it once did', () => {
  const locking: Migration = { id: '0002-indexes', up: 'create index cars_of_maker on step.cars (maker); create unique index cars_once on step.cars (maker, id) where id > 0;' };
  const rewritten = { ...indexes, formerly: [checksumOf(locking)] };

  it('is none that was rewritten, where it had run in its old words', async () => {
    await run(table, locking);
    expect(await run(table, rewritten)).toEqual([]);
    await expect(run(table, indexes)).rejects.toThrow('was changed after');
  });

  it('says what its statements say: another one is a change', () => {
    expect(checksumOf(indexesInUse({ id: '0002-indexes', create: ['create index concurrently cars_of_maker on step.cars (id)'] }))).not.toBe(checksumOf(indexes));
    expect(() => indexesInUse({ id: '0002-indexes', create: ['create index cars_of_maker on step.cars (id)'] })).toThrow('concurrently');
  });
});
