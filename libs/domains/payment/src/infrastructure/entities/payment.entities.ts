import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';

/** The shape of the tables, for the drift check; what is written and read is SQL. */
@Entity({ schema: 'payment', name: 'orders' })
@Index('orders_of_tenant', ['tenantId', 'id'])
@Index('orders_refund_due', { synchronize: false })
@Index('orders_doubtful', { synchronize: false })
@Check('orders_car_return_check', 'car_return')
export class OrderEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('uuid', { name: 'tenant_id' }) declare tenantId: string;
  @Column('uuid', { name: 'buyer_id' }) declare buyerId: string;
  @Column('text') declare number: string;
  @Column('integer') declare version: number;
  @Column('text') declare state: string;
  @Column('text', { name: 'resume_state', nullable: true }) declare resumeState: string | null;
  @Column('text') declare currency: string;
  @Column('bigint') declare total: string;
  @Column('bigint') declare deposit: string;
  @Column('jsonb') declare lines: unknown;
  @Column('jsonb', { nullable: true }) declare tax: unknown;
  @Column('boolean', { name: 'is_sale_doubtful', default: false }) declare isSaleDoubtful: boolean;
  @Column('boolean', { name: 'is_inspection_begun' }) declare isInspectionBegun: boolean;
  @Column('boolean', { name: 'is_contracted' }) declare isContracted: boolean;
  @Column('boolean', { name: 'is_cancelled' }) declare isCancelled: boolean;
  @Column('bigint') declare retain: string;
  @Column('text', { name: 'car_return', default: 'none' }) declare carReturn: string;
  /** Of releases before 0005, which wrote it. */
  @Column('timestamptz', { name: 'due_at', nullable: true }) declare dueAt: Date | null;
  @Column('timestamptz', { name: 'refund_due_at', nullable: true }) declare refundDueAt: Date | null;
  @Column('timestamptz', { name: 'completed_at', nullable: true }) declare completedAt: Date | null;
  @Column('bigint') declare goodwill: string;
  @Column('jsonb', { name: 'posted_lines' }) declare postedLines: unknown;
  @Column('integer', { name: 'sale_postings' }) declare salePostings: number;
  @Column('bigint', { name: 'stuck_refunds' }) declare stuckRefunds: string;
  @Column('timestamptz', { name: 'payouts_planned_at', nullable: true }) declare payoutsPlannedAt: Date | null;
  @Column('timestamptz', { name: 'settled_at', nullable: true }) declare settledAt: Date | null;
  @Column('timestamptz', { name: 'closed_at', nullable: true }) declare closedAt: Date | null;
  @Column('integer') declare closings: number;
}

