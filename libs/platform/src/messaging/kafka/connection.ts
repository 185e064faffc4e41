import type { ConnectionOptions as TlsOptions } from 'node:tls';

export interface KafkaConnection {
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly tls?: TlsOptions;
  readonly sasl?: { readonly mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512'; readonly username: string; readonly password: string };
}

/** What every client of ours is made with. Trying again is our own business: only we know what is worth it. */
export const clientOptions = (connection: KafkaConnection) => ({
  clientId: connection.clientId,
  bootstrapBrokers: [...connection.brokers],
  retries: 0,
  connectTimeout: 3_000,
  requestTimeout: 10_000,
  timeout: 5_000,
  ...(connection.tls === undefined ? {} : { tls: connection.tls }),
  ...(connection.sasl === undefined ? {} : { sasl: { ...connection.sasl } }),
});

interface Findable {
  findBy?(property: string, value: unknown): unknown;
}

/** Whether the brokers refused with this code, however deep the client has wrapped it. */
export function refusedWith(error: unknown, code: string): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const findable: Findable = error;
  return typeof findable.findBy === 'function' && Boolean(findable.findBy('apiId', code));
}
