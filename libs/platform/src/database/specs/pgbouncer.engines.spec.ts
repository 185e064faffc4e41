import { uuidv7 } from '@autobroker/kernel';
import { startPgBouncer, type PgBouncerServer } from '../../../../../tools/engines/pgbouncer.mjs';
import { createTestDatabase } from '../../testing';
import { DatabaseHost, DatabaseUnavailableError, PersonVault, type Database, type DatabaseSettings } from '..';
import { other, sample, Thing } from './sample';

/** PgBouncer hands out another server connection for every transaction; two of them serve twenty of ours. */
let bouncer: PgBouncerServer;
let database: { url: string; drop: () => Promise<void> };
let host: DatabaseHost;
let db: Database;

const settings = (): DatabaseSettings => ({
  url: bouncer.url(new URL(database.url).pathname.slice(1)),
  directUrl: database.url,
  applicationName: 'spec',
});

beforeAll(async () => {
  database = await createTestDatabase([sample, other]);
  bouncer = await startPgBouncer({ upstream: database.url, poolSize: 2 });
  host = await DatabaseHost.open(settings(), [sample, other]);
  db = host.of('sample');
}, 120_000);
afterAll(async () => {
  await host?.close();
  await bouncer?.dispose();
  await database?.drop();
});

const servers = async (count: number): Promise<number> => {
  const pids = await Promise.all(
    Array.from({ length: count }, () =>
      db.transaction((tx) => tx.query<{ pid: number }>('select pg_backend_pid() as pid, pg_sleep(0.01)')),
    ),
  );
  return new Set(pids.map(([row]) => row?.pid)).size;
};

describe('behind PgBouncer in transaction mode', () => {
  it('really shares a few server connections among many of ours', async () => {
    expect(await servers(30)).toBe(2);
    expect(db.pool.totalCount).toBeGreaterThan(2);
  });

  it('commits entities, SQL and events of many transactions at once', async () => {
    const ids = Array.from({ length: 40 }, () => uuidv7());
    await Promise.all(
      ids.map((id) =>
        db.transaction(async (tx) => {
          await tx.manager.insert(Thing, { id, tenantId: id, label: 'bounced' });
          await tx.audit({
            actor: { kind: 'system', id: null },
            action: 'thing.made',
            object: { type: 'thing', id },
            tenantId: id,
          });
        }),
      ),
    );
    expect(await db.query(`select count(*)::int as n from sample.things where label = 'bounced'`)).toEqual([{ n: 40 }]);
    expect(await db.query(`select count(*)::int as n from sample.outbox where tenant_id = any($1)`, [ids])).toEqual([
      { n: 40 },
    ]);
  });

  it('prepares nothing, whatever names are given, and would fail if it did', async () => {
    const ask = (on: Database): Promise<unknown[]> =>
      Promise.all(
        Array.from({ length: 50 }, (_, n) => on.query('select $1::int as n', [n], { name: 'the-same-name' })),
      );
    expect(await ask(db)).toHaveLength(50);
    const [row] = await db.query<{ n: number }>('select count(*)::int as n from pg_prepared_statements');
    expect(row?.n).toBe(0);
    const careless = await DatabaseHost.open({ ...settings(), prepared: 'on' }, [sample]);
    try {
      await expect(ask(careless.of('sample'))).rejects.toThrow(/prepared statement/);
    } finally {
      await careless.close();
    }
  });

  it('keeps a service’s role to its transaction and leaves none on a shared connection', async () => {
    const asTheirs = (): Promise<unknown> =>
      host.of('other').transaction((tx) => tx.query('select * from other.secrets'));
    const asOurs = (): Promise<unknown> => db.transaction((tx) => tx.query('select * from other.secrets'));
    const mixed = await Promise.allSettled(Array.from({ length: 40 }, (_, n) => (n % 2 === 0 ? asTheirs() : asOurs())));
    expect(mixed.map(({ status }) => status)).toEqual(mixed.map((_, n) => (n % 2 === 0 ? 'fulfilled' : 'rejected')));
    const roles = await Promise.all(
      Array.from({ length: 10 }, () => db.pool.query('select current_user::text as who, pg_sleep(0.005)')),
    );
    expect(new Set(roles.map(({ rows }) => (rows[0] as { who: string }).who))).toEqual(new Set(['autobroker']));
  });

  it('has its time limits from its role, not from the connection', async () => {
    const [row] = await db.query<{ limit: string }>(`select current_setting('statement_timeout') as limit`);
    expect(row?.limit).toBe('30s');
  });

  it('listens, locks a session and migrates past the bouncer', async () => {
    const client = await host.connectDirect();
    try {
      const heard = new Promise((resolve) => client.once('notification', ({ payload }) => resolve(payload)));
      await client.query('listen spec_channel');
      await db.query(`select pg_notify('spec_channel', 'hello')`);
      expect(await heard).toBe('hello');
      await client.query('select pg_advisory_lock(77)');
      const taken = await Promise.all(
        Array.from({ length: 10 }, () => db.query<{ got: boolean }>('select pg_try_advisory_xact_lock(77) as got')),
      );
      expect(taken.flat().every(({ got }) => !got)).toBe(true);
    } finally {
      await client.end();
    }
    expect(await host.migrate()).toEqual([]);
  });

  it('runs deadlocked transactions again', async () => {
    const [a, b] = [uuidv7(), uuidv7()];
    await db.transaction((tx) =>
      tx.manager.insert(
        Thing,
        [a, b].map((id) => ({ id, tenantId: id, label: 'pair' })),
      ),
    );
    const both = (first: string, second: string): Promise<unknown> =>
      db.transaction(async (tx) => {
        await tx.query('update sample.things set amount = amount + 1 where id = $1', [first]);
        await tx.query('select pg_sleep(0.05)');
        await tx.query('update sample.things set amount = amount + 1 where id = $1', [second]);
      });
    await Promise.all([both(a, b), both(b, a)]);
    expect(await db.query('select amount from sample.things where id = any($1)', [[a, b]])).toEqual([
      { amount: 2 },
      { amount: 2 },
    ]);
  });

  it('keeps the vault’s promise', async () => {
    const vault = new PersonVault(db, {
      masterKeys: `m:${Buffer.alloc(32, 1).toString('base64')}`,
      indexKey: Buffer.alloc(32, 2).toString('base64'),
    });
    const person = uuidv7();
    const sealed = await Promise.all(Array.from({ length: 10 }, (_, n) => vault.encrypt(db, person, `${n}`, 'note')));
    expect(await Promise.all(sealed.map((text) => vault.decrypt(person, text)))).toEqual(sealed.map((_, n) => `${n}`));
    await db.transaction((tx) => vault.destroy(tx, person));
    expect(await vault.decrypt(person, sealed[0] ?? '')).toBeNull();
  });

  it('recovers when the bouncer was restarted', async () => {
    await bouncer.restart();
    const end = performance.now() + 10_000;
    for (;;) {
      const answer = await db.query('select 1 as one').catch((error: unknown) => error);
      if (Array.isArray(answer)) break;
      expect(answer).toBeInstanceOf(DatabaseUnavailableError);
      if (performance.now() > end) throw new Error('did not recover');
    }
    expect(await servers(20)).toBe(2);
  });
});
