import { Injectable } from '@nestjs/common';
import { lockNames, type Tx } from '@autobroker/platform/database';
import { type KeptStatus, OpportunityStatuses, type Viewer } from '../../application/opportunities/ports';
import { opportunityStatuses } from '../../domain/opportunity/lifecycle';

@Injectable()
export class SqlOpportunityStatuses extends OpportunityStatuses {
  override async lock(tx: Tx, userId: string, opportunityId: string): Promise<KeptStatus | null> {
    await lockNames(tx, `pricing.opportunity_status ${userId}${opportunityId}`);
    const [row] = await tx.query<{ status: string; version: number }>('select status, version from pricing.opportunity_statuses where user_id = $1 and opportunity_id = $2', [userId, opportunityId]);
    if (row === undefined) return null;
    const status = opportunityStatuses.find((one) => one === row.status);
    if (status === undefined) throw new Error(`the status of an opportunity is ${row.status}`);
    return { status, version: row.version };
  }

  override async save(tx: Tx, { userId, tenantId }: Viewer, opportunityId: string, { status, version }: KeptStatus, at: Date): Promise<void> {
    await tx.query(
      `insert into pricing.opportunity_statuses (user_id, opportunity_id, tenant_id, version, status, updated_at) values ($1, $2, $3, $4, $5, $6)
       on conflict (user_id, opportunity_id) do update set tenant_id = excluded.tenant_id, version = excluded.version, status = excluded.status, updated_at = excluded.updated_at`,
      [userId, opportunityId, tenantId, version, status, at],
    );
  }

  override async forgetPeople(tx: Tx, userIds: readonly string[]): Promise<void> {
    await tx.query('delete from pricing.opportunity_statuses where user_id = any($1::uuid[])', [userIds]);
  }
}
