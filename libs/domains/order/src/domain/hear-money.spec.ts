import { ok } from '@autobroker/kernel';
import { anOrder } from './an-order';
import { hearDeposit, hearDispute, hearFailed, hearSettled, type SaleInHand } from './hear-money';
import type { Order } from './order';

/** An order in hand, with what was done to it. */
function inHand(order: Order) {
  const done: string[] = [];
  const sale: SaleInHand & { order: Order } = {
    order,
    now: new Date('2026-11-20T12:00:00.000Z'),
    note: (what, after) => {
      done.push(what);
      sale.order = after;
    },
    move: (trigger) => (done.push(trigger), ok(sale.order)),
    followUp: () => done.push('follow'),
  };
  return { sale, done };
}
const price = { currency: 'EUR', total: 100, deposit: 10, lines: [] } as const;
const deposit = { paymentId: 'payment', method: 'card', state: 'authorized', captureBefore: null } as const;

describe('what is heard of money', () => {
  it('takes a deposit of the right amount once, and lets people look at any other', () => {
    const { sale, done } = inHand(anOrder({ state: 'reserved', price }));
    expect(hearDeposit(sale, deposit, { amount: 9, currency: 'EUR' })?.kind).toBe('deposit_mismatch');
    expect(hearDeposit(sale, deposit, { amount: 10, currency: 'EUR' })).toBeNull();
    expect(hearDeposit(sale, deposit, { amount: 10, currency: 'EUR' })).toBeNull();
    expect(hearDeposit(sale, { ...deposit, paymentId: 'other' }, { amount: 10, currency: 'EUR' })?.kind).toBe('payment_unmatched');
    expect(done).toEqual(['deposit_taken', 'follow']);
  });

  it('ends the sale only with the hold that it stands on', () => {
    const { sale, done } = inHand(anOrder({ state: 'deposit_held', price, deposit }));
    hearFailed(sale, { leg: 'deposit', paymentId: 'other', reason: 'declined' });
    hearFailed(sale, { leg: 'balance', paymentId: 'payment', reason: 'declined' });
    expect(done).toEqual([]);
    hearFailed(sale, { leg: 'deposit', paymentId: 'payment', reason: 'expired' });
    expect(done).toEqual(['release_deposit']);
  });

  it('counts what was given back out of goodwill as paid', () => {
    const { sale, done } = inHand(anOrder({ state: 'contracted', price }));
    expect(hearSettled(sale, { amount: 90, currency: 'EUR', givenBack: 0 }, 'now')?.kind).toBe('payment_unmatched');
    expect(done).toEqual([]);
    expect(hearSettled(sale, { amount: 90, currency: 'EUR', givenBack: 10 }, 'now')).toBeNull();
    expect(done).toEqual(['all_paid', 'follow']);
  });

  it('is not moved by an older word of a dispute that was decided', () => {
    const { sale, done } = inHand(anOrder({ state: 'contracted', price }));
    const said = { id: 'dispute', reason: 'general', dueBy: null, changedAt: 'now', amount: { amount: 100, currency: 'EUR' } } as const;
    expect(hearDispute(sale, { ...said, status: 'lost' })?.kind).toBe('dispute_lost');
    expect(hearDispute(sale, { ...said, status: 'opened' })).toBeNull();
    expect(done).toEqual(['dispute_noted']);
  });
});
