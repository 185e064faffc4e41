import { ManualClock } from '@autobroker/kernel';
import { testDatabase, type TestDatabase } from '../testing';
import { Messaging } from './messaging';
import { Retention } from './retention';
import { engineOf } from './suite/engines';
import { parcels, parcelSent, suiteServiceNames, suiteServices } from './suite/process';

const day = 86_400_000;

describe('what is kept of events', () => {
  let test: TestDatabase;
  let messaging: Messaging;
  let retention: Retention;
  const def = parcels('keeping');

  beforeEach(async () => {
    test = await testDatabase({ services: suiteServices, clock: new ManualClock(new Date(Date.now() - 10 * day)) });
    messaging = new Messaging({ transport: engineOf({ kind: 'postgres' }).transport(test.host) });
    messaging.register({ def, db: test.of('depot'), handle: async () => undefined });
    retention = new Retention(suiteServiceNames.map(test.of), { outboxRetentionMs: 7 * day, inboxRetentionMs: 30 * day }, messaging);
  });
  afterEach(() => test?.close());

  const publish = (n: number): Promise<string> =>
    test.of('depot').transaction((tx) => tx.publish(parcelSent, { key: 'a key', tenantId: null, data: { n } }));
  const kept = async (): Promise<number[]> =>
    (await test.of('depot').query<{ n: number }>(`select (data->>'n')::int as n from depot.outbox order by position`)).map(({ n }) => n);
  const offset = (consumer: string, position: number, updated = 'now()'): Promise<unknown> =>
    test.of('depot').query(`insert into depot.consumer_offset (consumer, source, position, updated_at) values ($1, 'depot', $2, ${updated})`, [consumer, position]);

  it('takes away old events that every consumer has seen, and nothing else', async () => {
    for (const n of [1, 2, 3, 4]) await publish(n);
    test.clock.advance(9 * day);
    await publish(5);
    await offset(def.name, 3);
    await test.of('shelf').query(`insert into shelf.consumer_offset (consumer, source, position) values ('shelf.other', 'depot', 2)`);
    expect(await retention.prune()).toEqual({ outbox: 2, inbox: 0 });
    expect(await kept()).toEqual([3, 4, 5]);
    await test.of('shelf').query('update shelf.consumer_offset set position = 5');
    await test.of('depot').query('update depot.consumer_offset set position = 5');
    expect(await retention.prune('depot')).toEqual({ outbox: 2, inbox: 0 });
    expect(await kept()).toEqual([5]);
  });

  it('is not held up by a consumer that no longer exists', async () => {
    await publish(1);
    await offset(def.name, 1, `now() - interval '60 days'`);
    await offset('depot.former', 0, `now() - interval '60 days'`);
    await retention.prune();
    expect(await kept()).toEqual([]);
    expect(await test.of('depot').query('select consumer from depot.consumer_offset')).toEqual([{ consumer: def.name }]);
  });

  it('forgets what was handled long ago', async () => {
    await test.of('depot').query(
      `insert into depot.inbox (consumer, event_id, source, occurred_at, handled_at)
       select 'depot.keeping', gen_random_uuid(), 'depot', now(), now() - age * interval '1 day' from unnest(array[1, 29, 31, 90]) age`,
    );
    expect((await retention.prune()).inbox).toBe(2);
  });
});
