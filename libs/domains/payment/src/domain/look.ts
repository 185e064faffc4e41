import { heldOf, type Payment, stateOf } from './payment';
import { isWaiting } from './vocabulary';

const minuteMs = 60_000;
const transfersComeWithinMs = 180 * 24 * 60 * minuteMs;

/** When a provider is asked again by ourselves, for what no webhook has told: soon at first, then ever more seldom; null when nothing can come any more. */
export function nextLook(payment: Payment, hasOpenEnds: boolean, now: Date): Date | null {
  const state = stateOf(payment);
  const age = now.getTime() - payment.createdAt.getTime();
  const after = (ms: number): Date => new Date(now.getTime() + ms);
  if (isWaiting(state)) return after(Math.min(6 * 60, Math.max(1, age / minuteMs / 2)) * minuteMs);
  if (heldOf(payment) > 0) return after(6 * 60 * minuteMs);
  if (hasOpenEnds) return after(60 * minuteMs);
  // A transfer may come after its payment has ended, and by the news of it that were lost nobody would know.
  if (payment.method === 'bank_transfer' && payment.refs.customer !== null && age < transfersComeWithinMs) return after(Math.min(7 * 24 * 60, Math.max(6 * 60, age / minuteMs / 2)) * minuteMs);
  // A dispute may come months after; the day's reconciliation finds what no webhook has told.
  return null;
}
