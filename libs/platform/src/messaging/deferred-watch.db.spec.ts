import { uuidv7 } from '@autobroker/kernel';
import { Client } from 'pg';
import { testDatabase, type TestDatabase } from '../testing';
import { DeferredRunner } from './deferred-runner';
import { DeferredWatch } from './deferred-watch';
import { Isolation } from './isolation';
import type { RegisteredConsumer } from './event-run';
import { Messaging } from './messaging';
import { engineOf } from './suite/engines';
import { numberOf, parcels, range, suiteServices, until } from './suite/world';

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase({ services: suiteServices });
});
afterAll(() => test?.close());

/** Nobody looks by himself while a test runs. */
const never = 3_600_000;

const textOf = (statement: unknown): string =>
  typeof statement === 'string' ? statement : String(typeof statement === 'object' && statement !== null ? Reflect.get(statement, 'text') : '');

describe('who watches what was put off', () => {
  let closing: (() => Promise<void>)[] = [];
  let sent: jest.SpyInstance;
  beforeEach(() => {
    sent = jest.spyOn(Client.prototype, 'query');
  });
  afterEach(async () => {
    for (const close of closing) await close();
    closing = [];
    sent.mockRestore();
  });

  const looksOf = (part: string): number => sent.mock.calls.filter(([statement]) => textOf(statement).includes(part)).length;
  /** The statements of single consumers, and of the one who asks for all. */
  const looks = (): { own: number; forAll: number } => ({ own: looksOf('select distinct on (source, key)'), forAll: looksOf('select distinct on (consumer, source, key)') });

  const world = async (names: readonly string[]) => {
    const handled: string[] = [];
    const consumers = names.map((name): RegisteredConsumer => {
      const def = parcels(name);
      return { def, db: test.of('depot'), handle: async (event) => void handled.push(`${def.name} ${numberOf(event)}`) };
    });
    const runners = new Map(consumers.map((consumer) => [consumer.def.name, new DeferredRunner(consumer, new Isolation(), never)]));
    const watch = new DeferredWatch(consumers, runners, never);
    closing.push(() => watch.stop(), ...[...runners.values()].map((runner) => () => runner.stop()));
    for (const runner of runners.values()) runner.start();
    await until(() => looks().own === names.length);
    return { handled, watch };
  };

  /** As another process would that has ended since. */
  const putOff = async (name: string, n: number, inSeconds: number, key: string = uuidv7()): Promise<void> => {
    const event = { id: uuidv7(), type: 'parcel.sent.v1', version: 1, key, tenant_id: null, occurred_at: new Date().toISOString(), trace: null, data: { n } };
    await test.of('depot').query(
      `insert into depot.deferred (consumer, source, key, event_id, event, attempts, starts, next_attempt_at)
       values ($1, 'depot', $2, $3, $4, 1, 1, clock_timestamp() + $5 * interval '1 second')`,
      [`depot.${name}`, key, event.id, JSON.stringify(event), inSeconds],
    );
  };

  it('tells those who have something due, with one statement for all', async () => {
    const { handled, watch } = await world(['watched', 'idle-1', 'idle-2', 'idle-3']);
    await putOff('watched', 1, 0);
    watch.start();
    await until(() => handled.length > 0);
    expect(handled).toEqual(['depot.watched 1']);
    expect(looks().forAll).toBe(1);
    // The one at the start of each; then the one who was told, until nothing was left.
    await until(() => looks().own === 6);
    expect(looks().own).toBe(4 + 2);
  });

  it('tells nobody what he knows, and whoever it may be what is due sooner than he knew', async () => {
    const key = uuidv7();
    await putOff('patient', 1, 3_000, key);
    await putOff('patient', 2, 0, key);
    const { handled, watch } = await world(['patient']);
    watch.start();
    await until(() => looks().forAll === 1);
    watch.wake();
    await until(() => looks().forAll === 2);
    // The second waits behind the first of its key, however due it may be itself.
    expect({ handled, ...looks() }).toEqual({ handled: [], own: 1, forAll: 2 });

    // The server's clock was set forward, or an operator did not want to wait.
    await test.of('depot').query(`update depot.deferred set next_attempt_at = clock_timestamp() where consumer = 'depot.patient'`);
    watch.wake();
    await until(() => handled.length === 2);
    expect(handled).toEqual(['depot.patient 1', 'depot.patient 2']);
  });

  it('has whoever is looking look again: what was seen may have come after that', async () => {
    const db = test.of('depot');
    await putOff('looking', 1, 0.05);
    const { handled, watch } = await world(['looking']);
    const query = db.query.bind(db);
    const empty = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const slow = jest.spyOn(db, 'query').mockImplementation(async <R>(...asked: Parameters<typeof db.query>): Promise<R[]> => {
      const rows = await query<R>(...asked);
      // Nothing waits any more, it was told, and does not know it yet.
      if (asked[0].includes('select distinct on (source, key)') && handled.length === 1) {
        slow.mockRestore();
        empty.resolve();
        await gate.promise;
      }
      return rows;
    });
    await empty.promise;
    await putOff('looking', 2, 0);
    watch.start();
    await until(() => looks().forAll === 1);
    gate.resolve();
    await until(() => handled.length === 2);
    expect(handled).toEqual(['depot.looking 1', 'depot.looking 2']);
  });

  it('asks for the services of all its consumers, as whichever of them has the connection', async () => {
    const consumers = ['depot', 'shelf'].map((service): RegisteredConsumer => ({
      def: { ...parcels('both'), service, name: `${service}.both` },
      db: test.of(service),
      handle: async () => undefined,
    }));
    const told: string[] = [];
    const runners = new Map(consumers.map(({ def }) => [def.name, { expect: (inMs: number) => void told.push(`${def.name} ${Math.round(inMs / 60_000)}`) }]));
    await putOff('both', 1, 600);
    await test.of('shelf').query(`insert into shelf.deferred (consumer, source, key, event_id, event, next_attempt_at) select 'shelf.both', 'depot', 'k', gen_random_uuid(), '{}', clock_timestamp() + n * interval '20 minutes' from unnest($1::int[]) n`, [range(3, 1)]);
    const watch = new DeferredWatch(consumers, runners, never);
    closing.push(() => watch.stop());
    watch.start();
    await until(() => told.length === 2);
    expect(told.sort()).toEqual(['depot.both 10', 'shelf.both 20']);
  });

  it('looks at once when another process has taken something back, and when one begins to listen', async () => {
    const engine = engineOf({ kind: 'postgres' });
    const def = parcels('elsewhere');
    const handled: number[] = [];
    const [here, there] = [true, false].map((consume) => new Messaging({ transport: engine.transport(test.host), consume, deferredPollMs: never }));
    here?.register({ def, db: test.of('depot'), handle: async (event) => void handled.push(numberOf(event)) });
    closing.push(...[here, there].map((messaging) => () => messaging?.stop() ?? Promise.resolve()));
    await here?.start();
    await there?.start();
    const listening = async (messaging: Messaging | undefined): Promise<boolean> => (await messaging?.transport.health())?.detail === undefined;
    await until(async () => (await listening(here)) && (await listening(there)));
    // At the start, and when it listens.
    await until(() => looks().forAll >= 2 && looks().own >= 1);
    await putOff('elsewhere', 7, 0);
    there?.nudgeDeferred(def.name);
    await until(() => handled.length > 0);
    expect(handled).toEqual([7]);
  });
});
