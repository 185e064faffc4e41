import { heldOf, type Payment, stateOf } from './payment';
import { isWaiting } from './vocabulary';

const minuteMs = 60_000;

/** When a provider is asked again by ourselves, for what no webhook has told: soon at first, then ever more seldom; null when nothing can come any more. */
export function nextLook(payment: Payment, hasOpenEnds: boolean, now: Date): Date | null {
  const state = stateOf(payment);
  const age = now.getTime() - payment.createdAt.getTime();
  const after = (ms: number): Date => new Date(now.getTime() + ms);
  if (isWaiting(state)) return after(Math.min(6 * 60, Math.max(1, age / minuteMs / 2)) * minuteMs);
  if (heldOf(payment) > 0) return after(6 * 60 * minuteMs);
  if (hasOpenEnds) return after(60 * minuteMs);
  // A dispute may come months after; the day's reconciliation finds what no webhook has told.
  return null;
}
