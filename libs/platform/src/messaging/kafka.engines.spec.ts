import type { DatabaseHost } from '../database';
import { KafkaTransport } from './kafka/kafka-transport';
import { deliveryContract } from './suite/delivery.suite';
import { startBroker, type Broker } from './suite/broker';
import { suiteServiceNames, type TransportEngine } from './suite/world';

let broker: Broker;
let worlds = 0;

/** Topics of its own for every test. */
const makeEngine = (): Promise<TransportEngine> => {
  worlds += 1;
  const topicPrefix = `test${process.pid}-${worlds}`;
  return Promise.resolve({
    transport: (host: DatabaseHost) =>
      new KafkaTransport({
        connection: { brokers: broker.brokers, clientId: 'suite' },
        topicPrefix,
        partitions: 3,
        replicas: 1,
        services: suiteServiceNames,
        relay: suiteServiceNames.map((name) => host.of(name)),
        query: (sql, params) => host.of('depot').query(sql, params),
        connect: () => host.connectDirect(),
      }),
  });
};

describe('events over Kafka', () => {
  beforeAll(async () => {
    broker = await startBroker();
  }, 300_000);
  afterAll(() => broker?.dispose());

  describe('delivery', () => deliveryContract(makeEngine));
});
