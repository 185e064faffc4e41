import type { OrderDesk } from './desk';
import { heldOf, type Payment, stateOf } from './payment';
import type { ProviderTruth } from './truth';
import { isWaiting, type OperationKind } from './vocabulary';

interface Asked {
  readonly kind: OperationKind;
  readonly paymentId: string;
  readonly amount: number | null;
  readonly subjectId: string | null;
}

/** Not worth asking any more: it was given up before the provider heard of it, or has ended. */
export function isPointless(operation: Pick<Asked, 'kind'> & { readonly attempts: number }, payment: Payment): boolean {
  if (operation.kind === 'open') return operation.attempts <= 1 && payment.givenUpFor !== null && payment.refs.session === null && payment.refs.intent === null;
  if (operation.kind === 'cancel') return payment.isDead || payment.captured > 0 || payment.authorized > 0;
  if (operation.kind === 'void' || operation.kind === 'capture') return heldOf(payment) === 0;
  return false;
}

/** What was never asked never began. */
export function dropPointless(desk: OrderDesk, { kind, paymentId }: Pick<Asked, 'kind' | 'paymentId'>): void {
  if (kind === 'open') desk.abandon(paymentId, { reason: desk.payment(paymentId).givenUpFor ?? 'abandoned', declineCode: null });
}

/** The provider will not: what it says of the payment, where it was asked, and what follows from its refusal. */
export function takeRefusal(desk: OrderDesk, operation: Asked, answer: ProviderTruth | null, code: string): void {
  const { paymentId, kind } = operation;
  if (answer !== null) desk.take(paymentId, answer);
  const now = desk.payment(paymentId);
  if (kind === 'open' || (kind === 'cancel' && answer === null)) desk.abandon(paymentId, { reason: 'provider_error', declineCode: code });
  if (kind === 'refund' && operation.subjectId !== null) desk.failPart(operation.subjectId);
  if (kind === 'confirm' && isWaiting(stateOf(now))) desk.abandon(paymentId, { reason: 'declined', declineCode: code });
  if (blocks(operation, desk)) desk.odd('operation_refused', now, { expected: operation.amount });
}

/** Whether what was refused would be asked at once again, though nothing has changed. */
export function couldLoop({ kind }: Pick<Asked, 'kind'>, answer: Pick<ProviderTruth, 'authorized' | 'captured' | 'isReleased' | 'phase'>): boolean {
  const isHeld = answer.authorized > 0 && !answer.isReleased && answer.captured === 0;
  if (kind === 'capture' || kind === 'void') return isHeld;
  return kind === 'cancel' && (answer.phase === 'waiting' || answer.phase === 'processing');
}

const blocks = ({ kind, paymentId }: Pick<Asked, 'kind' | 'paymentId'>, desk: OrderDesk): boolean => {
  const now = desk.payment(paymentId);
  if (kind === 'capture' || kind === 'void') return heldOf(now) > 0;
  return kind === 'evidence' || kind === 'send_back' || (kind === 'cancel' && isWaiting(stateOf(now)));
};
