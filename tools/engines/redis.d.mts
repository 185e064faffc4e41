import type { EngineServer } from './support.mjs';

export interface RedisServer extends EngineServer {
  readonly url: string;
}
export declare function startRedis(options?: { args?: string[] }): Promise<RedisServer>;
