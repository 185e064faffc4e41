import { logger } from './logger';

export interface AccessEntry {
  readonly method: string;
  /** The template of the route, never the address with its query: that may hold personal data. */
  readonly route: string;
  readonly status: number;
  readonly durationMs: number;
  readonly ip: string;
  readonly principalId?: string | null;
  readonly tenantId?: string | null;
}

const log = logger('access');

/** Complete for everything that may need explaining; one in `sampleEvery` for answers of hot routes that went well. */
export class AccessLog {
  private seen = 0;

  constructor(private readonly sampleEvery: number) {}

  /** Asked before the entry is built, so that what is not logged is not paid for. */
  wants(status: number, hot: boolean): boolean {
    if (!hot || status >= 400) return true;
    this.seen += 1;
    if (this.seen < this.sampleEvery) return false;
    this.seen = 0;
    return true;
  }

  write(entry: AccessEntry): void {
    const fields = {
      method: entry.method,
      route: entry.route,
      status: entry.status,
      duration_ms: Math.round(entry.durationMs * 100) / 100,
      ip: entry.ip,
      principal_id: entry.principalId ?? null,
      tenant_id: entry.tenantId ?? null,
    };
    if (entry.status >= 500) log.error(fields, 'request failed');
    else log.info(fields, 'request');
  }
}
