import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'payment', name: 'saved_cards' })
@Check('saved_cards_state_check', 'state')
@Index('saved_cards_of_buyer', ['buyerId', 'id'])
@Index('saved_cards_session', { synchronize: false })
@Index('saved_cards_to_look_at', { synchronize: false })
export class SavedCardEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('uuid', { name: 'tenant_id' }) declare tenantId: string;
  @Column('uuid', { name: 'buyer_id' }) declare buyerId: string;
  @Column('integer') declare version: number;
  @Column('text') declare state: string;
  @Column('text', { name: 'customer_ref', nullable: true }) declare customerRef: string | null;
  @Column('text', { name: 'session_ref', nullable: true }) declare sessionRef: string | null;
  @Column('text', { name: 'method_ref', nullable: true }) declare methodRef: string | null;
  @Column('text', { nullable: true }) declare url: string | null;
  @Column('text', { nullable: true }) declare brand: string | null;
  @Column('text', { nullable: true }) declare last4: string | null;
  @Column('integer', { name: 'exp_month', nullable: true }) declare expMonth: number | null;
  @Column('integer', { name: 'exp_year', nullable: true }) declare expYear: number | null;
  @Column('timestamptz', { name: 'expires_at' }) declare expiresAt: Date;
  @Column('timestamptz', { name: 'look_at', nullable: true }) declare lookAt: Date | null;
  @Column('timestamptz', { name: 'created_at' }) declare createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) declare updatedAt: Date;
}