@Entity({ schema: 'payment', name: 'payments' })
@Check('payments_leg_check', 'leg')
@Check('payments_method_check', 'method')
@Check('payments_provider_check', 'provider')
@Check('payments_amount_check', 'amount')
@Check('payments_amounts', 'payments_amounts')
@Index('payments_key', ['key'], { unique: true })
@Index('payments_one_open', { synchronize: false })
@Index('payments_of_order', ['orderId', 'createdAt'])
@Index('payments_of_tenant', ['tenantId', 'id'])
@Index('payments_session', { synchronize: false })
@Index('payments_intent', { synchronize: false })
@Index('payments_charge', { synchronize: false })
@Index('payments_transfer_customer', { synchronize: false })
@Index('payments_to_look_at', { synchronize: false })
@Index('payments_held', { synchronize: false })
export class PaymentEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('uuid', { name: 'tenant_id' }) declare tenantId: string;
  @Column('uuid', { name: 'order_id' }) declare orderId: string;
  @ManyToOne(() => OrderEntity) @JoinColumn({ name: 'order_id', foreignKeyConstraintName: 'payments_order_id_fkey' }) declare order?: Relation<OrderEntity>;
  @Column('uuid', { name: 'buyer_id' }) declare buyerId: string;
  @Column('text') declare leg: string;
  @Column('text') declare method: string;
  @Column('text') declare provider: string;
  @Column('integer') declare attempt: number;
  @Column('text') declare key: string;
  @Column('bigint') declare amount: string;
  @Column('text') declare currency: string;
  @Column('integer') declare version: number;
  @Column('text') declare state: string;
  @Column('text', { name: 'session_ref', nullable: true }) declare sessionRef: string | null;
  @Column('text', { name: 'intent_ref', nullable: true }) declare intentRef: string | null;
  @Column('text', { name: 'charge_ref', nullable: true }) declare chargeRef: string | null;
  @Column('text', { name: 'customer_ref', nullable: true }) declare customerRef: string | null;
  @Column('uuid', { name: 'saved_card_id', nullable: true }) declare savedCardId: string | null;
  @Column('bigint') declare authorized: string;
  @Column('bigint') declare captured: string;
  @Column('bigint') declare refunded: string;
  @Column('bigint', { name: 'charged_back' }) declare chargedBack: string;
  @Column('bigint') declare applied: string;
  @Column('bigint', { name: 'refunded_held' }) declare refundedHeld: string;
  @Column('boolean', { name: 'is_released' }) declare isReleased: boolean;
  @Column('boolean', { name: 'is_dead' }) declare isDead: boolean;
  @Column('boolean', { name: 'is_processing' }) declare isProcessing: boolean;
  @Column('boolean', { name: 'is_mismatched' }) declare isMismatched: boolean;
  @Column('boolean', { name: 'is_unknown' }) declare isUnknown: boolean;
  @Column('text', { name: 'given_up_for', nullable: true }) declare givenUpFor: string | null;
  @Column('jsonb', { nullable: true }) declare failure: unknown;
  @Column('jsonb', { nullable: true }) declare action: unknown;
  @Column('timestamptz', { name: 'capture_before', nullable: true }) declare captureBefore: Date | null;
  @Column('bigint', { name: 'as_of' }) declare asOf: string;
  @Column('timestamptz', { name: 'expires_at' }) declare expiresAt: Date;
  @Column('timestamptz', { name: 'look_at', nullable: true }) declare lookAt: Date | null;
  @Column('timestamptz', { name: 'created_at' }) declare createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) declare updatedAt: Date;
  @Column('timestamptz', { name: 'authorized_at', nullable: true }) declare authorizedAt: Date | null;
  @Column('timestamptz', { name: 'captured_at', nullable: true }) declare capturedAt: Date | null;
}

@Entity({ schema: 'payment', name: 'operations' })
@Check('operations_kind_check', 'kind')
@Check('operations_state_check', 'state')
@Check('operations_due', 'operations_due')
@Index('operations_key', ['key'], { unique: true })
@Index('operations_due', { synchronize: false })
@Index('operations_of_order', ['orderId'])
export class OperationEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('uuid', { name: 'tenant_id' }) declare tenantId: string;
  @Column('uuid', { name: 'order_id' }) declare orderId: string;
  @ManyToOne(() => OrderEntity) @JoinColumn({ name: 'order_id', foreignKeyConstraintName: 'operations_order_id_fkey' }) declare order?: Relation<OrderEntity>;
  @Column('uuid', { name: 'payment_id' }) declare paymentId: string;
  @ManyToOne(() => PaymentEntity) @JoinColumn({ name: 'payment_id', foreignKeyConstraintName: 'operations_payment_id_fkey' }) declare payment?: Relation<PaymentEntity>;
  @Column('text') declare leg: string;
  @Column('text') declare kind: string;
  @Column('text') declare key: string;
  @Column('bigint', { nullable: true }) declare amount: string | null;
  @Column('uuid', { name: 'subject_id', nullable: true }) declare subjectId: string | null;
  @Column('text') declare state: string;
  @Column('integer') declare attempts: number;
  @Column('timestamptz', { name: 'due_at', nullable: true }) declare dueAt: Date | null;
  @Column('text', { nullable: true }) declare problem: string | null;
  @Column('boolean', { name: 'is_blocking' }) declare isBlocking: boolean;
  @Column('timestamptz', { name: 'created_at' }) declare createdAt: Date;
  @Column('timestamptz', { name: 'done_at', nullable: true }) declare doneAt: Date | null;
}

