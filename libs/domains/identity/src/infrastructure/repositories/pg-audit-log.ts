import type { ManagerSource, Tx } from '@autobroker/platform/database';
import { Injectable } from '@nestjs/common';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { AuditLog, type AuditFilter, type AuditPosition, type AuditRecord } from '../../application/ports';
import { AuditEntryEntity } from '../entities/audit-entry.entity';

@Injectable()
export class PgAuditLog extends AuditLog {
  async add(tx: Tx, records: readonly AuditRecord[]): Promise<void> {
    const rows = records.map(({ tenantId, actorKind, actorId, objectType, objectId, requestId, ...same }) => ({ ...same, tenant_id: tenantId, actor_kind: actorKind, actor_id: actorId, object_type: objectType, object_id: objectId, request_id: requestId }));
    await tx.query(
      `insert into identity.audit_entries (id, at, service, tenant_id, actor_kind, actor_id, action, object_type, object_id, reason, before, after, ip, request_id)
       select id, at, service, tenant_id, actor_kind, actor_id, action, object_type, object_id, reason, before, after, ip, request_id
       from jsonb_to_recordset($1::jsonb) as r(id uuid, at timestamptz, service text, tenant_id uuid, actor_kind text, actor_id text, action text, object_type text, object_id text, reason text, before jsonb, after jsonb, ip text, request_id text)
       on conflict do nothing`,
      [JSON.stringify(rows)],
      { name: 'identity-audit-add' },
    );
  }

  async page(
    from: ManagerSource,
    filter: AuditFilter,
    limit: number,
    before: AuditPosition | null,
    offset: number,
  ): Promise<readonly AuditRecord[]> {
    return from.withManager((manager) => {
      const query = matching(manager, filter).orderBy('a.at', 'DESC').addOrderBy('a.id', 'DESC').limit(limit).offset(offset);
      if (before !== null) query.andWhere('(a.at, a.id) < (:beforeAt::timestamptz, :beforeId::uuid)', { beforeAt: before.at, beforeId: before.id });
      return query.getMany();
    });
  }

  async count(from: ManagerSource, filter: AuditFilter, cap: number): Promise<number> {
    return from.withManager(async (manager) => {
      const query = matching(manager, filter).select('1').limit(cap);
      const row = await manager
        .createQueryBuilder()
        .select('count(*)', 'count')
        .from(`(${query.getQuery()})`, 'capped')
        .setParameters(query.getParameters())
        .getRawOne<{ count: string }>();
      return Number(row?.count ?? 0);
    });
  }
}

function matching(manager: EntityManager, filter: AuditFilter): SelectQueryBuilder<AuditEntryEntity> {
  const query = manager.createQueryBuilder(AuditEntryEntity, 'a').where('true');
  const equal = (column: string, value: string | undefined): void => {
    if (value !== undefined) query.andWhere(`a.${column} = :${column}`, { [column]: value });
  };
  if (filter.tenantId !== null) query.andWhere('a.tenantId = :tenant', { tenant: filter.tenantId });
  equal('service', filter.service);
  equal('actorId', filter.actorId);
  equal('action', filter.action);
  equal('objectType', filter.objectType);
  equal('objectId', filter.objectId);
  if (filter.from !== undefined) query.andWhere('a.at >= :from', { from: filter.from });
  if (filter.to !== undefined) query.andWhere('a.at < :to', { to: filter.to });
  return query;
}
