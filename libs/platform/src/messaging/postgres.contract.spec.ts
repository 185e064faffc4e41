import { crashContract } from './suite/crash.suite';
import { deliveryContract } from './suite/delivery.suite';
import { engineOf } from './suite/engines';
import { troubleContract } from './suite/trouble.suite';
import type { TransportEngine } from './suite/world';

const makeEngine = (): Promise<TransportEngine> => Promise.resolve(engineOf({ kind: 'postgres' }));

describe('events over the outbox tables', () => {
  describe('delivery', () => deliveryContract(makeEngine));
  describe('trouble', () => troubleContract(makeEngine));
  describe('crash', () => crashContract(makeEngine));
});
