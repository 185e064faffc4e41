import type { NewOperation } from '../../libs/domains/payment/src/domain/desk-state';
import type { ProviderTruth } from '../../libs/domains/payment/src/domain/truth';

interface Given {
  readonly id: string;
  readonly amount: number;
  readonly status: 'pending' | 'succeeded' | 'failed';
}

/** One payment at its provider. */
export interface Remote {
  readonly id: string;
  readonly leg: 'deposit' | 'balance';
  readonly asked: number;
  readonly isOpen: boolean;
  readonly isOver: boolean;
  readonly authorized: number;
  readonly captured: number;
  readonly isReleased: boolean;
  readonly hasExpired: boolean;
  readonly refunds: readonly Given[];
  readonly dispute: 'opened' | 'won' | 'lost' | null;
  readonly disputed: number;
}

export const unopened = (id: string, leg: Remote['leg'], asked: number): Remote => ({ id, leg, asked, isOpen: false, isOver: false, authorized: 0, captured: 0, isReleased: false, hasExpired: false, refunds: [], dispute: null, disputed: 0 });

export const isHeldAt = ({ authorized, captured, isReleased }: Remote): boolean => authorized > 0 && captured === 0 && !isReleased;
const isPayable = ({ isOpen, isOver, authorized, captured }: Remote): boolean => isOpen && !isOver && authorized + captured === 0;
export const givenBack = ({ refunds }: Remote): number => refunds.reduce((sum, { amount, status }) => (status === 'failed' ? sum : sum + amount), 0);
export const takenBack = ({ dispute, disputed }: Remote): number => (dispute === 'opened' || dispute === 'lost' ? disputed : 0);
export const leftOf = (remote: Remote): number => remote.captured - givenBack(remote) - takenBack(remote);

/**
 * It does as it is told, and minds no amounts: a service that would take more than is held, or give back more than was
 * taken, is not saved by it. What can't be done in the state that a payment is in it refuses.
 */
export function serve(remote: Remote, { kind, amount, subjectId }: Pick<NewOperation, 'kind' | 'amount' | 'subjectId'>): Remote | 'refused' {
  switch (kind) {
    case 'open':
      return { ...remote, isOpen: true };
    case 'cancel':
      return remote.authorized + remote.captured > 0 ? 'refused' : { ...remote, isOpen: true, isOver: true };
    case 'void':
      return isHeldAt(remote) ? { ...remote, isReleased: true } : 'refused';
    case 'capture':
      return isHeldAt(remote) ? { ...remote, captured: amount ?? remote.authorized } : 'refused';
    case 'refund':
      if (subjectId === null) throw new Error('a refund of nothing');
      if (remote.refunds.some(({ id }) => id === subjectId)) return remote;
      if (remote.captured === 0 || remote.dispute === 'opened') return 'refused';
      // What a bank has taken back is not there to be given back.
      if (remote.dispute === 'lost' && (amount ?? 0) > leftOf(remote)) return 'refused';
      return { ...remote, refunds: [...remote.refunds, { id: subjectId, amount: amount ?? 0, status: 'pending' }] };
    case 'confirm':
    case 'evidence':
    // What no payment takes lies beside them all.
    case 'send_back':
      return remote;
  }
}

export interface Happening {
  readonly name: string;
  readonly to: Remote;
}

/** What happens at the provider by the buyer, a bank, or time. */
export function* happenings(remote: Remote, may: { readonly lapses: boolean; readonly otherAmounts: boolean; readonly refundsFail: boolean; readonly disputes: boolean }): Iterable<Happening> {
  const { leg, asked, captured, dispute } = remote;
  const pays = (amount: number): Remote => ({ ...remote, ...(leg === 'deposit' ? { authorized: amount } : { captured: amount }) });
  if (isPayable(remote)) {
    yield { name: `the buyer pays the ${leg}`, to: pays(asked) };
    if (may.otherAmounts) yield { name: `the buyer pays another amount than the ${leg}`, to: pays(asked + 1) };
    if (may.lapses) yield { name: `the time to pay the ${leg} runs out`, to: { ...remote, isOver: true } };
  }
  if (may.lapses && isHeldAt(remote)) yield { name: 'the hold ends by itself', to: { ...remote, isReleased: true, hasExpired: true } };
  for (const [at, refund] of remote.refunds.entries()) {
    const becomes = (status: Given['status']): Remote => ({ ...remote, refunds: remote.refunds.with(at, { ...refund, status }) });
    if (refund.status === 'pending') yield { name: 'the bank takes the refund', to: becomes('succeeded') };
    if (refund.status === 'pending' && may.refundsFail && remote.refunds.every(({ status }) => status !== 'failed')) yield { name: 'the bank does not take the refund', to: becomes('failed') };
  }
  if (may.disputes && dispute === null && captured > 0 && leftOf(remote) > 0) yield { name: `the buyer disputes the ${leg}`, to: { ...remote, dispute: 'opened', disputed: leftOf(remote) } };
  if (dispute === 'opened') {
    yield { name: 'the dispute is won', to: { ...remote, dispute: 'won' } };
    yield { name: 'the dispute is lost', to: { ...remote, dispute: 'lost' } };
  }
}

export function truthOf(remote: Remote, asOf: number, holdEnds: Date): ProviderTruth {
  const { id, authorized, captured, isReleased, hasExpired, isOver, dispute, disputed } = remote;
  const phase = isOver ? 'over' : captured > 0 ? 'taken' : authorized > 0 ? (isReleased ? 'over' : 'held') : 'waiting';
  return {
    asOf,
    refs: { session: `cs_${id}`, ...(authorized + captured > 0 ? { intent: `pi_${id}`, charge: `ch_${id}` } : {}) },
    phase,
    asked: { amount: authorized === 0 && captured === 0 ? remote.asked : Math.max(authorized, remote.leg === 'balance' ? captured : 0), currency: 'eur' },
    authorized,
    captured,
    isReleased,
    hasExpired,
    captureBefore: authorized > 0 ? holdEnds : null,
    failure: null,
    action: null,
    refunds: remote.refunds.map(({ id: refundId, amount, status }) => ({ ref: `re_${refundId}`, refundId, amount, status })),
    disputes: dispute === null ? [] : [{ ref: `du_${id}`, amount: disputed, reason: 'general', status: dispute, dueBy: null, takenBack: disputed, givenBack: dispute === 'won' ? disputed : 0 }],
    costs: [],
  };
}
