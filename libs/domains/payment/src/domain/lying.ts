import type { OrderDesk } from './desk';
import { owedOf } from './order-account';
import { stateOf } from './payment';
import type { CashTruth } from './truth';
import { isWaiting } from './vocabulary';

/**
 * Money lies at the provider that a buyer has sent while no transfer waited for it. Where the balance is owed it was sent ahead,
 * and pays it: the payment begins by itself, or waits until it is known what comes of another one. Else it goes back to the
 * buyer. What came back once already is not sent again before somebody has looked.
 */
export function settleWhatLies(desk: OrderDesk, paymentId: string, { lying, isReturnFailed }: CashTruth, transferTimeMs: number): void {
  const all = [...desk.payments.values()];
  if (lying <= 0 || all.some((one) => (one.method === 'bank_transfer' && isWaiting(stateOf(one))) || desk.isAsked(one.id, 'send_back'))) return;
  const owed = owedOf(desk.order, all, 'balance');
  if (owed > 0) {
    if (!all.some((one) => one.leg === 'balance' && isWaiting(stateOf(one)))) desk.begin({ leg: 'balance', method: 'bank_transfer', amount: owed, expiresAt: new Date(desk.now.getTime() + transferTimeMs) });
    return;
  }
  const payment = desk.payment(paymentId);
  if (isReturnFailed) desk.odd('refund_failed', payment, { expected: lying });
  else desk.ask('send_back', payment);
}
