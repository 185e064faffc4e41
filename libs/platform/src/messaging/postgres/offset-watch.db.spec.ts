import { uuidv7 } from '@autobroker/kernel';
import { testDatabase, type TestDatabase } from '../../testing';
import { Isolation } from '../isolation';
import { Lane } from '../lane';
import { LaneWorker } from '../lane-worker';
import { parcels, parcelSent, range, suiteServices, until } from '../suite/world';
import { OffsetWatch } from './offset-watch';
import { OutboxLog } from './outbox-log';
import { OutboxReader } from './outbox-reader';

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase({ services: suiteServices });
});
afterAll(() => test?.close());

/** Nobody looks by himself while the test runs. */
const never = 3_600_000;

describe('who watches the stored offsets', () => {
  it('tells the consumer whose offset another process has moved, and no other', async () => {
    const db = test.of('depot');
    const reader = new OutboxReader((sql, params, options) => db.queryAsAnyone(sql, params, options));
    await db.transaction((tx) => tx.publishAll(parcelSent, range(3).map((n) => ({ key: uuidv7(), tenantId: null, data: { n } }))));
    const handled: string[] = [];
    const lanes = ['moved', 'unmoved'].map((name) => {
      const def = parcels(name);
      const log = new OutboxLog(reader, 'depot', def.types, new Map([['depot', 3]]));
      const lane = new Lane(db, log, { consumer: def.name, source: 'depot', log: 'depot', startFrom: 'beginning' });
      return { lane, worker: new LaneWorker({ def, db, handle: async () => void handled.push(name) }, lane, { isolation: new Isolation(), onDeferred: () => undefined }, never) };
    });
    const workers = lanes.map(({ worker }) => worker);
    const watch = new OffsetWatch(reader, ['depot'], workers, never);
    const resets = workers.map((worker) => jest.spyOn(worker, 'reset'));
    try {
      for (const worker of workers) worker.start();
      await until(() => handled.length === 6 && lanes.every(({ lane }) => lane.empty));
      await db.query(`update depot.consumer_offset set position = 1 where consumer = 'depot.moved'`);
      await db.query(`delete from depot.inbox where consumer = 'depot.moved'`);
      handled.length = 0;
      watch.start();
      await until(() => handled.length === 2);
    } finally {
      await Promise.all([watch.stop(), ...workers.map((worker) => worker.stop())]);
    }
    expect(handled).toEqual(['moved', 'moved']);
    expect(resets.map((reset) => reset.mock.calls.length)).toEqual([1, 0]);
  });

  it('knows how far each of many places is behind, as one alone would', async () => {
    const db = test.of('depot');
    const reader = new OutboxReader((sql, params, options) => db.queryAsAnyone(sql, params, options));
    await db.transaction((tx) => tx.publish(parcelSent, { key: uuidv7(), tenantId: null, data: { n: 9 } }));
    const places = [
      { source: 'depot', position: 0, types: ['parcel.sent.v1'] },
      { source: 'shelf', position: 0, types: null },
      { source: 'depot', position: 2, types: null },
      { source: 'depot', position: 0, types: ['parcel.lost.v1', 'shelf.emptied.v1'] },
    ];
    const alone = (await Promise.all(places.map((place) => reader.behindAll([place])))).flat();
    expect(await reader.behindAll(places)).toEqual(alone);
    expect(alone.map(({ count }) => count)).toEqual([4, 0, 2, 0]);
    expect(alone[0]?.oldest).toBeInstanceOf(Date);
  });
});
