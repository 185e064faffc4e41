import { Client } from 'pg';
import { createTestDatabase } from '../../testing';
import { until } from '../suite/process';
import { Notifier, type News } from './notifier';

let place: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  place = await createTestDatabase([]);
});
afterAll(() => place?.drop());

const connected = async (name: string): Promise<Client> => {
  const client = new Client({ connectionString: place.url, application_name: name });
  client.on('error', () => undefined);
  await client.connect();
  return client;
};

const listening = async (heard: News[]): Promise<Notifier> => {
  const notifier = new Notifier({ connect: () => connected('listens'), onNotified: (news) => void heard.push(news), onReconnected: () => undefined });
  notifier.start();
  await until(() => notifier.listening);
  heard.length = 0;
  return notifier;
};

describe('who tells other processes', () => {
  it('says whether only events are new, or also what was put off is to be taken', async () => {
    const [own, others]: [News[], News[]] = [[], []];
    const [teller, hearer] = [await listening(own), await listening(others)];
    teller.notify();
    await until(() => others.length === 1);
    teller.notify('deferred');
    teller.notify();
    await until(() => others.length >= 2);
    await Promise.all([teller.stop(), hearer.stop()]);
    // What was said meanwhile goes with it, or right after it.
    expect(others.slice(0, 2)).toEqual(['events', 'deferred']);
    expect(own).toEqual([]);
  });

  it('leaves the word to whoever takes it along, and gets it back where that has failed', async () => {
    const others: News[] = [];
    const [teller, hearer] = [await listening([]), await listening(others)];
    expect(teller.take()).toBeNull();
    teller.announce();
    expect(teller.take()).toMatchObject({ channel: 'autobroker_events' });
    expect(teller.take()).toBeNull();
    teller.giveBack();
    // Nobody has taken it: at the latest it is said at the end.
    await teller.stop();
    await until(() => others.length === 1);
    expect(others).toEqual(['events']);
    await hearer.stop();
  });

  it('leaves no connection behind where it may not listen', async () => {
    let asked = 0;
    const connect = async (): Promise<Client> => {
      asked += 1;
      const client = await connected('refused');
      // Refuses what comes next, as a standby refuses to listen; the connection stays.
      await client.query('begin');
      await client.query('select 1 / 0').catch(() => undefined);
      return client;
    };
    const notifier = new Notifier({ connect, onNotified: () => undefined, onReconnected: () => undefined });
    const watching = await connected('watches');
    notifier.start();
    await until(() => asked >= 3);
    await notifier.stop();
    const open = async (): Promise<unknown> => (await watching.query(`select count(*)::int as n from pg_stat_activity where application_name = 'refused'`)).rows[0];
    const none = async (): Promise<boolean> => JSON.stringify(await open()) === '{"n":0}';
    await until(none, 2_000);
    expect(await open()).toEqual({ n: 0 });
    await watching.end();
  });
});
