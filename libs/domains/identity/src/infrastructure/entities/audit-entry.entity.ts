import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { AuditRecord } from '../../application/ports/audit-log';

/** The audit log of all services, as `audit.recorded` brings it here. Partitioned by month. */
@Entity({ schema: 'identity', name: 'audit_entries' })
@Index('audit_entries_at_idx', { synchronize: false })
@Index('audit_entries_tenant_idx', { synchronize: false })
@Index('audit_entries_object_idx', { synchronize: false })
@Index('audit_entries_actor_idx', { synchronize: false })
export class AuditEntryEntity implements AuditRecord {
  @PrimaryColumn({ type: 'uuid' }) declare id: string;
  @PrimaryColumn({ type: 'timestamptz' }) declare at: Date;
  @Column({ type: 'text' }) declare service: string;
  @Column({ name: 'tenant_id', type: 'uuid', nullable: true }) declare tenantId: string | null;
  @Column({ name: 'actor_kind', type: 'text' }) declare actorKind: string;
  @Column({ name: 'actor_id', type: 'text', nullable: true }) declare actorId: string | null;
  @Column({ type: 'text' }) declare action: string;
  @Column({ name: 'object_type', type: 'text' }) declare objectType: string;
  @Column({ name: 'object_id', type: 'text' }) declare objectId: string;
  @Column({ type: 'text', nullable: true }) declare reason: string | null;
  @Column({ type: 'jsonb', nullable: true }) declare before: unknown;
  @Column({ type: 'jsonb', nullable: true }) declare after: unknown;
  @Column({ type: 'text', nullable: true }) declare ip: string | null;
  @Column({ name: 'request_id', type: 'text', nullable: true }) declare requestId: string | null;
}
