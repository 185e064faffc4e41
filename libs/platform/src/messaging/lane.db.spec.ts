import { uuidv7 } from '@autobroker/kernel';
import type { Tx } from '../database';
import { testDatabase, type TestDatabase } from '../testing';
import { InboxStore } from './inbox-store';
import { Lane } from './lane';
import { OutboxLog } from './postgres/outbox-log';
import { OutboxReader } from './postgres/outbox-reader';
import { newKey, parcelSent, range, suiteServices } from './suite/world';

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase({ services: suiteServices });
});
afterAll(() => test?.close());

/** One replica's lane of a consumer, with what it has read ahead. */
async function replica(consumer: string): Promise<{ lane: Lane; accept: (tx: Tx) => ReturnType<Lane['accept']> }> {
  const db = test.of('depot');
  const reader = new OutboxReader((sql, params, options) => db.query(sql, params, options));
  const lane = new Lane(db, new OutboxLog(reader, 'depot', [parcelSent.type], new Map()), { consumer, source: 'depot', log: 'depot', startFrom: 'now' });
  await lane.storedPosition();
  return { lane, accept: (tx) => lane.accept(tx, lane.ahead(10), new InboxStore('depot', consumer)) };
}

const publish = (keys: readonly string[]): Promise<string[]> =>
  test.of('depot').transaction((tx) => tx.publishAll(parcelSent, keys.map((key, n) => ({ key, tenantId: null, data: { n } }))));

describe('a batch of one of several replicas', () => {
  it('is taken by one, and is none of the others’ business until that one has ended', async () => {
    const db = test.of('depot');
    const consumer = `depot.c${uuidv7()}`;
    const [mine, theirs] = [await replica(consumer), await replica(consumer)];
    const ids = await publish(range(3).map(newKey));
    await mine.lane.fill();
    await theirs.lane.fill();
    const done = () => mine.lane.done(2);
    await db.transaction(async (tx) => {
      expect(await mine.accept(tx)).toEqual({ fresh: new Set(ids), blocked: new Set() });
      await db.transaction(async (other) => expect(await theirs.accept(other)).toBe('busy'));
    }, { lastly: done });
    mine.lane.committed();
    // What it takes now is the third one, which the other knows nothing of.
    await db.transaction(async (tx) => expect(await theirs.accept(tx)).toBe('moved'));
    await theirs.lane.fill();
    expect(theirs.lane.ahead(10).map((delivery) => delivery.valid && delivery.event.id)).toEqual(ids.slice(2));
    await db.transaction(async (tx) => expect(await theirs.accept(tx)).toMatchObject({ fresh: new Set() }));
    const [row] = await db.query<{ count: string }>('select count(*) as count from depot.inbox where consumer = $1', [consumer]);
    expect(Number(row?.count)).toBe(3);
  });

  it('leaves nothing in the inbox when it was moved meanwhile, or is undone', async () => {
    const db = test.of('depot');
    const consumer = `depot.c${uuidv7()}`;
    const { lane, accept } = await replica(consumer);
    await publish([newKey()]);
    await lane.fill();
    await expect(db.transaction(async (tx) => {
      expect(await accept(tx)).toMatchObject({ fresh: expect.objectContaining({ size: 1 }) });
      throw new Error('no');
    })).rejects.toThrow('no');
    await db.query('update depot.consumer_offset set position = position + 1 where consumer = $1', [consumer]);
    await db.transaction(async (tx) => expect(await accept(tx)).toBe('moved'));
    expect(await db.query('select 1 from depot.inbox where consumer = $1', [consumer])).toEqual([]);
    expect(lane.empty).toBe(true);
  });

  it('knows behind which keys something waits, also where it meets what was delivered before', async () => {
    const db = test.of('depot');
    const consumer = `depot.c${uuidv7()}`;
    const { lane, accept } = await replica(consumer);
    const [waiting, free] = [newKey(), newKey()];
    const [first, second] = await publish([waiting, free]);
    await lane.fill();
    await db.query(
      `insert into depot.deferred (consumer, source, key, event_id, event) values ($1, 'depot', $2, gen_random_uuid(), '{}'), ($1, 'shelf', $3, gen_random_uuid(), '{}')`,
      [consumer, waiting, free],
    );
    const blocked = new Set([waiting]);
    await db.transaction(async (tx) => expect(await accept(tx)).toEqual({ fresh: new Set([first, second]), blocked }));
    await db.query('delete from depot.inbox where consumer = $1 and event_id = $2', [consumer, second]);
    await db.transaction(async (tx) => expect(await accept(tx)).toEqual({ fresh: new Set([second]), blocked }));
  });
});
