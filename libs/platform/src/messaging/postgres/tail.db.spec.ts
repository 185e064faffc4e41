import { testDatabase, type TestDatabase } from '../../testing';
import { BroadcastHub } from '../broadcast-hub';
import { parcelSent, suiteServices, until } from '../suite/process';
import { OutboxReader, type EventsQuery } from './outbox-reader';
import { Tail } from './tail';

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase({ services: suiteServices });
});
afterAll(() => test?.close());

const asksForStates = (sql: string): boolean => sql.includes('pg_sequence_last_value');

describe('who watches the outboxes', () => {
  it('begins afresh after track was lost, also when that happened while it looked', async () => {
    const story: string[] = [];
    let during: (() => void) | undefined;
    const query: EventsQuery = async (sql, params, options) => {
      const rows = await test.of('depot').query<never>(sql, params, options);
      if (!asksForStates(sql)) return rows;
      story.push('seen');
      during?.();
      during = undefined;
      return rows;
    };
    const hub = new BroadcastHub();
    hub.add({ name: 'watcher', on: [parcelSent], handle: () => undefined, onGap: () => void story.push('gap') });
    const horizons = new Map<string, number>();
    const tail = new Tail(new OutboxReader(query), { sources: ['depot'], hub, onNew: () => undefined, onAfresh: (source) => void story.push(`${source} afresh`), horizons, pollMs: { busy: 60_000, idle: 60_000 } });
    await tail.start();
    await until(() => horizons.has('depot'));
    story.length = 0;

    during = () => {
      tail.lostTrack();
      story.push('lost');
    };
    tail.wake();
    await until(() => story.includes('gap'));
    await tail.stop();
    // What it had seen before cannot be what it begins with.
    expect(story).toEqual(['seen', 'lost', 'seen', 'depot afresh', 'gap']);
    expect(horizons.has('depot')).toBe(true);
  });
});
