import { defineEvent } from '@autobroker/contracts';
import { z } from 'zod';
import { platformTables, type ServiceSchema, type Tx } from '../database';
import { testDatabase, type TestDatabase } from '../testing';
import { InvalidEventError } from '.';

const doorOpened = defineEvent({ type: 'door.opened.v1', service: 'gate', summary: 'A door is open.', data: z.strictObject({ n: z.int() }), fixture: { n: 1 } });
const service = (name: string): ServiceSchema => ({ name, entities: [], migrations: platformTables(name) });

describe('the outbox', () => {
  let test: TestDatabase;
  beforeEach(async () => {
    test = await testDatabase({ services: [service('gate'), service('fence')] });
  });
  afterEach(() => test?.close());

  /** Looking there makes the transaction write at once what it would write before its commit. */
  const publish = async (tx: Tx, n = 1): Promise<void> => {
    await tx.publish(doorOpened, { key: 'door', tenantId: null, data: { n } });
    await tx.query('select from gate.outbox limit 0');
  };
  const horizon = async (): Promise<number> => {
    const [row] = await test.of('fence').query<{ horizon: string }>('select gate.outbox_horizon() as horizon');
    return Number(row?.horizon);
  };

  /** A transaction that stays open until it is told to end. */
  const open = async (work: (tx: Tx) => Promise<unknown>): Promise<{ end: () => Promise<void> }> => {
    let finish = (): void => undefined;
    const held = new Promise<void>((resolve) => (finish = resolve));
    let begun = (): void => undefined;
    const ready = new Promise<void>((resolve) => (begun = resolve));
    const done = test.of('gate').transaction(async (tx) => {
      await work(tx);
      begun();
      await held;
    });
    await Promise.race([ready, done]);
    return { end: () => (finish(), done) };
  };

  it('stops readers before the first event of a transaction that is still open', async () => {
    await test.of('gate').transaction((tx) => publish(tx));
    expect(await horizon()).toBe(1);
    const first = await open((tx) => publish(tx));
    const second = await open((tx) => publish(tx));
    await test.of('gate').transaction((tx) => publish(tx));
    expect(await horizon()).toBe(1);
    await first.end();
    expect(await horizon()).toBe(2);
    await second.end();
    expect(await horizon()).toBe(4);
  });

  it('does not wait for transactions that publish nothing, or have undone it', async () => {
    const silent = await open((tx) => tx.query(`insert into gate.inbox values ('c', gen_random_uuid(), 'gate', now())`));
    const undone = await open((tx) =>
      tx.savepoint(async () => {
        await publish(tx);
        throw new Error('no');
      }).catch(() => undefined),
    );
    await test.of('gate').transaction((tx) => publish(tx));
    expect(await horizon()).toBe(2);
    await silent.end();
    await undone.end();
  });

  it('announces a transaction again that publishes after undoing its first event', async () => {
    const again = await open(async (tx) => {
      await tx.savepoint(async () => {
        await publish(tx);
        throw new Error('no');
      }).catch(() => undefined);
      await publish(tx, 2);
    });
    await test.of('gate').transaction((tx) => publish(tx, 3));
    expect(await horizon()).toBe(1);
    await again.end();
    expect(await horizon()).toBe(3);
  });

  it('takes one lock for a transaction, however many events it publishes', async () => {
    const many = await open(async (tx) => {
      for (let n = 0; n < 30; n++) await publish(tx, n);
      await tx.publishAll(doorOpened, Array.from({ length: 2_000 }, (_, n) => ({ key: 'door', tenantId: null, data: { n } })));
      await tx.query('select from gate.outbox limit 0');
    });
    const [row] = await test.of('gate').query<{ count: string }>(
      `select count(*) as count from pg_locks where locktype = 'advisory' and classid = 'gate.outbox'::regclass::oid`,
    );
    expect(Number(row?.count)).toBe(1);
    await many.end();
    const rows = await test.of('gate').query<{ n: number }>(`select (data->>'n')::int as n from gate.outbox order by position offset 30`);
    expect(rows.map(({ n }) => n)).toEqual(Array.from({ length: 2_000 }, (_, n) => n));
  });

  it('refuses an event that breaks its contract, and the whole transaction with it', async () => {
    const broken = { key: 'door', tenantId: null, data: { n: 1.5 } };
    await expect(test.of('gate').transaction((tx) => tx.publish(doorOpened, broken))).rejects.toBeInstanceOf(InvalidEventError);
    await expect(test.of('gate').transaction((tx) => tx.publish(doorOpened, { ...broken, key: '', data: { n: 1 } }))).rejects.toBeInstanceOf(InvalidEventError);
    expect(await test.of('gate').query('select 1 from gate.outbox')).toEqual([]);
  });

  it('can be read by every service, and written by none but its own', async () => {
    await test.of('gate').transaction((tx) => publish(tx));
    expect(await test.of('fence').query('select type from gate.outbox')).toEqual([{ type: 'door.opened.v1' }]);
    const denied = { message: expect.stringContaining('permission denied') };
    await expect(test.of('fence').query('delete from gate.outbox')).rejects.toMatchObject(denied);
    await expect(test.of('fence').query('select * from gate.inbox')).rejects.toMatchObject(denied);
  });
});
