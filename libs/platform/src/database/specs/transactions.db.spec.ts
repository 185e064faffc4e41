import { auditRecorded } from '@autobroker/contracts';
import { uuidv7 } from '@autobroker/kernel';
import { testDatabase, type TestDatabase } from '../../testing';
import { StaleVersionError, RowMissingError, updateVersioned, type Database } from '..';
import { sample, Thing } from './sample';

const tenantId = uuidv7();
let test: TestDatabase;
let db: Database;

beforeAll(async () => {
  test = await testDatabase({ services: [sample] });
  db = test.of('sample');
});
afterAll(() => test?.close());

async function thing(label = 'new', amount = 0): Promise<string> {
  const id = uuidv7();
  await db.transaction((tx) => tx.manager.insert(Thing, { id, tenantId, label, amount }));
  return id;
}
const labelOf = async (id: string): Promise<string | undefined> =>
  (await db.query<{ label: string }>('select label from sample.things where id = $1', [id]))[0]?.label;
const eventsOf = async (key: string): Promise<string[]> =>
  (await db.query<{ type: string }>('select type from sample.outbox where key = $1 order by position', [key])).map(
    ({ type }) => type,
  );

describe('a transaction', () => {
  it('commits entities, SQL, audit row and event together', async () => {
    const id = uuidv7();
    const entry = {
      actor: { kind: 'user' as const, id: uuidv7() },
      action: 'thing.made',
      object: { type: 'thing', id },
      tenantId,
      after: { amount: 1 },
    };
    await db.transaction(async (tx) => {
      await tx.manager.insert(Thing, { id, tenantId, label: 'one' });
      await tx.query(`update sample.things set label = label || '!' where id = $1`, [id]);
      await tx.audit(entry);
    });
    expect(await labelOf(id)).toBe('one!');
    expect(await eventsOf(`thing:${id}`)).toEqual(['audit.recorded.v1']);
    const [row] = await db.query('select action, object_id, after, at from sample.audit_log where object_id = $1', [
      id,
    ]);
    expect(row).toEqual({ action: 'thing.made', object_id: id, after: { amount: 1 }, at: test.clock.now() });
    const [event] = await db.query<{ data: unknown }>('select data from sample.outbox where key = $1', [`thing:${id}`]);
    expect(auditRecorded.data.parse(event?.data)).toMatchObject({
      service: 'sample',
      action: 'thing.made',
      actor: entry.actor,
    });
  });

  it('leaves nothing behind when its work fails', async () => {
    const id = uuidv7();
    const hook = jest.fn();
    const work = db.transaction(async (tx) => {
      await tx.manager.insert(Thing, { id, tenantId, label: 'never' });
      await tx.audit({
        actor: { kind: 'system', id: null },
        action: 'thing.made',
        object: { type: 'thing', id },
        tenantId,
      });
      tx.afterCommit(hook);
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect(await labelOf(id)).toBeUndefined();
    expect(await eventsOf(`thing:${id}`)).toEqual([]);
    expect(hook).not.toHaveBeenCalled();
  });

  it('runs hooks after the commit, and forgets those of an undone part', async () => {
    const id = uuidv7();
    const seen: string[] = [];
    await db.transaction(async (tx) => {
      tx.afterCommit(() => seen.push('outer'));
      await tx.manager.insert(Thing, { id, tenantId, label: 'kept' });
      const part = tx.savepoint(async () => {
        tx.afterCommit(() => seen.push('inner'));
        await tx.query(`update sample.things set label = 'undone' where id = $1`, [id]);
        await tx.query('select 1 / 0');
      });
      await expect(part).rejects.toThrow('division by zero');
      const nested = tx.manager.transaction(async () => {
        tx.afterCommit(() => seen.push('nested'));
        throw new Error('no');
      });
      await expect(nested).rejects.toThrow('no');
      await tx.query(`update sample.things set label = label || ' on' where id = $1`, [id]);
      expect(seen).toEqual([]);
    });
    expect(seen).toEqual(['outer']);
    expect(await labelOf(id)).toBe('kept on');
  });

  it('stays committed, and its other hooks run, when one of them fails', async () => {
    const id = uuidv7();
    const seen: string[] = [];
    let runs = 0;
    await db.transaction(async (tx) => {
      runs += 1;
      await tx.manager.insert(Thing, { id, tenantId, label: 'done' });
      tx.afterCommit(() => {
        // As a conflict is known, which would run the whole work again.
        throw Object.assign(new Error('a hook failed'), { code: '40001' });
      });
      tx.afterCommit(() => seen.push('next'));
    });
    expect([runs, seen]).toEqual([1, ['next']]);
    expect(await labelOf(id)).toBe('done');
  });

  it('does not report success when an error inside it was swallowed', async () => {
    const id = await thing('before');
    const work = db.transaction(async (tx) => {
      await tx.query(`update sample.things set label = 'after' where id = $1`, [id]);
      await tx.query('select 1 / 0').catch(() => undefined);
    });
    await expect(work).rejects.toThrow('swallowed');
    expect(await labelOf(id)).toBe('before');
  });

  it('ends a statement after the time that it is given, and gives the limit up with its end', async () => {
    const limitOf = async (on: Pick<Database, 'query'>): Promise<unknown> => (await on.query('show statement_timeout'))[0];
    const usual = await limitOf(db);
    expect(await db.transaction(limitOf, { statementTimeoutMs: 12_345 })).toEqual({ statement_timeout: '12345ms' });
    await expect(db.transaction((tx) => tx.query('select pg_sleep(20)'), { statementTimeoutMs: 20 })).rejects.toMatchObject({ code: 'query_timeout' });
    expect(await limitOf(db)).toEqual(usual);
  });

  it('takes no work after its end', async () => {
    const escaped = await db.transaction((tx) => Promise.resolve(tx));
    await expect(escaped.query('select 1')).rejects.toThrow('has ended');
    expect(() => escaped.manager).toThrow('has ended');
  });

  it('refuses an event that breaks its contract', async () => {
    const work = db.transaction((tx) =>
      tx.publish(auditRecorded, {
        key: 'bad',
        tenantId: null,
        data: { ...auditRecorded.fixture, audit_id: 'no uuid' },
      }),
    );
    await expect(work).rejects.toThrow('breaks its contract');
    expect(await eventsOf('bad')).toEqual([]);
  });

  it('nests TypeORM’s own transactions as savepoints', async () => {
    const id = await thing('outer');
    await db.transaction(async (tx) => {
      const inner = tx.manager.transaction(async (manager) => {
        await manager.update(Thing, { id }, { label: 'inner' });
        throw new Error('undo');
      });
      await expect(inner).rejects.toThrow('undo');
      await tx.query('update sample.things set amount = 5 where id = $1', [id]);
    });
    expect(await db.query('select label, amount from sample.things where id = $1', [id])).toEqual([
      { label: 'outer', amount: 5 },
    ]);
  });
});

describe('a prepared statement', () => {
  it('survives a migration that changes what it reads, on every connection that had prepared it', async () => {
    const read = (): Promise<unknown[]> =>
      db.query('select * from sample.things where id = $1', [uuidv7()], { name: 'thing-by-id' });
    await Promise.all(Array.from({ length: 20 }, read));
    await test.host.dataSource.query('alter table sample.things add column later text');
    const answers = await Promise.all(Array.from({ length: 20 }, read));
    expect(answers).toHaveLength(20);
    await test.host.dataSource.query('alter table sample.things drop column later');
  });

  it('survives it inside a transaction, which is begun anew', async () => {
    const id = await thing('once');
    const read = (): Promise<unknown[]> =>
      db.transaction((tx) => tx.query('select * from sample.things where id = $1', [id], { name: 'thing-in-transaction' }));
    await Promise.all(Array.from({ length: 20 }, read));
    await test.host.dataSource.query('alter table sample.things add column later text');
    const answers = await Promise.all(Array.from({ length: 20 }, read));
    expect(answers.map((rows) => rows.length)).toEqual(Array.from({ length: 20 }, () => 1));
    await test.host.dataSource.query('alter table sample.things drop column later');
  });

  it('is kept by its connection, to be run again by name', async () => {
    await db.query('select $1::int as n', [1], { name: 'kept' });
    const rows = await db.query<{ n: number }>(
      `select count(*)::int as n from pg_prepared_statements where name = 'kept'`,
    );
    expect(rows).toEqual([{ n: 1 }]);
  });
});

describe('overlapping transactions', () => {
  /** Both are inside before either goes on. */
  function meeting(parties: number): () => Promise<void> {
    let open: () => void = () => undefined;
    const all = new Promise<void>((resolve) => (open = resolve));
    let here = 0;
    return () => {
      here += 1;
      if (here >= parties) open();
      return all;
    };
  }

  it('runs the loser of a deadlock again, so that both are done', async () => {
    const [a, b] = [await thing(), await thing()];
    const meet = meeting(2);
    let runs = 0;
    const both = (first: string, second: string): Promise<void> =>
      db.transaction(async (tx) => {
        runs += 1;
        await tx.query('update sample.things set amount = amount + 1 where id = $1', [first]);
        await meet();
        await tx.query('update sample.things set amount = amount + 1 where id = $1', [second]);
      });
    await Promise.all([both(a, b), both(b, a)]);
    expect(runs).toBe(3);
    expect(await db.query('select amount from sample.things where id = any($1)', [[a, b]])).toEqual([
      { amount: 2 },
      { amount: 2 },
    ]);
  });

  it('runs a serialisable transaction again that another one has overtaken', async () => {
    const id = await thing();
    const meet = meeting(2);
    const add = (): Promise<void> =>
      db.transaction(
        async (tx) => {
          const [row] = await tx.query<{ amount: number }>('select amount from sample.things where id = $1', [id]);
          await meet();
          await tx.query('update sample.things set amount = $2 where id = $1', [id, (row?.amount ?? 0) + 1]);
        },
        { isolation: 'serializable' },
      );
    await Promise.all([add(), add()]);
    expect(await db.query('select amount from sample.things where id = $1', [id])).toEqual([{ amount: 2 }]);
  });

  it('gives up after its retries', async () => {
    let runs = 0;
    const work = db.transaction(
      async (tx) => {
        runs += 1;
        await tx.query(`do $$ begin raise exception 'again' using errcode = '40001'; end $$`);
      },
      { retries: 2 },
    );
    await expect(work).rejects.toThrow('again');
    expect(runs).toBe(3);
  });

  it('lets one of two writers of one version win and tells the other where the row is', async () => {
    const id = await thing('first');
    const write = (label: string): Promise<number> =>
      db.transaction((tx) => updateVersioned(tx, Thing, id, 1, { label }));
    const outcomes = await Promise.allSettled([write('left'), write('right')]);
    const won = outcomes.filter((outcome) => outcome.status === 'fulfilled');
    const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(won.map(({ value }) => value)).toEqual([2]);
    expect(lost).toHaveLength(1);
    expect(lost[0]?.reason).toBeInstanceOf(StaleVersionError);
    expect(lost[0]?.reason).toMatchObject({ expected: 1, actual: 2, id });
  });

  it('tells a missing row from a stale one', async () => {
    const write = db.transaction((tx) => updateVersioned(tx, Thing, uuidv7(), 1, { label: 'nobody' }));
    await expect(write).rejects.toBeInstanceOf(RowMissingError);
  });

  it('serves more callers than it has connections', async () => {
    const id = await thing();
    await Promise.all(
      Array.from({ length: 60 }, () =>
        db.transaction((tx) => tx.query('update sample.things set amount = amount + 1 where id = $1', [id])),
      ),
    );
    expect(await db.query('select amount from sample.things where id = $1', [id])).toEqual([{ amount: 60 }]);
    expect(db.pool.totalCount).toBeLessThanOrEqual(10);
  });
});
