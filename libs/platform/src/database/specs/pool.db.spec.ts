import { setTimeout as pause } from 'node:timers/promises';
import { testDatabase, type TestDatabase } from '../../testing';
import { ConnectionPool } from '../pool';

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase({ services: [] });
});
afterAll(() => test?.close());

describe('the pool', () => {
  it('keeps some connections open through a lull, and no more than that', async () => {
    const connections = new ConnectionPool({ url: test.url, applicationName: 'lull', poolSize: 5, keep: 2, idleTimeoutMs: 1 });
    const { pool } = connections;
    const closed: unknown[] = [];
    pool.on('remove', () => closed.push(pool.totalCount));
    try {
      const clients = await Promise.all(Array.from({ length: 4 }, () => connections.acquire()));
      for (const client of clients) connections.release(client);
      while (closed.length < 2) await pause(1);
      // The timers of all four began at the same moment; one more turn, and the last of them has come, too.
      await pause(1);
      expect(pool.totalCount).toBe(2);
      expect(closed).toHaveLength(2);
    } finally {
      await connections.close();
    }
  });
});
