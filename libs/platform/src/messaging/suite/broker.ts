import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { workspaceRoot } from '../../testing';

export interface Broker {
  readonly brokers: readonly string[];
  /** False for one that somebody else runs. */
  readonly owned: boolean;
  start(): Promise<void>;
  stop(): Promise<void>;
  kill(): Promise<void>;
  dispose(): Promise<void>;
}

/** A real Kafka, by the launcher that `npm run test:engines` uses too. */
export async function startBroker(): Promise<Broker> {
  const launcher: { startKafka(): Promise<Broker> } = await import(pathToFileURL(join(workspaceRoot(), 'tools/engines/kafka.mjs')).href);
  return launcher.startKafka();
}
