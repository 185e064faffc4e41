import { newKey, parcelLost, parcels, parcelSent, pause, range, shelfEmptied, until, World, type TransportEngine } from './world';
import { defineConsumer } from '../consumer-def';

/** What every transport promises about events that meet no trouble. */
export function deliveryContract(makeEngine: () => Promise<TransportEngine>): void {
  let world: World;
  beforeEach(async () => {
    world = await World.open(makeEngine);
  });
  afterEach(() => world?.close());

  it('handles every event once, in order per key', async () => {
    const def = parcels('once');
    await world.process().consumer(def).start();
    const keys = range(20).map(newKey);
    const ids = (await Promise.all(keys.map((key) => world.publishMany(key, range(25))))).flat();
    await until(async () => (await world.effects(def)).length >= 500);
    const effects = await world.effects(def);
    expect(effects.map((effect) => effect.event_id).sort()).toEqual(ids.sort());
    for (const key of keys) expect(effects.filter((effect) => effect.key === key).map(({ n }) => n)).toEqual(range(25));
  });

  it('gives a consumer that takes many at once its events together, each once and in order per key', async () => {
    const def = parcels('together');
    const keys = range(10).map(newKey);
    const early = (await Promise.all(keys.map((key) => world.publishMany(key, range(20))))).flat();
    const batches: number[] = [];
    // Which of the two processes gets what is the transport's affair: one may take it all.
    const seen = (size: number): number => batches.push(size);
    const near = await world.process().batchConsumer(def, undefined, seen).start();
    const far = await (await world.farProcess()).batchConsumer(def, undefined, seen).start();
    const late = (await Promise.all(keys.map((key) => world.publishMany(key, range(20, 20))))).flat();
    await until(async () => (await world.effects(def)).length >= 400, 20_000);
    await pause(100);
    const effects = await world.effects(def);
    expect(effects.map((effect) => effect.event_id).sort()).toEqual([...early, ...late].sort());
    for (const key of keys) expect(effects.filter((effect) => effect.key === key).map(({ n }) => n)).toEqual(range(40));
    expect(Math.max(...batches)).toBeGreaterThan(5);
    await near.stop();
    await far.stop();
  });

  it('keeps the order in which concurrent transactions changed the same thing', async () => {
    const def = parcels('ordered');
    await world.process().consumer(def).start();
    const keys = range(4).map(newKey);
    await world.depot.query('insert into depot.counter select unnest($1::text[]), 0', [keys]);
    const change = async (key: string, early: boolean): Promise<void> => {
      await world.depot.transaction(async (tx) => {
        // Some have done something else first, so that their transaction is older than its place in the order.
        if (early) await tx.query('insert into depot.counter values ($1, 0)', [newKey()]);
        if (early) await pause(Math.random() * 10);
        const [row] = await tx.query<{ n: number }>('update depot.counter set n = n + 1 where key = $1 returning n', [key]);
        await tx.publish(parcelSent, { key, tenantId: null, data: { n: row?.n ?? -1 } });
      });
    };
    await Promise.all(range(8).map(async (worker) => {
      for (const index of range(15)) await change(keys[(worker + index) % 4] ?? '', (worker + index) % 3 === 0);
    }));
    await until(async () => (await world.effects(def)).length >= 120);
    for (const key of keys) expect(await world.numbers(def, key)).toEqual(range(30, 1));
  });

  it('does not skip the event of a transaction that commits late', async () => {
    const def = parcels('overlap');
    await world.process().consumer(def).start();
    const [slow, quick] = [newKey(), newKey()];
    let finish = (): void => undefined;
    const open = new Promise<void>((resolve) => (finish = resolve));
    const late = world.depot.transaction(async (tx) => {
      await tx.publish(parcelSent, { key: slow, tenantId: null, data: { n: 1 } });
      await tx.query('select from depot.outbox limit 0'); // its position is taken now, not just before the commit
      await open;
    });
    await pause(50);
    await world.publish(quick, 2);
    await pause(200);
    finish();
    await late;
    await until(async () => (await world.effects(def)).length >= 2);
    expect(await world.numbers(def, slow)).toEqual([1]);
    expect(await world.numbers(def, quick)).toEqual([2]);
  });

  it('delivers nothing of a transaction, or a savepoint, that was undone', async () => {
    const def = parcels('undone');
    await world.process().consumer(def).start();
    const key = newKey();
    const failure = new Error('no');
    await expect(world.depot.transaction(async (tx) => {
      await tx.publish(parcelSent, { key, tenantId: null, data: { n: 1 } });
      throw failure;
    })).rejects.toBe(failure);
    await world.depot.transaction(async (tx) => {
      await tx.savepoint(async () => {
        await tx.publish(parcelSent, { key, tenantId: null, data: { n: 2 } });
        throw failure;
      }).catch(() => undefined);
      await tx.publish(parcelSent, { key, tenantId: null, data: { n: 3 } });
    });
    await until(async () => (await world.effects(def)).length >= 1);
    await pause(100);
    expect(await world.numbers(def)).toEqual([3]);
  });

  it('drops what is delivered twice', async () => {
    const def = parcels('twice');
    const key = newKey();
    await world.publish(key, 1);
    await world.depot.query(`insert into depot.outbox (id, type, version, key, tenant_id, occurred_at, trace, data)
                             select id, type, version, key, tenant_id, occurred_at, trace, data from depot.outbox`);
    await world.process().consumer(def).start();
    await world.publish(key, 2);
    await until(async () => (await world.effects(def)).length >= 2);
    expect(await world.numbers(def, key)).toEqual([1, 2]);
  });

  it('hears several services, and only the events it asked for', async () => {
    const def = defineConsumer({ name: 'shelf.both', on: [parcelLost, shelfEmptied] });
    await world.process().consumer(def).start();
    const key = newKey();
    await world.publish(key, 1, parcelSent);
    await world.publish(key, 2, parcelLost);
    await world.publish(key, 3, shelfEmptied);
    await until(async () => (await world.effects(def)).length >= 2);
    expect((await world.numbers(def)).sort((a, b) => a - b)).toEqual([2, 3]);
  });

  it('gives a consumer that is added later what is retained, or what comes next, as it asks', async () => {
    const first = parcels('first');
    const before = await world.process().consumer(first).start();
    const key = newKey();
    await world.publishMany(key, range(5));
    await until(async () => (await world.effects(first)).length >= 5);
    await before.stop();
    const [all, fresh] = [parcels('later-all'), parcels('later-now', { startFrom: 'now' })];
    await world.process().consumer(first).consumer(all).consumer(fresh).start();
    await until(async () => (await world.effects(all)).length >= 5);
    await pause(300);
    await world.publish(key, 5);
    await until(async () => (await world.effects(fresh)).length >= 1);
    for (const old of [first, all]) await until(async () => (await world.effects(old)).length >= 6);
    expect(await world.numbers(all)).toEqual(range(6));
    expect(await world.numbers(fresh)).toEqual([5]);
    expect(await world.numbers(first)).toEqual(range(6));
  });

  it('lets two replicas share a consumer without doing anything twice', async () => {
    const def = parcels('shared', { batchSize: 5 });
    const keys = range(6).map(newKey);
    const near = await world.process().consumer(def).start();
    const far = await (await world.farProcess()).consumer(def).start();
    await Promise.all(keys.map(async (key) => {
      for (const n of range(20)) await world.publish(key, n);
    }));
    await until(async () => (await world.effects(def)).length >= 120, 20_000);
    await pause(100);
    for (const key of keys) expect(await world.numbers(def, key)).toEqual(range(20));
    await near.stop();
    await world.publish(keys[0] ?? '', 20);
    await until(async () => (await world.effects(def)).length >= 121, 20_000);
    expect(await world.numbers(def, keys[0])).toEqual(range(21));
    await far.stop();
  });

  it('finishes what it has in hand when it is stopped, and leaves the rest to the next', async () => {
    const def = parcels('drained', { batchSize: 3 });
    let begun = 0;
    const first = await world.process().consumer(def, async () => {
      begun += 1;
      await pause(20);
    }).start();
    const key = newKey();
    await world.publishMany(key, range(30));
    await until(() => begun > 0);
    await first.stop();
    const done = (await world.effects(def)).length;
    expect(done).toBe(begun);
    expect(done).toBeLessThan(30);
    await world.process().consumer(def).start();
    await until(async () => (await world.effects(def)).length >= 30);
    expect(await world.numbers(def, key)).toEqual(range(30));
  });

  it('shows broadcasts to every process, those that do not consume included', async () => {
    const seen: string[][] = [[], [], []];
    const processes = [world.process(), world.process(false), await world.farProcess()];
    processes.forEach((process, index) =>
      process.messaging.subscribe({ name: `watcher ${index}`, on: [parcelSent], handle: (event) => void seen[index]?.push(event.id) }),
    );
    await Promise.all(processes.map((process) => process.start()));
    const key = newKey();
    const ids = [await world.publish(key, 1), await world.publish(key, 2), await world.publish(key, 3)];
    await world.publish(key, 4, parcelLost);
    await until(() => seen.every((list) => list.length >= 3));
    expect(seen).toEqual([ids, ids, ids]);
  });

  it('is quick from commit to consumer', async () => {
    const def = parcels('quick');
    await world.process().consumer(def).start();
    const key = newKey();
    const committed = new Map<string, number>();
    for (const n of range(60)) {
      const id = await world.publish(key, n);
      committed.set(id, Date.now());
      await pause(10);
    }
    await until(async () => (await world.effects(def)).length >= 60);
    const rows = await world.depot.query<{ event_id: string; at: Date }>('select event_id, at from depot.effect');
    const latencies = rows.map((row) => row.at.getTime() - (committed.get(row.event_id) ?? 0)).sort((a, b) => a - b);
    expect(latencies).toHaveLength(60);
    process.stdout.write(`      commit to handler: P50 ${latencies[30]} ms, P95 ${latencies[57]} ms\n`);
  });
}
