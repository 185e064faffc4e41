import { defineEvent } from '@autobroker/contracts';
import { uuidv7 } from '@autobroker/kernel';
import { z } from 'zod';
import { testDatabase, type TestDatabase } from '../../testing';
import { runUnderClaim, WorkClaim, type AuditEntry, type Database, type Tx } from '..';
import { sample, Thing } from './sample';

const thingSaid = defineEvent({ type: 'thing.said.v1', service: 'sample', summary: 'A thing said a number.', data: z.strictObject({ n: z.int() }), fixture: { n: 1 } });
const thingDone = defineEvent({ type: 'thing.done.v1', service: 'sample', summary: 'A thing did a number.', data: z.strictObject({ n: z.int() }), fixture: { n: 1 } });

let test: TestDatabase;
let db: Database;
const statements: string[] = [];

beforeAll(async () => {
  test = await testDatabase({ services: [sample], hooks: { onQuery: ({ sql }) => statements.push(sql) } });
  db = test.of('sample');
});
afterAll(() => test?.close());

const say = (tx: Tx, key: string, n: number, event: typeof thingSaid | typeof thingDone = thingSaid) => tx.publish(event, { key, tenantId: null, data: { n } });
const entryOf = (key: string, n: number): AuditEntry => ({
  actor: { kind: 'system', id: null },
  action: `thing.${n}`,
  object: { type: 'thing', id: key },
  tenantId: null,
});
/** Of the thing itself and of its audit rows, in the order of the outbox. */
const saidOf = async (key: string): Promise<unknown[]> => {
  const rows = await db.query<{ said: string }>(
    `select coalesce(data->>'n', data->>'action') as said from sample.outbox where key in ($1, 'thing:' || $1) order by position`,
    [key],
  );
  return rows.map(({ said }) => said);
};
const auditedOf = async (key: string): Promise<string[]> =>
  (await db.query<{ action: string }>('select action from sample.audit_log where object_id = $1 order by id', [key])).map(({ action }) => action);

