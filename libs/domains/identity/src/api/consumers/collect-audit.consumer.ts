import { auditRecorded } from '@autobroker/contracts';
import type { Tx } from '@autobroker/platform/database';
import { defineConsumer, EventConsumer, type EventFor } from '@autobroker/platform/messaging';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../application/ports';

export const auditCollector = defineConsumer({ name: 'identity.audit-log', on: [auditRecorded] });

/** Brings the audit rows of all services together, identity's own included. */
@Injectable()
@EventConsumer(auditCollector)
export class CollectAudit {
  constructor(private readonly log: AuditLog) {}

  async handle(event: EventFor<typeof auditCollector>, tx: Tx): Promise<void> {
    const { data } = event;
    await this.log.add(tx, {
      id: data.audit_id,
      at: new Date(data.at),
      service: data.service,
      tenantId: event.tenant_id,
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
  }
}
