import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique, type Relation } from 'typeorm';

const partial = { synchronize: false } as const;
const ColumnCheck = (table: string, column: string) => Check(`${table}_${column}_check`, column);

/** A trained model: what it is, how it did, and where its artefact lies. One at most is active. */
@Entity({ schema: 'pricing', name: 'model_versions' })
@Index('model_versions_active', partial)
@Index('model_versions_by_date', partial)
@Unique('model_versions_label', ['label'])
@ColumnCheck('model_versions', 'version')
@ColumnCheck('model_versions', 'status')
@ColumnCheck('model_versions', 'cars_train')
@ColumnCheck('model_versions', 'cars_on_market')
@ColumnCheck('model_versions', 'artefact_bytes')
export class ModelVersionEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('integer', { default: 1 }) declare version: number;
  @Column('text') declare label: string;
  @Column('text') declare status: string;
  @Column('text') declare reason: string;
  @Column('timestamptz', { name: 'trained_at' }) declare trainedAt: Date;
  @Column('timestamptz', { name: 'learned_from' }) declare learnedFrom: Date;
  @Column('timestamptz', { name: 'learned_to' }) declare learnedTo: Date;
  @Column('integer', { name: 'cars_train' }) declare carsTrain: number;
  @Column('integer', { name: 'cars_on_market', nullable: true }) declare carsOnMarket: number | null;
  @Column('jsonb') declare metrics: unknown;
  @Column('jsonb', { name: 'in_service', nullable: true }) declare inService: unknown;
  @Column('jsonb', { nullable: true }) declare baseline: unknown;
  @Column('jsonb') declare segments: unknown;
  @Column('jsonb') declare distributions: unknown;
  @Column('text', { name: 'artefact_key' }) declare artefactKey: string;
  @Column('integer', { name: 'artefact_bytes' }) declare artefactBytes: number;
  @Column('timestamptz', { name: 'activated_at', nullable: true }) declare activatedAt: Date | null;
  @Column('timestamptz', { name: 'retired_at', nullable: true }) declare retiredAt: Date | null;
}

/** How the model in service does on cars that came after it. */
@Entity({ schema: 'pricing', name: 'model_health' })
@Index('model_health_of_model', partial)
@ColumnCheck('model_health', 'cars')
export class ModelHealthEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('timestamptz') declare at: Date;
  @Column('uuid', { name: 'model_id' }) declare modelId: string;
  @ManyToOne(() => ModelVersionEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'model_id', foreignKeyConstraintName: 'model_health_model_id_fkey' })
  declare model: Relation<ModelVersionEntity>;
  @Column('integer') declare cars: number;
  @Column('real', { nullable: true }) declare coverage80: number | null;
  @Column('jsonb') declare stability: unknown;
  @Column('text', { array: true, default: '{}' }) declare degraded: string[];
}
