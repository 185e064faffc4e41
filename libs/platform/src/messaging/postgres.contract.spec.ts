import type { DatabaseHost } from '../database';
import { PostgresTransport } from './postgres/postgres-transport';
import { deliveryContract } from './suite/delivery.suite';
import { suiteServiceNames, type TransportEngine } from './suite/world';

const makeEngine = (): Promise<TransportEngine> =>
  Promise.resolve({
    transport: (host: DatabaseHost) =>
      new PostgresTransport({
        query: (sql, params) => host.of('depot').query(sql, params),
        connect: () => host.connectDirect(),
        services: suiteServiceNames,
      }),
  });

describe('events over the outbox tables', () => {
  describe('delivery', () => deliveryContract(makeEngine));
});
