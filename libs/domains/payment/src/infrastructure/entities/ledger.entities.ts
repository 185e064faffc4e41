import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';

/** The shape of the tables, for the drift check; what is written and read is SQL. */
@Entity({ schema: 'payment', name: 'ledger_journals' })
@Index('ledger_journals_key', ['key'], { unique: true })
@Index('ledger_journals_of_order', ['orderId', 'id'])
@Index('ledger_journals_of_tenant', ['tenantId', 'id'])
@Index('ledger_journals_ref', ['provider', 'providerRef'])
export class JournalEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('text') declare key: string;
  @Column('text') declare kind: string;
  @Column('uuid', { name: 'tenant_id', nullable: true }) declare tenantId: string | null;
  @Column('uuid', { name: 'order_id', nullable: true }) declare orderId: string | null;
  @Column('uuid', { name: 'payment_id', nullable: true }) declare paymentId: string | null;
  @Column('text') declare currency: string;
  @Column('text', { nullable: true }) declare provider: string | null;
  @Column('text', { name: 'provider_ref', nullable: true }) declare providerRef: string | null;
  @Column('bigint') declare memo: string;
  @Column('timestamptz', { name: 'posted_at' }) declare postedAt: Date;
}

@Entity({ schema: 'payment', name: 'ledger_entries' })
@Check('ledger_entries_account_check', 'account')
@Check('ledger_entries_amount_check', 'amount')
export class LedgerEntryEntity {
  @PrimaryColumn('uuid', { name: 'journal_id' }) declare journalId: string;
  @ManyToOne(() => JournalEntity) @JoinColumn({ name: 'journal_id', foreignKeyConstraintName: 'ledger_entries_journal_id_fkey' }) declare journal?: Relation<JournalEntity>;
  @PrimaryColumn('integer') declare seq: number;
  @Column('uuid', { name: 'order_id', nullable: true }) declare orderId: string | null;
  @Column('text') declare account: string;
  @Column('text', { nullable: true }) declare payee: string | null;
  @Column('text') declare currency: string;
  @Column('bigint') declare amount: string;
}

@Entity({ schema: 'payment', name: 'ledger_balances' })
export class LedgerBalanceEntity {
  @PrimaryColumn('uuid', { name: 'order_id' }) declare orderId: string;
  @PrimaryColumn('text') declare account: string;
  @PrimaryColumn('text') declare currency: string;
  @Column('bigint') declare amount: string;
}
