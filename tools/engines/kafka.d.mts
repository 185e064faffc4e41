import type { EngineServer } from './support.mjs';

export interface KafkaServer extends EngineServer {
  readonly brokers: readonly string[];
}
export declare function startKafka(options?: {
  /** Override the broker's own. */
  settings?: (ports: { port: number; controllerPort: number }) => Record<string, string | number>;
}): Promise<KafkaServer>;
