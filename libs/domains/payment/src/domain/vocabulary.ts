/** Where a payment stands. It follows from what is known of it (`stateOf`); nobody sets it. */
export const paymentStates = ['created', 'unknown', 'requires_action', 'processing', 'authorized', 'captured', 'partially_refunded', 'refunded', 'failed', 'voided', 'review'] as const;
export type PaymentState = (typeof paymentStates)[number];

/** Which state may be seen after which, others left out in between. Money never becomes less real: nothing leads from money back to waiting. */
export const mayFollow: Readonly<Record<PaymentState, readonly PaymentState[]>> = {
  created: ['unknown', 'requires_action', 'processing', 'authorized', 'captured', 'partially_refunded', 'refunded', 'failed', 'voided', 'review'],
  unknown: ['requires_action', 'processing', 'authorized', 'captured', 'partially_refunded', 'refunded', 'failed', 'voided', 'review'],
  requires_action: ['processing', 'authorized', 'captured', 'partially_refunded', 'refunded', 'failed', 'voided', 'review'],
  processing: ['requires_action', 'authorized', 'captured', 'partially_refunded', 'refunded', 'failed', 'voided', 'review'],
  authorized: ['captured', 'partially_refunded', 'refunded', 'voided', 'review'],
  captured: ['partially_refunded', 'refunded', 'review'],
  // A refund may still fail at the buyer's bank.
  partially_refunded: ['captured', 'refunded', 'review'],
  refunded: ['captured', 'partially_refunded', 'review'],
  // What was given up, and was paid all the same: the money is the truth.
  failed: ['authorized', 'captured', 'partially_refunded', 'refunded', 'voided', 'review'],
  voided: ['captured', 'partially_refunded', 'refunded', 'review'],
  // Another amount than was asked for; it ends when nothing of it is held, or the buyer's bank has it back.
  review: ['captured', 'partially_refunded', 'refunded', 'voided', 'failed'],
};

/** Nothing is known of money yet. */
export const isWaiting = (state: PaymentState): boolean => state === 'created' || state === 'unknown' || state === 'requires_action' || state === 'processing';

export const failureReasons = ['declined', 'authentication_failed', 'expired', 'released', 'abandoned', 'amount_mismatch', 'provider_error'] as const;
export type FailureReason = (typeof failureReasons)[number];

export interface Failure {
  readonly reason: FailureReason;
  readonly declineCode: string | null;
}

/** What is asked of a provider, each under a key of its own. */
export const operationKinds = ['open', 'capture', 'void', 'cancel', 'confirm', 'refund', 'evidence', 'send_back'] as const;
export type OperationKind = (typeof operationKinds)[number];

/** `<order>:<leg>:<purpose>:<attempt>`: the same step is the same key, however often it is tried. */
export const keyOf = (orderId: string, leg: string, purpose: string, attempt: number): string => `${orderId}:${leg}:${purpose}:${attempt}`;