@Entity({ schema: 'payment', name: 'refund_requests' })
@Check('refund_requests_amount_check', 'amount')
@Check('refund_requests_origin_check', 'origin')
@Check('refund_requests_state_check', 'state')
@Index('refund_requests_of_tenant', ['tenantId', 'id'])
@Index('refund_requests_of_order', ['orderId'])
export class RefundRequestEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('uuid', { name: 'tenant_id' }) declare tenantId: string;
  @Column('uuid', { name: 'order_id' }) declare orderId: string;
  @ManyToOne(() => OrderEntity) @JoinColumn({ name: 'order_id', foreignKeyConstraintName: 'refund_requests_order_id_fkey' }) declare order?: Relation<OrderEntity>;
  @Column('integer') declare version: number;
  @Column('bigint') declare amount: string;
  @Column('text') declare currency: string;
  @Column('text') declare reason: string;
  @Column('text') declare origin: string;
  @Column('text') declare state: string;
  @Column('text', { name: 'requested_by', nullable: true }) declare requestedBy: string | null;
  @Column('text', { name: 'decided_by', nullable: true }) declare decidedBy: string | null;
  @Column('text', { name: 'decision_note', nullable: true }) declare decisionNote: string | null;
  @Column('boolean', { name: 'needs_second' }) declare needsSecond: boolean;
  @Column('timestamptz', { name: 'created_at' }) declare createdAt: Date;
  @Column('timestamptz', { name: 'decided_at', nullable: true }) declare decidedAt: Date | null;
  @Column('timestamptz', { name: 'settled_at', nullable: true }) declare settledAt: Date | null;
}

@Entity({ schema: 'payment', name: 'refund_parts' })
@Check('refund_parts_amount_check', 'amount')
@Check('refund_parts_status_check', 'status')
@Index('refund_parts_of_order', ['orderId'])
@Index('refund_parts_ref', { synchronize: false })
export class RefundPartEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('uuid', { name: 'order_id' }) declare orderId: string;
  @ManyToOne(() => OrderEntity) @JoinColumn({ name: 'order_id', foreignKeyConstraintName: 'refund_parts_order_id_fkey' }) declare order?: Relation<OrderEntity>;
  @Column('uuid', { name: 'request_id' }) declare requestId: string;
  @ManyToOne(() => RefundRequestEntity) @JoinColumn({ name: 'request_id', foreignKeyConstraintName: 'refund_parts_request_id_fkey' }) declare request?: Relation<RefundRequestEntity>;
  @Column('uuid', { name: 'payment_id' }) declare paymentId: string;
  @ManyToOne(() => PaymentEntity) @JoinColumn({ name: 'payment_id', foreignKeyConstraintName: 'refund_parts_payment_id_fkey' }) declare payment?: Relation<PaymentEntity>;
  @Column('bigint') declare amount: string;
  @Column('text') declare status: string;
  @Column('text', { name: 'provider_ref', nullable: true }) declare providerRef: string | null;
  @Column('bigint', { name: 'from_held' }) declare fromHeld: string;
  @Column('boolean', { name: 'is_replaced' }) declare isReplaced: boolean;
}

@Entity({ schema: 'payment', name: 'refund_limits' })
@Check('refund_limits_amount_check', 'amount')
export class RefundLimitEntity {
  @PrimaryColumn('uuid', { name: 'tenant_id' }) declare tenantId: string;
  @PrimaryColumn('text') declare currency: string;
  @Column('bigint') declare amount: string;
  @Column('integer') declare version: number;
  @Column('timestamptz', { name: 'updated_at' }) declare updatedAt: Date;
}

