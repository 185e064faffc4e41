import { Client } from 'pg';
import { testDatabase, withDatabase, type TestDatabase } from '../../testing';
import { DatabaseHost, migrate, roleOf } from '..';
import { other, sample } from './sample';

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase({ services: [sample, other], settings: { poolSize: 2 } });
});
afterAll(() => test?.close());

const denied = { message: expect.stringContaining('permission denied') };

describe('a service’s role', () => {
  it('reaches its own schema and no other, inside a transaction and outside', async () => {
    const db = test.of('sample');
    await expect(db.transaction((tx) => tx.query('select * from other.secrets'))).rejects.toMatchObject(denied);
    await expect(db.query('select * from other.secrets')).rejects.toMatchObject(denied);
    await expect(db.query('insert into other.outbox (position) values (1)')).rejects.toMatchObject(denied);
    expect(await test.of('other').query('select * from other.secrets')).toEqual([{ id: 42 }]);
  });

  it('holds when services take turns on the same connections', async () => {
    const [mine, theirs] = [test.of('sample'), test.of('other')];
    for (let turn = 0; turn < 5; turn++) {
      const answers = await Promise.allSettled([
        mine.query('select count(*) from sample.things'),
        theirs.query('select * from other.secrets'),
        mine.query('select * from other.secrets'),
        mine.transaction((tx) => tx.query('select * from other.secrets')),
        theirs.transaction((tx) => tx.query('select * from other.secrets')),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([
        'fulfilled',
        'fulfilled',
        'rejected',
        'rejected',
        'fulfilled',
      ]);
    }
  });

  it('goes with the statement, and is undone with one that fails', async () => {
    const host = await DatabaseHost.open({ url: test.url, applicationName: 'turns', poolSize: 1 }, [sample, other]);
    const [mine, theirs] = [host.of('sample'), host.of('other')];
    const who = async (db: typeof mine): Promise<unknown> => (await db.query('select current_user as name, $1::integer as n', [1]))[0];
    try {
      for (const db of [mine, theirs, mine, theirs]) await who(db);
      const sent = jest.spyOn(Client.prototype, 'query');
      for (let turn = 0; turn < 3; turn++) {
        expect(await who(mine)).toEqual({ name: roleOf('sample'), n: 1 });
        await expect(theirs.query('select 1 / $1::integer', [0])).rejects.toThrow('division by zero');
        expect(await who(mine)).toEqual({ name: roleOf('sample'), n: 1 });
        expect(await who(theirs)).toEqual({ name: roleOf('other'), n: 1 });
        // Only before what is a text alone, which may be several statements.
        expect(await mine.query('select current_user as name')).toEqual([{ name: roleOf('sample') }]);
        expect(await theirs.query('select current_user as name, $1::integer as n', [2])).toEqual([{ name: roleOf('other'), n: 2 }]);
      }
      const alone = sent.mock.calls.filter(([statement]) => JSON.stringify(statement).includes('set role') && !JSON.stringify(statement).includes('companions'));
      sent.mockRestore();
      expect(alone).toHaveLength(3);
    } finally {
      await host.close();
    }
  });

  it('takes its own connections again, alone and beside others, while there is room for more', async () => {
    const host = await DatabaseHost.open({ url: test.url, applicationName: 'turns', poolSize: 4 }, [sample, other]);
    const pidOf = async (service: string): Promise<number | undefined> =>
      (await host.of(service).query<{ pid: number }>('select pg_backend_pid() as pid'))[0]?.pid;
    try {
      const mine = await Promise.all([pidOf('sample'), pidOf('sample')]);
      const theirs = await pidOf('other');
      expect(new Set([...mine, theirs]).size).toBe(3);
      for (let turn = 0; turn < 5; turn++) {
        expect(mine).toContain(await pidOf('sample'));
        expect(await pidOf('other')).toBe(theirs);
        const [first, second, another] = await Promise.all([pidOf('sample'), pidOf('sample'), pidOf('other')]);
        expect([first, second].sort()).toEqual([...mine].sort());
        expect(another).toBe(theirs);
      }
    } finally {
      await host.close();
    }
  });

  it('stays on its connection while others’ transactions, and statements that need no role, come and go', async () => {
    const host = await DatabaseHost.open({ url: test.url, applicationName: 'guests', poolSize: 3 }, [sample, other]);
    const [mine, theirs] = [host.of('sample'), host.of('other')];
    const who = 'select pg_backend_pid() as pid, current_user::text as who';
    try {
      const [first, second] = await Promise.all([mine.query(who), theirs.query(who), mine.query(who)]);
      for (let turn = 0; turn < 4; turn++) {
        expect(await theirs.transaction((tx) => tx.query(who))).toMatchObject([{ who: roleOf('other') }]);
        expect(await mine.transaction((tx) => tx.query(who))).toMatchObject([{ who: roleOf('sample') }]);
        expect(await theirs.queryAsAnyone(who)).toMatchObject([{ who: roleOf('sample') }]);
        expect(await theirs.query(who)).toEqual(second);
        expect(await mine.query(who)).toMatchObject([{ who: roleOf('sample') }]);
      }
      expect(first).toMatchObject([{ who: roleOf('sample') }]);
    } finally {
      await host.close();
    }
  });

  it('does not stay on a connection that somebody takes from the pool itself', async () => {
    await test.of('sample').query('select 1');
    const { rows } = await test.of('sample').pool.query('select current_user::text as who');
    expect(rows).toEqual([{ who: 'autobroker' }]);
  });

  it('can’t change the schema or rewrite the history of migrations', async () => {
    const db = test.of('sample');
    await expect(db.query('create table sample.extra (id int)')).rejects.toMatchObject(denied);
    await expect(db.query('drop table sample.things')).rejects.toThrow('must be owner');
    await expect(db.query('delete from sample.schema_migrations')).rejects.toMatchObject(denied);
  });

  it('reads other services’ outboxes, which is how events travel, and nothing else of theirs', async () => {
    expect(await test.of('sample').query('select * from other.outbox')).toEqual([]);
    await expect(test.of('sample').query('select * from other.inbox')).rejects.toMatchObject(denied);
    // But for when something that was put off is due.
    expect(await test.of('sample').query('select consumer, source, key, seq, next_attempt_at from other.deferred')).toEqual([]);
    await expect(test.of('sample').query('select event from other.deferred')).rejects.toMatchObject(denied);
  });

  it('logs in by itself in the distributed shape, with limits on its statements', async () => {
    const password = 'it’s a "test" \\ password';
    await migrate({ url: test.url, applicationName: 'test' }, [sample, other], {
      passwords: { other: password },
      statementTimeoutMs: 1_500,
    });
    const own = new URL(withDatabase(test.url, new URL(test.url).pathname.slice(1)));
    own.username = roleOf('other');
    own.password = encodeURIComponent(password);
    const host = await DatabaseHost.open({ url: own.toString(), applicationName: 'other' }, [other]);
    try {
      const db = host.of('other');
      expect(await db.query('select * from other.secrets')).toEqual([{ id: 42 }]);
      await expect(db.query('select * from sample.things')).rejects.toMatchObject(denied);
      await expect(db.transaction((tx) => tx.query(`set local role ${roleOf('sample')}`))).rejects.toMatchObject(
        denied,
      );
      await expect(db.query('select pg_sleep(5)')).rejects.toMatchObject({ code: 'query_timeout' });
    } finally {
      await host.close();
      await migrate({ url: test.url, applicationName: 'test' }, [sample, other]);
    }
  });
});
