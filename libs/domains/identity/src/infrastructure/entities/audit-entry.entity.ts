import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AuditRecord } from '../../application/ports/audit-log';

/** The audit log of all services, as `audit.recorded` brings it here. Partitioned by month. */
@Entity({ schema: 'identity', name: 'audit_entries' })
export class AuditEntryEntity implements AuditRecord {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @PrimaryColumn({ type: 'timestamptz' }) at!: Date;
  @Column({ type: 'text' }) service!: string;
  @Column({ name: 'tenant_id', type: 'uuid', nullable: true }) tenantId!: string | null;
  @Column({ name: 'actor_kind', type: 'text' }) actorKind!: string;
  @Column({ name: 'actor_id', type: 'text', nullable: true }) actorId!: string | null;
  @Column({ type: 'text' }) action!: string;
  @Column({ name: 'object_type', type: 'text' }) objectType!: string;
  @Column({ name: 'object_id', type: 'text' }) objectId!: string;
  @Column({ type: 'text', nullable: true }) reason!: string | null;
  @Column({ type: 'jsonb', nullable: true }) before!: unknown;
  @Column({ type: 'jsonb', nullable: true }) after!: unknown;
  @Column({ type: 'text', nullable: true }) ip!: string | null;
  @Column({ name: 'request_id', type: 'text', nullable: true }) requestId!: string | null;
}
