import { Inject, Injectable } from '@nestjs/common';
import { ok, refuse, type Refusal, type Result } from '@autobroker/kernel';
import { type AuditEntry, type Database, databaseOf } from '@autobroker/platform/database';
import type { OpportunityStatus } from '../../domain/opportunity/lifecycle';
import { OpportunityReader, OpportunityStatuses, type KeptStatus, type Viewer } from './ports';

export type StatusRefusal = Refusal<'not_found' | 'precondition_failed'>;

/** What a person does with an opportunity: it changes nothing for anybody else. */
@Injectable()
export class SetOpportunityStatus {
  constructor(
    @Inject(databaseOf('pricing')) private readonly db: Database,
    private readonly reader: OpportunityReader,
    private readonly statuses: OpportunityStatuses,
  ) {}

  async run(viewer: Viewer, id: string, expected: number | undefined, status: OpportunityStatus, by: Pick<AuditEntry, 'actor' | 'from'>): Promise<Result<KeptStatus, StatusRefusal>> {
    const seen = await this.reader.byId(viewer, id);
    if (seen === null) return refuse('not_found', 'There is no such opportunity.');
    return this.db.transaction<Result<KeptStatus, StatusRefusal>>(async (tx) => {
      const before = (await this.statuses.lock(tx, viewer.userId, id)) ?? { status: 'new', version: 0 };
      if (expected !== undefined && expected !== before.version) return refuse('precondition_failed', 'The status has changed since it was read.');
      if (before.status === status && before.version > 0) return ok(before);
      const after: KeptStatus = { status, version: before.version + 1 };
      await this.statuses.save(tx, viewer, id, after, this.db.clock.now());
      await tx.audit({
        ...by,
        action: 'opportunity.status_changed',
        object: { type: 'opportunity', id },
        tenantId: viewer.tenantId,
        before: { status: before.status, version: before.version },
        after: { status: after.status, version: after.version },
      });
      return ok(after);
    });
  }
}
