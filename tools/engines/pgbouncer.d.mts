import type { EngineServer } from './support.mjs';

export interface PgBouncerServer extends EngineServer {
  readonly port: number;
  /** Connection string of one database through the bouncer. */
  url(database: string): string;
}
export declare function startPgBouncer(options: {
  upstream: string;
  poolSize?: number;
  /** Passwords of further logins, by their names. */
  logins?: Record<string, string>;
}): Promise<PgBouncerServer>;
