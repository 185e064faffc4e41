import { Client, type PoolClient } from 'pg';
import { testDatabase, type TestDatabase } from '../../testing';
import { ConnectionPool } from '../pool';
import { roleOf } from '../provision';
import { other, sample } from './sample';

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase({ services: [sample, other] });
});
afterAll(() => test?.close());

const poolSize = 3;

const [mine, theirs] = [roleOf('sample'), roleOf('other')];

describe('who waits for a connection', () => {
  let connections: ConnectionPool;
  let story: string[];
  let others: PoolClient[];
  beforeEach(async () => {
    story = [];
    connections = new ConnectionPool({ url: test.url, applicationName: 'line', poolSize });
    // All but one are busy all the time.
    others = [await connections.acquire(), await connections.acquire()];
  });
  afterEach(async () => {
    for (const client of others) connections.release(client);
    await connections.close();
  });

  /** Stands in the line, and says when it is served. */
  const standIn = async (name: string, role: string | undefined): Promise<void> => {
    const client = await connections.acquire(role);
    story.push(name);
    if (role !== undefined) await connections.pool.assumeRole(client, role);
    connections.release(client);
  };
  const holding = async (role: string): Promise<PoolClient> => {
    const client = await connections.acquire(role);
    await connections.pool.assumeRole(client, role);
    return client;
  };

  it('gets one that speaks as it already, before others that would have to change that', async () => {
    const first = await holding(mine);
    const sent = jest.spyOn(Client.prototype, 'query');
    const line = ([['their 1', theirs], ['my 1', mine], ['their 2', theirs], ['anyone', undefined], ['my 2', mine]] as const).map(([name, role]) => standIn(name, role));
    connections.release(first);
    await Promise.all(line);
    const changes = sent.mock.calls.length;
    sent.mockRestore();
    expect(story).toEqual(['my 1', 'anyone', 'my 2', 'their 1', 'their 2']);
    expect(changes).toBe(1);
  });

  it('is passed no more often than there are connections', async () => {
    const first = await holding(mine);
    const line = ['theirs', ...Array.from({ length: 9 }, (_, n) => `my ${n}`)].map((name) => standIn(name, name === 'theirs' ? theirs : mine));
    connections.release(first);
    await Promise.all(line);
    expect(story).toEqual(['my 0', 'my 1', 'my 2', 'theirs', 'my 3', 'my 4', 'my 5', 'my 6', 'my 7', 'my 8']);
  });

  it('comes after whoever came before, when a connection is lost', async () => {
    const first = await holding(mine);
    const line = (['theirs', 'mine'] as const).map((name) => standIn(name, name === 'theirs' ? theirs : mine));
    connections.discard(first);
    await Promise.all(line);
    expect(story).toEqual(['theirs', 'mine']);
  });
});
