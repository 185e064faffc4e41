import type { EventEnvelope } from '@autobroker/contracts';
import type { Tx } from '../../database';
import { newKey, numberOf, parcels, parcelSent, pause, range, until, World, type Effect, type TransportEngine } from './world';

const operator = { actor: { kind: 'system' as const, id: null }, reason: 'test' };

/** What every transport promises about events that fail, and about what surrounds them. */
export function troubleContract(makeEngine: () => Promise<TransportEngine>): void {
  let world: World;
  beforeEach(async () => {
    world = await World.open(makeEngine);
  });
  afterEach(() => world?.close());

  const deadLetters = (): Promise<{ reason: string; error: string; attempts: number; key: string | null }[]> =>
    world.depot.query('select reason, error, attempts, key from depot.dead_letter order by id');

  it('parks an event that keeps failing; its key waits meanwhile, the others do not', async () => {
    const def = parcels('poisoned', { maxAttempts: 4, backoff: { firstMs: 700, factor: 1, maxMs: 700 } });
    const [bad, good] = [newKey(), newKey()];
    let tries = 0;
    await world.process().consumer(def, async (event, tx) => {
      if (event.key !== bad || numberOf(event) !== 2) return;
      tries += 1;
      // What a failing attempt has written must not stay.
      await tx.query('insert into depot.effect (consumer, event_id, key, n) values ($1, $2, $3, 99)', [def.name, event.id, event.key]);
      throw new Error(`no luck with ${numberOf(event)}`);
    }).start();
    await world.publishMany(bad, [1, 2, 3, 4]);
    await world.publishMany(good, range(10));
    // Two partitions: what comes before the failure may arrive after all of the others.
    await until(async () => (await world.numbers(def, good)).length >= 10 && (await world.numbers(def, bad)).length >= 1);
    expect(await world.numbers(def, good)).toEqual(range(10));
    expect(await world.numbers(def, bad)).toEqual([1]);
    await world.publish(bad, 5);
    await until(async () => (await world.numbers(def, bad)).length >= 4);
    expect(await world.numbers(def, bad)).toEqual([1, 3, 4, 5]);
    expect(tries).toBe(4);
    expect(await deadLetters()).toEqual([{ reason: 'failed', attempts: 4, key: bad, error: expect.stringContaining('no luck with 2') }]);
  });

  it('puts the bad one of many off alone: what the batch wrote is undone, the others are handled once', async () => {
    const def = parcels('together-poisoned', { maxAttempts: 2, backoff: { firstMs: 300, factor: 1, maxMs: 300 } });
    const [bad, good] = [newKey(), newKey()];
    await world.publishMany(bad, [1, 2, 3, 4]);
    await world.publishMany(good, range(30));
    let batches = 0;
    await world.process().batchConsumer(def, async (event, tx) => {
      if (event.key !== bad || numberOf(event) !== 2) return;
      await tx.query('insert into depot.effect (consumer, event_id, key, n) values ($1, $2, $3, 99)', [def.name, event.id, event.key]);
      throw new Error('no luck with 2');
    }, () => (batches += 1)).start();
    await until(async () => (await world.effects(def)).length >= 33 && (await deadLetters()).length >= 1, 20_000);
    expect(await world.numbers(def, bad)).toEqual([1, 3, 4]);
    expect(await world.numbers(def, good)).toEqual(range(30));
    expect(batches).toBeGreaterThan(0);
    expect(await deadLetters()).toEqual([{ reason: 'failed', attempts: 2, key: bad, error: expect.stringContaining('no luck with 2') }]);
  });

  it('takes a write that fails late for the fault of the event that asked for it, in the midst of a batch and at its end', async () => {
    const def = parcels('late', { maxAttempts: 2, backoff: { firstMs: 30, factor: 1, maxMs: 30 } });
    const [first, good, last] = [newKey(), newKey(), newKey()];
    await world.publishMany(first, [1, 2, 3]);
    await world.publishMany(good, range(10));
    await world.publishMany(last, [1, 2]);
    const process = world.process();
    const sql = 'insert into depot.effect (consumer, event_id, key, n) values ($1, $2, $3, $4)';
    const handle = (event: EventEnvelope, tx: Tx): Promise<void> => tx.writeLater({ table: 'effect', what: 'late', sql, values: [def.name, event.id, event.key, event.key !== good && numberOf(event) === 2 ? null : numberOf(event)] });
    process.messaging.register({ def, db: process.host.of('depot'), handle });
    await process.start();
    await until(async () => (await world.effects(def)).length >= 13 && (await deadLetters()).length >= 2);
    expect([await world.numbers(def, first), await world.numbers(def, good), await world.numbers(def, last)]).toEqual([[1, 3], range(10), [1]]);
    expect(new Set((await deadLetters()).map(({ key, attempts, error }) => `${key} ${attempts} ${error.includes('null value')}`))).toEqual(new Set([`${first} 2 true`, `${last} 2 true`]));
  });

  it('parks an event whose further attempts never came to an end: their processes must have died of it', async () => {
    const def = parcels('deadly-later', { backoff: { firstMs: 1000, factor: 1, maxMs: 1000 } });
    const key = newKey();
    let tries = 0;
    await world.process().consumer(def, async (event) => {
      if (numberOf(event) !== 0) return;
      tries += 1;
      throw new Error('first attempt');
    }).start();
    await world.publishMany(key, [0, 1]);
    await until(async () => (await world.depot.query('select 1 from depot.deferred where attempts = 1')).length > 0);
    // Three attempts were begun elsewhere, and neither succeeded nor failed.
    await world.depot.query('update depot.deferred set starts = starts + 3 where attempts = 1');
    await until(async () => (await world.numbers(def, key)).length >= 1);
    expect(tries).toBe(1);
    expect(await world.numbers(def, key)).toEqual([1]);
    expect(await deadLetters()).toEqual([{ reason: 'failed', attempts: 2, key, error: expect.stringContaining('3 processes in a row died') }]);
  });

  it('gets over a failure that passes, in order', async () => {
    const def = parcels('recovering');
    const key = newKey();
    let failures = 3;
    await world.process().consumer(def, async (event) => {
      if (numberOf(event) === 1 && failures > 0) {
        failures -= 1;
        throw new Error('not yet');
      }
    }).start();
    for (const n of range(6)) await world.publish(key, n);
    await until(async () => (await world.effects(def)).length >= 6);
    expect(await world.numbers(def, key)).toEqual(range(6));
    expect(await deadLetters()).toEqual([]);
  });

  it('replays dead letters, one or many, once each', async () => {
    const def = parcels('replayed', { maxAttempts: 1 });
    let broken = true;
    const process = await world.process().consumer(def, async () => {
      if (broken) throw new Error('broken');
    }).start();
    const key = newKey();
    await world.publishMany(key, range(5));
    await until(async () => (await deadLetters()).length >= 5);
    broken = false;
    const page = await process.admin.listDeadLetters({ consumer: def.name }, { limit: 2 });
    expect(page).toMatchObject({ total: 5, items: [{ key }, { key }], nextBefore: expect.any(String) });
    const [first] = await world.depot.query<{ id: string }>('select id from depot.dead_letter order by id limit 1');
    expect(await process.admin.replay({ ids: [first?.id ?? ''] }, operator)).toBe(1);
    await until(async () => (await world.effects(def)).length >= 1);
    expect(await world.numbers(def)).toEqual([0]);
    expect(await process.admin.replay({ key }, operator)).toBe(4);
    await until(async () => (await world.effects(def)).length >= 5);
    expect(await world.numbers(def, key)).toEqual(range(5));
    expect(await process.admin.replay({ key }, operator)).toBe(0);
    const audited = await world.depot.query('select action from depot.audit_log');
    expect(audited).toEqual(range(5).map(() => ({ action: 'messaging.dead_letter_replayed' })));
  });

  it('discards dead letters', async () => {
    const def = parcels('discarded', { maxAttempts: 1 });
    const process = await world.process().consumer(def, () => Promise.reject(new Error('broken'))).start();
    await world.publishMany(newKey(), range(3));
    await until(async () => (await deadLetters()).length >= 3);
    expect(await process.admin.discard({ consumer: 'depot.other' }, operator)).toBe(0);
    expect(await process.admin.discard({ consumer: def.name }, operator)).toBe(3);
    expect(await deadLetters()).toEqual([]);
    expect((await process.admin.consumers()).map(({ name, deferred, dead_letters }) => ({ name, deferred, dead_letters }))).toEqual([
      { name: def.name, deferred: 0, dead_letters: 0 },
    ]);
  });

  it('rewinds a consumer, which then goes through everything again', async () => {
    const [def, other] = [parcels('rewound'), parcels('not-rewound')];
    const process = await world.process().consumer(def).consumer(other).start();
    const key = newKey();
    await world.publishMany(key, range(4));
    await until(async () => (await world.effects(def)).length >= 4 && (await world.effects(other)).length >= 4);
    expect(await process.admin.rewind(def.name, 'beginning', operator)).toBe(true);
    await until(async () => (await world.effects(def)).length >= 8);
    await world.publish(key, 4);
    await until(async () => (await world.effects(def)).length >= 9 && (await world.effects(other)).length >= 5);
    expect(await world.numbers(def)).toEqual([...range(4), ...range(5)]);
    expect(await world.numbers(other)).toEqual(range(5));
    expect(await process.admin.rewind('depot.unknown', 'beginning', operator)).toBe(false);
    const [state] = (await process.admin.consumers()).filter(({ name }) => name === def.name);
    expect(state?.sources).toEqual([{ source: 'depot', behind: 0, oldest: null }]);
  });

  it('rewinds to a point in time', async () => {
    const def = parcels('rewound-to');
    const process = await world.process().consumer(def).start();
    const key = newKey();
    await world.publishMany(key, [1, 2]);
    await pause(30);
    const then = new Date();
    await pause(30);
    await world.publishMany(key, [3, 4]);
    await until(async () => (await world.effects(def)).length >= 4);
    await process.admin.rewind(def.name, then, operator);
    await until(async () => (await world.effects(def)).length >= 6);
    await pause(100);
    expect(await world.numbers(def, key)).toEqual([1, 2, 3, 4, 3, 4]);
  });

  it('puts what breaks its contract aside, with the reason, and goes on', async () => {
    const def = parcels('judging');
    const process = await world.process().consumer(def).start();
    const key = newKey();
    await world.depot.query(
      `insert into depot.outbox (id, type, version, key, occurred_at, data) values (gen_random_uuid(), 'parcel.sent.v1', 1, $1, now(), '{"n": "one"}')`,
      [key],
    );
    await world.publish(key, 2);
    await until(async () => (await world.effects(def)).length >= 1 && (await deadLetters()).length >= 1);
    expect(await world.numbers(def, key)).toEqual([2]);
    expect(await deadLetters()).toEqual([{ reason: 'invalid', attempts: 0, key, error: expect.stringContaining('breaks its contract') }]);
    expect(await process.admin.replay({ consumer: def.name }, operator)).toBe(0);
  });

  const tricks: readonly [string, (event: EventEnvelope, tx: Tx) => Promise<void>][] = [
    ['hangs', () => new Promise(() => undefined)],
    ['swallows an error of its SQL', (_, tx) => tx.query('select 1 / 0').then(() => undefined, () => undefined)],
    ['fails at the commit', (_, tx) => tx.query('insert into depot.late_check values (13)').then(() => undefined)],
    [
      'loses its connection',
      async (_, tx) => {
        await tx.query(`set local idle_in_transaction_session_timeout = '20ms'`);
        await pause(150);
        await tx.query('select 1');
      },
    ],
    ['runs a statement without end', (_, tx) => tx.query('select pg_sleep(60)').then(() => undefined)],
  ];
  const both = tricks.flatMap(([what, trick]) => [
    [what, 'one by one', trick] as const,
    [what, 'together', trick] as const,
  ]);
  it.each(both)('is not stopped by a handler that %s (%s)', async (_, way, trick) => {
    const def = parcels('tricked', { timeoutMs: 300, maxAttempts: 2 });
    const work = async (event: EventEnvelope, tx: Tx): Promise<void> => {
      if (numberOf(event) === 3) await trick(event, tx);
    };
    await (way === 'together' ? world.process().batchConsumer(def, work) : world.process().consumer(def, work)).start();
    const [bad, good] = [newKey(), newKey()];
    await world.publishMany(bad, [1, 3, 5]);
    await world.publishMany(good, range(3, 10));
    await until(async () => (await world.effects(def)).length >= 5 && (await deadLetters()).length >= 1, 25_000);
    expect(await world.numbers(def, bad)).toEqual([1, 5]);
    expect(await world.numbers(def, good)).toEqual(range(3, 10));
    expect(await deadLetters()).toMatchObject([{ reason: 'failed', key: bad, attempts: 2 }]);
  }, 40_000);

  it('tells broadcast subscribers when they may have missed something', async () => {
    if (world.engine.settings.kind !== 'postgres') return; // topics are read from where one was, whatever happens
    let gaps = 0;
    const seen: string[] = [];
    const process = world.process();
    process.messaging.subscribe({ name: 'watcher', on: [parcelSent], handle: (event) => void seen.push(event.id), onGap: () => void (gaps += 1) });
    await process.start();
    const first = await world.publish(newKey(), 1);
    await until(() => seen.length > 0);
    expect(gaps).toBe(0);
    await world.cutConnections();
    await until(() => gaps > 0);
    const second = await world.publish(newKey(), 2);
    await until(() => seen.length > 1);
    expect(seen).toEqual([first, second]);
  });

  it('does nothing twice when its database goes away in the middle', async () => {
    const def = parcels('interrupted', { batchSize: 20 });
    await world.process().consumer(def, () => pause(2)).start();
    const keys = range(5).map(newKey);
    const publishing = Promise.all(keys.map((key) => world.publishMany(key, range(30))));
    await publishing;
    for (let cut = 0; cut < 4; cut++) {
      await pause(60);
      await world.cutConnections();
    }
    await until(async () => (await world.effectsWhenReachable(def)).length >= 150, 25_000);
    for (const key of keys) expect((await world.effects(def)).filter((effect: Effect) => effect.key === key).map(({ n }) => n)).toEqual(range(30));
    expect(await deadLetters()).toEqual([]);
  }, 40_000);
}
