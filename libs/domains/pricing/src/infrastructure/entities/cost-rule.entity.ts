import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A rule of a tax or a fee that this installation added. */
@Entity({ schema: 'pricing', name: 'cost_rules' })
@Index('cost_rules_by_key', ['key', 'validFrom'])
@Check('cost_rules_confidence_check', 'confidence')
@Check('cost_rules_check', 'validity')
export class CostRuleEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('text') declare key: string;
  @Column('text') declare jurisdiction: string;
  @Column('jsonb') declare terms: unknown;
  @Column('text') declare currency: string;
  @Column('date', { name: 'valid_from' }) declare validFrom: string;
  @Column('date', { name: 'valid_to', nullable: true }) declare validTo: string | null;
  @Column('text') declare source: string;
  @Column('text') declare confidence: string;
  @Column('text', { nullable: true }) declare note: string | null;
  @Column('timestamptz', { name: 'added_at' }) declare addedAt: Date;
}
