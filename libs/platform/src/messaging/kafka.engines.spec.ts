import { startBroker, type Broker } from './suite/broker';
import { crashContract } from './suite/crash.suite';
import { deliveryContract } from './suite/delivery.suite';
import { engineOf } from './suite/engines';
import { troubleContract } from './suite/trouble.suite';
import { newKey, parcels, parcelSent, pause, range, until, World, type TransportEngine } from './suite/world';

let broker: Broker;
let worlds = 0;

/** Topics of its own for every test. */
const makeEngine = (): Promise<TransportEngine> => {
  worlds += 1;
  return Promise.resolve(engineOf({ kind: 'kafka', brokers: broker.brokers, topicPrefix: `test${process.pid}-${worlds}` }));
};

describe('events over Kafka', () => {
  beforeAll(async () => {
    broker = await startBroker();
  }, 300_000);
  afterAll(() => broker?.dispose());

  describe('delivery', () => deliveryContract(makeEngine));
  describe('trouble', () => troubleContract(makeEngine));
  describe('crash', () => crashContract(makeEngine));

  describe('when the broker goes away', () => {
    it.each(['stop', 'kill'] as const)('(%s) takes events meanwhile, and catches up by itself', async (how) => {
      if (!broker.owned) return;
      const world = await World.open(makeEngine);
      try {
        const def = parcels('outage');
        const seen: string[] = [];
        const process = world.process().consumer(def);
        process.messaging.subscribe({ name: 'watcher', on: [parcelSent], handle: (event) => void seen.push(event.id) });
        await process.start();
        const key = newKey();
        const ids = await world.publishMany(key, range(5));
        await until(async () => (await world.effects(def)).length >= 5);
        await broker[how]();
        const began = performance.now();
        for (const n of range(20, 5)) ids.push(await world.publish(key, n));
        expect(performance.now() - began).toBeLessThan(5_000);
        expect(await process.messaging.transport.health()).toMatchObject({ ok: false });
        await pause(500);
        await broker.start();
        await until(async () => (await world.effects(def)).length >= 25 && new Set(seen).size >= 25, 40_000);
        expect(await world.numbers(def, key)).toEqual(range(25));
        expect([...new Set(seen)]).toEqual(ids);
        expect(await process.messaging.transport.health()).toMatchObject({ ok: true });
      } finally {
        await world.close();
      }
    }, 120_000);

    it('starts without it, and begins when it comes', async () => {
      if (!broker.owned) return;
      const world = await World.open(makeEngine);
      try {
        await broker.stop();
        const def = parcels('early');
        await world.process().consumer(def).start();
        const key = newKey();
        await world.publishMany(key, range(3));
        await broker.start();
        await until(async () => (await world.effects(def)).length >= 3, 40_000);
        expect(await world.numbers(def, key)).toEqual(range(3));
      } finally {
        await world.close();
      }
    }, 120_000);
  });
});
