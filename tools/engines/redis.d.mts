import type { ServerCertificate } from './certificates.mjs';
import type { EngineServer } from './support.mjs';

export interface RedisServer extends EngineServer {
  readonly url: string;
}
export interface RedisOptions {
  readonly args?: string[];
  /** Then it speaks nothing but TLS. */
  readonly tls?: ServerCertificate;
}
export declare function startRedis(options?: RedisOptions): Promise<RedisServer>;
