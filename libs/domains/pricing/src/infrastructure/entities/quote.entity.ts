import { SigningKeyColumns } from '@autobroker/platform/signing';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A quote as it was signed. What it says stands in `content`; the columns are what it is looked up by. */
@Entity({ schema: 'pricing', name: 'quotes' })
@Index('quotes_of_buyer', ['buyerId', 'id'])
@Index('quotes_of_maker', ['createdBy', 'id'])
@Index('quotes_by_end', ['expiresAt'])
@Check('quotes_total_check', 'total')
@Check('quotes_term', 'expires_at')
export class QuoteEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('uuid', { name: 'tenant_id' }) declare tenantId: string;
  @Column('uuid', { name: 'buyer_id' }) declare buyerId: string;
  @Column('uuid', { name: 'created_by', nullable: true }) declare createdBy: string | null;
  @Column('uuid', { name: 'vehicle_id' }) declare vehicleId: string;
  @Column('bigint') declare total: string;
  @Column('text') declare currency: string;
  @Column('jsonb') declare content: unknown;
  @Column('text') declare token: string;
  @Column('timestamptz', { name: 'issued_at' }) declare issuedAt: Date;
  @Column('timestamptz', { name: 'expires_at' }) declare expiresAt: Date;
}

/** The keys that quotes are signed with. */
@Entity({ schema: 'pricing', name: 'signing_keys' })
@Index('signing_keys_one_current', { synchronize: false })
@Index('signing_keys_one_next', { synchronize: false })
@Check('signing_keys_status_check', `status in ('next', 'current', 'previous', 'retired')`)
export class QuoteKeyEntity extends SigningKeyColumns {
  @PrimaryColumn({ type: 'text' }) declare kid: string;
}
