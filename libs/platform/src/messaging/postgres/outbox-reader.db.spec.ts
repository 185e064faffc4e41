import { Client } from 'pg';
import type { Tx } from '../../database';
import { testDatabase, type TestDatabase } from '../../testing';
import { parcelSent, suiteServices, until } from '../suite/process';
import { OutboxReader, type SourceNews, type Wanted } from './outbox-reader';

let test: TestDatabase;
let reader: OutboxReader;
beforeAll(async () => {
  test = await testDatabase({ services: suiteServices });
  reader = new OutboxReader((sql, params, options) => test.of('depot').queryAsAnyone(sql, params, options));
});
afterAll(() => test?.close());

const usual: Wanted = { far: 100, near: 3, wanted: [parcelSent.type], told: [], most: 1_000 };
const seen = new Map<string, number>([['depot', 0]]);
const news = async (asked = usual): Promise<SourceNews> => {
  const [state] = await reader.news(seen, asked, null);
  if (state === undefined) throw new Error('nothing is said of the depot');
  return state;
};
const publish = (tx: Tx, n: number): Promise<string> => tx.publish(parcelSent, { key: 'k', tenantId: null, data: { n } });
const send = (n: number): Promise<string> => test.of('depot').transaction((tx) => publish(tx, n));
const places = ({ rows }: SourceNews): number[] => rows.map(({ position }) => position);

describe('what is new in the outboxes', () => {
  it('is told in one statement, up to what is still being written', async () => {
    expect(await news()).toEqual({ source: 'depot', issued: 0, horizon: 0, rows: [] });
    await send(1);
    const first = await news();
    expect(first).toMatchObject({ issued: 1, horizon: 1, rows: [{ position: 1, type: parcelSent.type, envelope: { data: { n: 1 } } }] });

    let finish = (): void => undefined;
    const held = new Promise<void>((resolve) => (finish = resolve));
    let written = (): void => undefined;
    const ready = new Promise<void>((resolve) => (written = resolve));
    const open = test.of('depot').transaction(async (tx) => {
      await publish(tx, 2);
      await tx.query('select from depot.outbox limit 0');
      written();
      await held;
    });
    await ready;
    await send(3);
    expect(await news()).toMatchObject({ issued: 3, horizon: 1, rows: [{ position: 1 }] });
    finish();
    await open;
    expect(places(await news())).toEqual([1, 2, 3]);
    seen.set('depot', 3);
    expect(await news()).toEqual({ source: 'depot', issued: 3, horizon: 3, rows: [] });
  });

  it('comes whole where there is little of it, as types where there is more, and not at all where there is too much', async () => {
    seen.set('depot', 0);
    const whole = (state: SourceNews): boolean[] => state.rows.map(({ envelope }) => envelope !== null);
    expect(whole(await news())).toEqual([true, true, true]);
    expect(whole(await news({ ...usual, near: 2 }))).toEqual([false, false, false]);
    expect(whole(await news({ ...usual, near: 2, told: usual.wanted }))).toEqual([true, true, true]);
    expect(places(await news({ ...usual, most: 2 }))).toEqual([1, 2]);
    expect(await news({ ...usual, far: 2 })).toEqual({ source: 'depot', issued: 3, horizon: 3, rows: [] });
    // Fewer than were seen: it was set back.
    seen.set('depot', 9);
    expect(await news()).toEqual({ source: 'depot', issued: 3, horizon: 3, rows: [] });
  });

  it('takes a word for others along', async () => {
    const listener = new Client({ connectionString: test.url });
    await listener.connect();
    const heard: (string | undefined)[] = [];
    listener.on('notification', ({ payload }) => void heard.push(payload));
    await listener.query('listen some_channel');
    seen.set('depot', 3);
    expect(await reader.news(seen, usual, { channel: 'some_channel', payload: 'hello' })).toEqual([{ source: 'depot', issued: 3, horizon: 3, rows: [] }]);
    await until(() => heard.length === 1);
    expect(heard).toEqual(['hello']);
    await listener.end();
  });
});