describe('what a transaction says', () => {
  it('goes into the outbox in the order in which it was said, whatever its kind, with one statement', async () => {
    const key = uuidv7();
    statements.length = 0;
    await db.transaction(async (tx) => {
      await say(tx, key, 1);
      await tx.audit(entryOf(key, 2));
      await say(tx, key, 3, thingDone);
      await tx.auditAll([entryOf(key, 4), entryOf(key, 5)]);
      await say(tx, key, 6);
    });
    expect(statements).toHaveLength(1);
    expect(await saidOf(key)).toEqual(['1', 'thing.2', '3', 'thing.4', 'thing.5', '6']);
    expect(await auditedOf(key)).toEqual(['thing.2', 'thing.4', 'thing.5']);
  });

  it('is there for the transaction itself as soon as it looks', async () => {
    const key = uuidv7();
    await db.transaction(async (tx) => {
      const id = await say(tx, key, 1);
      await tx.audit(entryOf(key, 2));
      expect(await tx.query('select id from sample.outbox where key = $1', [key])).toEqual([{ id }]);
      expect(await tx.query('select action from sample.audit_log where object_id = $1', [key])).toEqual([{ action: 'thing.2' }]);
      await say(tx, key, 3);
    });
    expect(await saidOf(key)).toEqual(['1', 'thing.2', '3']);
  });

  describe('and what else it writes that it does not look at', () => {
    const put = (tx: Tx, id: string, name: string) => tx.writeLater({ table: 'things', what: 'put', sql: 'insert into sample.things (id, tenant_id, label) values ($1, $1, $2) on conflict (id) do update set label = excluded.label', values: [id, name] });
    const rename = (tx: Tx, id: string, name: string) => tx.writeLater({ table: 'things', what: 'rename', sql: 'update sample.things set label = $2 where id = $1', values: [id, name] });
    const named = (on: Pick<Tx, 'query'>, id: string) => on.query('select label from sample.things where id = $1', [id]);

    it('goes with it', async () => {
      const key = uuidv7();
      statements.length = 0;
      await db.transaction(async (tx) => {
        await say(tx, key, 1);
        await put(tx, key, 'one');
        await tx.audit(entryOf(key, 2));
      });
      expect(statements).toHaveLength(1);
      expect(await named(db, key)).toEqual([{ label: 'one' }]);
      expect(await saidOf(key)).toEqual(['1', 'thing.2']);
    });

    it('is there for whatever is asked after it, by statement or by entity', async () => {
      const [one, other] = [uuidv7(), uuidv7()];
      await db.transaction(async (tx) => {
        await put(tx, one, 'one');
        expect(await named(tx, one)).toEqual([{ label: 'one' }]);
        await put(tx, other, 'other');
        expect(await tx.manager.findOneBy(Thing, { id: other })).toMatchObject({ label: 'other' });
      });
    });

    it('is written one after the other where it may be about the same row', async () => {
      const key = uuidv7();
      statements.length = 0;
      await db.transaction(async (tx) => {
        await put(tx, key, 'one');
        await put(tx, key, 'two');
        await rename(tx, key, 'three');
        await say(tx, key, 1);
      });
      expect(statements).toHaveLength(3);
      expect(await named(db, key)).toEqual([{ label: 'three' }]);
    });

    it('is undone with its part, and fails the part that wrote it', async () => {
      const [kept, undone] = [uuidv7(), uuidv7()];
      await db.transaction(async (tx) => {
        await put(tx, kept, 'kept');
        await expect(tx.savepoint(async () => (await put(tx, undone, 'undone'), Promise.reject(new Error('no'))))).rejects.toThrow('no');
        await expect(tx.savepoint(() => tx.writeLater({ table: 'things', what: 'wrong', sql: 'insert into sample.things (id) values ($1)', values: [undone] }))).rejects.toThrow('null value');
      });
      expect(await named(db, kept)).toEqual([{ label: 'kept' }]);
      expect(await named(db, undone)).toEqual([]);
      await expect(db.transaction((tx) => tx.writeLater({ table: 'things', what: 'wrong', sql: 'insert into sample.things (id) values ($1)', values: [undone] }))).rejects.toThrow('null value');
    });

    it('has a name of its own under which it is prepared, however many go together', async () => {
      const key = uuidv7();
      for (const last of ['a', 'b']) {
        await db.transaction(async (tx) => {
          for (const n of ['first', 'second', 'third', 'fourth']) await tx.writeLater({ table: `thing_${n}_${last}`, what: 'insert', sql: 'insert into sample.things (id, tenant_id, label) values ($1, $1, $2)', values: [uuidv7(), `${key} ${n} ${last}`] });
          await say(tx, key, 1);
        });
      }
      expect(await db.query('select from sample.things where label like $1', [`${key}%`])).toHaveLength(8);
    });
  });

  it('is undone with the part in which it was said, and with no other', async () => {
    const key = uuidv7();
    const failing = async (tx: Tx, n: number): Promise<void> => {
      await say(tx, key, n);
      await tx.audit(entryOf(key, n + 1));
      throw new Error('no');
    };
    await db.transaction(async (tx) => {
      await say(tx, key, 1);
      await expect(tx.savepoint(() => failing(tx, 10))).rejects.toThrow('no');
      await say(tx, key, 2);
      await tx.savepoint(async () => {
        await say(tx, key, 3);
        await expect(tx.savepoint(() => failing(tx, 20))).rejects.toThrow('no');
        await say(tx, key, 4);
      });
      const outer = tx.savepoint(async () => {
        await say(tx, key, 30);
        await tx.savepoint(() => say(tx, key, 31));
        await failing(tx, 32);
      });
      await expect(outer).rejects.toThrow('no');
      await tx.audit(entryOf(key, 5));
    });
    expect(await saidOf(key)).toEqual(['1', '2', '3', '4', 'thing.5']);
    expect(await auditedOf(key)).toEqual(['thing.5']);
  });

  it('is undone with a nested transaction of TypeORM, too', async () => {
    const key = uuidv7();
    await db.transaction(async (tx) => {
      await say(tx, key, 1);
      const nested = tx.manager.transaction(async (manager) => {
        await manager.insert(Thing, { id: uuidv7(), tenantId: uuidv7(), label: key });
        await say(tx, key, 2);
        throw new Error('no');
      });
      await expect(nested).rejects.toThrow('no');
      await tx.manager.transaction(() => say(tx, key, 3));
    });
    expect(await saidOf(key)).toEqual(['1', '3']);
  });

  it('names what the claimed work was about by what was kept of it, also where a part was written before it was undone', async () => {
    const [scope, route] = ['user:anna', 'POST /things'];
    const undone: readonly ((tx: Tx, work: () => Promise<unknown>) => Promise<unknown>)[] = [
      (tx, work) => tx.savepoint(work),
      (tx, work) => tx.manager.transaction(work),
    ];
    for (const part of undone) {
      const [key, owner] = [uuidv7(), uuidv7()];
      await db.query(
        `insert into sample.idempotency_key (scope, route, key, owner, request_hash, expires_at) values ($1, $2, $3, $4, '', now() + interval '1 hour')`,
        [scope, route, key, owner],
      );
      await runUnderClaim(new WorkClaim('sample', { scope, route, key }, owner), () =>
        db.transaction(async (tx) => {
          const lost = part(tx, async () => {
            await tx.audit(entryOf('lost', 1));
            await tx.query('select count(*) from sample.audit_log');
            throw new Error('no');
          });
          await expect(lost).rejects.toThrow('no');
          await tx.audit(entryOf('kept', 2));
        }),
      );
      expect(await db.query('select worked_on from sample.idempotency_key where key = $1', [key])).toEqual([{ worked_on: { type: 'thing', id: 'kept' } }]);
    }
  });

  it('does not wait until it is more than one statement should carry', async () => {
    const key = uuidv7();
    await db.transaction(async (tx) => {
      await tx.publishAll(thingSaid, Array.from({ length: 2_500 }, (_, n) => ({ key, tenantId: null, data: { n } })));
      statements.length = 0;
    });
    expect(statements).toEqual([]);
    expect(await saidOf(key)).toEqual(Array.from({ length: 2_500 }, (_, n) => String(n)));
  });

  it('is refused after its end', async () => {
    const escaped = await db.transaction((tx) => Promise.resolve(tx));
    await expect(say(escaped, uuidv7(), 1)).rejects.toThrow('has ended');
  });

  it('is written together with what is asked for last, in one statement, and neither without the other', async () => {
    const key = uuidv7();
    const named = (label: string | null) => ({
      name: 'label',
      sql: (first: number) => `update sample.things set label = $${first} where id = $${first + 1}`,
      values: [label, key],
    });
    const label = () => db.query('select label, version from sample.things where id = $1', [key]);
    await db.query(`insert into sample.things (id, tenant_id, label) values ($1, $1, 'new')`, [key]);
    statements.length = 0;
    await db.transaction((tx) => say(tx, key, 1), { lastly: () => named('said') });
    await db.transaction(async () => undefined, { lastly: () => named('silent') });
    expect(statements).toHaveLength(2);
    expect(await label()).toMatchObject([{ label: 'silent' }]);
    await expect(db.transaction((tx) => say(tx, key, 2), { lastly: () => named(null) })).rejects.toThrow('null value');
    await expect(db.transaction(() => Promise.reject(new Error('no')), { lastly: () => named('never') })).rejects.toThrow('no');
    await db.transaction((tx) => say(tx, key, 3), { lastly: () => undefined });
    expect(await label()).toMatchObject([{ label: 'silent' }]);
    expect(await saidOf(key)).toEqual(['1', '3']);
  });

  it('keeps a time limit of its own', async () => {
    const limit = `select current_setting('statement_timeout') as ms`;
    expect(await db.transaction((tx) => tx.query(limit), { statementTimeoutMs: 1_234 })).toEqual([{ ms: '1234ms' }]);
    expect(await db.transaction((tx) => tx.query(limit))).not.toEqual([{ ms: '1234ms' }]);
  });
});
