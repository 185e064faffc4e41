import { auditRecorded } from '@autobroker/contracts';
import type { Tx } from '@autobroker/platform/database';
import { defineConsumer, EventConsumer, type EventFor } from '@autobroker/platform/messaging';
import { Injectable } from '@nestjs/common';
import { AuditLog, type AuditRecord } from '../../application/ports';

/** Nobody waits for it, and nearly everything that is done leaves a row. */
export const auditCollector = defineConsumer({ name: 'identity.audit-log', on: [auditRecorded], batchSize: 500, gatherMs: 500 });

type Recorded = EventFor<typeof auditCollector>;

/** Brings the audit rows of all services together, identity's own included. */
@Injectable()
@EventConsumer(auditCollector)
export class CollectAudit {
  constructor(private readonly log: AuditLog) {}

  handle(event: Recorded, tx: Tx): Promise<void> {
    return this.log.add(tx, [recordOf(event)]);
  }

  handleBatch(events: readonly Recorded[], tx: Tx): Promise<void> {
    return this.log.add(tx, events.map(recordOf));
  }
}

const recordOf = ({ data, tenant_id: tenantId }: Recorded): AuditRecord => ({
  id: data.audit_id,
  at: new Date(data.at),
  service: data.service,
  tenantId,
  actorKind: data.actor.kind,
  actorId: data.actor.id,
  action: data.action,
  objectType: data.object.type,
  objectId: data.object.id,
  reason: data.reason,
  before: data.before ?? null,
  after: data.after ?? null,
  ip: data.from.ip,
  requestId: data.from.request_id,
});
