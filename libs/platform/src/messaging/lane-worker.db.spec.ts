import { uuidv7 } from '@autobroker/kernel';
import { testDatabase, type TestDatabase } from '../testing';
import { Isolation } from './isolation';
import { Lane } from './lane';
import { LaneWorker } from './lane-worker';
import { OutboxLog } from './postgres/outbox-log';
import { OutboxReader } from './postgres/outbox-reader';
import { parcels, parcelSent, range, suiteServices, until } from './suite/world';

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase({ services: suiteServices });
});
afterAll(() => test?.close());

/** A number that nothing else waits for. */
const gatherMs = 37;

describe('a consumer that gathers', () => {
  it('waits for others before it looks, but not between the pages of a backlog', async () => {
    const db = test.of('depot');
    const def = parcels('gatherer', { gatherMs, batchSize: 500 });
    const inputs = range(1_001).map((n) => ({ key: uuidv7(), tenantId: null, data: { n } }));
    await db.transaction((tx) => tx.publishAll(parcelSent, inputs));
    const reader = new OutboxReader((sql, params, options) => db.query(sql, params, options));
    const lane = new Lane(db, new OutboxLog(reader, 'depot', def.types, new Map()), { consumer: def.name, source: 'depot', log: 'depot', startFrom: 'beginning' });
    const waits = jest.spyOn(globalThis, 'setTimeout');
    const gathered = (): number => waits.mock.calls.filter(([, ms]) => ms === gatherMs).length;
    /** How often it had waited by then, of each event. */
    const handled: number[] = [];
    const handle = async (): Promise<void> => void handled.push(gathered());
    const worker = new LaneWorker({ def, db, handle }, lane, { isolation: new Isolation(), onDeferred: () => undefined });
    try {
      worker.start();
      // The last page is not full: behind it, it waits for others again.
      await until(() => gathered() > 1 && handled.length === 1_001);
    } finally {
      await worker.stop();
      waits.mockRestore();
    }
    expect(handled).toHaveLength(1_001);
    expect(new Set(handled)).toEqual(new Set([1]));
  });
});
