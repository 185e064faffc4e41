import { isOperator } from '@autobroker/platform/auth';
import { databaseOf, type Database } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from './caller';
import { AuditLog, type AuditFilter, type AuditPosition, type AuditRecord } from './ports';

const countCap = 10_001;
const exportBatch = 500;
/** More than anybody reads at once; a longer stretch is exported in pieces of time. */
const exportCap = 100_000;

export type AuditQuery = Omit<AuditFilter, 'tenantId'> & { readonly tenantId?: string | undefined };

/** What all services have recorded: an operator sees every tenant's, others their own tenant's only. */
@Injectable()
export class ReadAuditLog {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly log: AuditLog,
  ) {}

  async page(
    caller: Caller,
    query: AuditQuery,
    window: { limit: number; offset: number; before: AuditPosition | null },
  ): Promise<{ items: readonly AuditRecord[]; total: number; next: AuditPosition | null }> {
    const filter = visible(caller, query);
    const rows = await this.log.page(this.db, filter, window.limit + 1, window.before, window.before === null ? window.offset : 0);
    const items = rows.slice(0, window.limit);
    const last = items.at(-1);
    const next = rows.length > window.limit && last !== undefined ? { at: last.at.toISOString(), id: last.id } : null;
    return { items, total: await this.log.count(this.db, filter, countCap), next };
  }

  /** Row by row, so that a long export never lies in memory as a whole. */
  async *all(caller: Caller, query: AuditQuery): AsyncGenerator<AuditRecord> {
    const filter = visible(caller, query);
    let before: AuditPosition | null = null;
    for (let written = 0; written < exportCap; written += exportBatch) {
      const rows: readonly AuditRecord[] = await this.log.page(this.db, filter, exportBatch, before, 0);
      yield* rows;
      const last = rows.at(-1);
      if (last === undefined || rows.length < exportBatch) return;
      before = { at: last.at.toISOString(), id: last.id };
    }
  }
}

function visible(caller: Caller, query: AuditQuery): AuditFilter {
  const { tenantId, ...rest } = query;
  if (isOperator(caller.principal)) return { ...rest, tenantId: tenantId ?? null };
  // Somebody without a tenant sees nothing rather than everything.
  return { ...rest, tenantId: caller.principal.tenantId ?? '00000000-0000-0000-0000-000000000000' };
}