@Entity({ schema: 'payment', name: 'disputes' })
@Check('disputes_status_check', 'status')
@Index('disputes_ref', ['provider', 'ref'], { unique: true })
@Index('disputes_of_order', ['orderId'])
@Index('disputes_of_tenant', ['tenantId', 'id'])
export class DisputeEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('uuid', { name: 'tenant_id' }) declare tenantId: string;
  @Column('uuid', { name: 'order_id' }) declare orderId: string;
  @ManyToOne(() => OrderEntity) @JoinColumn({ name: 'order_id', foreignKeyConstraintName: 'disputes_order_id_fkey' }) declare order?: Relation<OrderEntity>;
  @Column('uuid', { name: 'payment_id' }) declare paymentId: string;
  @ManyToOne(() => PaymentEntity) @JoinColumn({ name: 'payment_id', foreignKeyConstraintName: 'disputes_payment_id_fkey' }) declare payment?: Relation<PaymentEntity>;
  @Column('text') declare provider: string;
  @Column('text') declare ref: string;
  @Column('integer') declare version: number;
  @Column('bigint') declare amount: string;
  @Column('text') declare currency: string;
  @Column('text') declare reason: string;
  @Column('text') declare status: string;
  @Column('timestamptz', { name: 'due_by', nullable: true }) declare dueBy: Date | null;
  @Column('bigint', { name: 'taken_back' }) declare takenBack: string;
  @Column('bigint', { name: 'given_back' }) declare givenBack: string;
  @Column('jsonb', { nullable: true }) declare evidence: unknown;
  @Column('timestamptz', { name: 'opened_at' }) declare openedAt: Date;
  @Column('timestamptz', { name: 'changed_at' }) declare changedAt: Date;
}

@Entity({ schema: 'payment', name: 'payouts' })
@Check('payouts_amount_check', 'amount')
@Check('payouts_state_check', 'state')
@Index('payouts_payee', ['orderId', 'payee'], { unique: true })
@Index('payouts_of_tenant', ['tenantId', 'id'])
export class PayoutEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('uuid', { name: 'tenant_id' }) declare tenantId: string;
  @Column('uuid', { name: 'order_id' }) declare orderId: string;
  @ManyToOne(() => OrderEntity) @JoinColumn({ name: 'order_id', foreignKeyConstraintName: 'payouts_order_id_fkey' }) declare order?: Relation<OrderEntity>;
  @Column('text') declare payee: string;
  @Column('bigint') declare amount: string;
  @Column('text') declare currency: string;
  @Column('integer') declare version: number;
  @Column('text') declare state: string;
  @Column('text', { name: 'bank_reference', nullable: true }) declare bankReference: string | null;
  @Column('timestamptz', { name: 'created_at' }) declare createdAt: Date;
  @Column('timestamptz', { name: 'paid_at', nullable: true }) declare paidAt: Date | null;
}

@Entity({ schema: 'payment', name: 'provider_events' })
@Index('provider_events_waiting', { synchronize: false })
@Index('provider_events_by_age', { synchronize: false })
export class ProviderEventEntity {
  @PrimaryColumn('text') declare provider: string;
  @PrimaryColumn('text', { name: 'event_id' }) declare eventId: string;
  @Column('text') declare type: string;
  @Column('uuid', { name: 'payment_id', nullable: true }) declare paymentId: string | null;
  @Column('text', { array: true }) declare refs: string[];
  @Column('timestamptz', { name: 'received_at' }) declare receivedAt: Date;
  @Column('timestamptz', { name: 'claimed_until', nullable: true }) declare claimedUntil: Date | null;
  @Column('integer', { default: 0 }) declare attempts: number;
  @Column('timestamptz', { name: 'processed_at', nullable: true }) declare processedAt: Date | null;
  @Column('text', { nullable: true }) declare outcome: string | null;
}

@Entity({ schema: 'payment', name: 'webhook_endpoints' })
export class WebhookEndpointEntity {
  @PrimaryColumn('text') declare provider: string;
  @PrimaryColumn('text') declare address: string;
  @Column('uuid') declare id: string;
  @Column('text', { name: 'endpoint_ref' }) declare endpointRef: string;
  @Column('text') declare secret: string;
  @Column('timestamptz', { name: 'created_at' }) declare createdAt: Date;
}
