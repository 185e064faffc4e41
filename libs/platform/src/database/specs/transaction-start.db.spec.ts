import { uuidv7 } from '@autobroker/kernel';
import type { Client } from 'pg';
import { testDatabase, type TestDatabase } from '../../testing';
import { connectDirect, DatabaseHost, DatabaseUnavailableError, type Database } from '..';
import { sample } from './sample';

/** A transaction begins together with its first statement, and is committed together with its last. */
let test: TestDatabase;
let host: DatabaseHost;
let db: Database;
let owner: Client;
const answerTimeoutMs = 300;

beforeAll(async () => {
  test = await testDatabase({ services: [sample] });
  host = await DatabaseHost.open({ url: test.url, applicationName: 'start', poolSize: 2, answerTimeoutMs }, [sample]);
  db = host.of('sample');
  owner = await connectDirect({ url: test.superUrl, applicationName: 'owner' });
  // At the commit the connection is gone: nobody knows whether it happened.
  await owner.query(`create sequence sample.asked; grant usage on sequence sample.asked to public;
    create function sample.vanish() returns trigger language plpgsql security definer as $$ begin perform nextval('sample.asked'), pg_terminate_backend(pg_backend_pid()); return null; end $$;
    create constraint trigger vanish after insert on sample.audit_log deferrable initially deferred for each row when (new.action = 'sample.vanish') execute function sample.vanish()`);
});
afterAll(async () => {
  await owner?.end();
  await host?.close();
  await test?.close();
});

/** The connections know the words by now that they send along. */
async function warm(): Promise<void> {
  for (let time = 0; time < 2; time++) {
    await Promise.all([1, 2].map((n) => db.transaction(async (tx) => {
      await tx.query('select $1::int', [n]);
      await tx.query('select $1::int', [n]);
    })));
  }
}
const asked = async (): Promise<number> => Number((await owner.query<{ n: string }>(`select nextval('sample.asked') as n`)).rows[0]?.n) - 1;

describe('the first statement of a transaction', () => {
  beforeEach(async () => {
    await owner.query('alter sequence sample.asked restart');
    await warm();
  });

  it('is sent once more where the connection was gone', async () => {
    await owner.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'start' and pid <> pg_backend_pid()`);
    expect(await db.transaction((tx) => tx.query<{ n: number }>(`select $1::int as n`, [7]))).toEqual([{ n: 7 }]);
  });

  it('is sent once more at the most to a server that has it and does not answer', async () => {
    await expect(db.transaction((tx) => tx.query(`select nextval('sample.asked'), pg_sleep($1)`, [1]))).rejects.toBeInstanceOf(DatabaseUnavailableError);
    expect(await asked()).toBe(2);
  });

  it('may take as long as its transaction may', async () => {
    await db.transaction(async (tx) => {
      await tx.query('select pg_sleep($1)', [(2 * answerTimeoutMs) / 1_000]);
    }, { statementTimeoutMs: 5_000 });
    expect(await asked()).toBe(0);
  });

  it('is not sent again when the connection breaks at the commit, though it is the only one', async () => {
    const id = uuidv7();
    const work = db.transaction((tx) => tx.audit({ actor: { kind: 'system', id: null }, action: 'sample.vanish', object: { type: 'thing', id }, tenantId: id }));
    await expect(work).rejects.toMatchObject({ outcomeUnknown: true });
    expect(await asked()).toBe(1);
  });
});
