import { connectImpatiently } from '@autobroker/platform/cache';
import { startRedis, type RedisServer } from '../../../../../../tools/engines/redis.mjs';
import { HostWindows, type SlotAnswer } from './host-window';
import { hostWindowContract } from './host-window.suite';
import { RedisHostWindows } from './redis-host-window';

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis();
}, 120_000);
afterAll(() => redis.dispose());

/** Whoever has the say while Redis is away. */
class Fallback extends HostWindows {
  readonly asked: string[] = [];
  override take(source: string): Promise<SlotAnswer> {
    this.asked.push(source);
    return Promise.resolve({ booked: true, waitMs: 0 });
  }
  override holdOff(): Promise<void> {
    return Promise.resolve();
  }
}

async function connected() {
  const connection = connectImpatiently(redis.url, 'windows-spec', 1_000);
  connection.on('error', () => undefined);
  while (connection.status !== 'ready') await new Promise((resolve) => setTimeout(resolve, 5));
  return connection;
}

hostWindowContract({
  name: 'Redis',
  open: async () => {
    const [first, second] = [await connected(), await connected()];
    await first.flushall();
    const fallback = new Fallback();
    return {
      subject: { a: new RedisHostWindows(first, fallback), b: new RedisHostWindows(second, fallback) },
      close: () => {
        first.disconnect();
        second.disconnect();
        // Redis has answered everything by itself.
        expect(fallback.asked).toEqual([]);
        return Promise.resolve();
      },
    };
  },
});

it('the window lies under the name of its platform and is forgotten when nobody asks', async () => {
  const connection = await connected();
  await connection.flushall();
  await new RedisHostWindows(connection, new Fallback()).take('copart', { perMinute: 10, delayMs: 0 });
  const left = await connection.pttl('rate_limit:scraper:copart');
  expect([left > 60_000, left <= 180_000]).toEqual([true, true]);
  connection.disconnect();
});

it('while Redis is away the database has the say', async () => {
  const connection = await connected();
  const fallback = new Fallback();
  const windows = new RedisHostWindows(connection, fallback);
  await redis.stop();
  expect(await windows.take('copart', { perMinute: 1, delayMs: 0 })).toEqual({ booked: true, waitMs: 0 });
  await windows.holdOff('copart', 1_000);
  expect(fallback.asked).toEqual(['copart']);
  await redis.start();
  windows.onApplicationShutdown();
});
