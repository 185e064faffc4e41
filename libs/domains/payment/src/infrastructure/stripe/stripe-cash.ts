import type Stripe from 'stripe';
import type { Payment } from '../../domain/payment';
import type { CashTruth } from '../../domain/truth';

type Moved = Stripe.CustomerCashBalanceTransaction;

/** What a buyer has transferred lies on a balance in their name until a payment takes it, or it goes back to their bank. */
export async function cashOf(stripe: Stripe, customer: string, currency: string): Promise<CashTruth> {
  return truthOfCash(await movesOf(stripe, customer, currency));
}

/**
 * All that lies there goes back. The key names the movement after which so much lay there: two sums that are equal are two,
 * and one that is asked for twice is one.
 */
export async function sendCashBack(stripe: Stripe, customer: string, { id, currency }: Payment): Promise<void> {
  const moves = await movesOf(stripe, customer, currency);
  const [latest] = moves;
  const { lying, isReturnFailed } = truthOfCash(moves);
  if (latest === undefined || lying <= 0 || isReturnFailed) return;
  await stripe.refunds.create({ customer, currency: currency.toLowerCase(), amount: lying, origin: 'customer_balance', metadata: { payment_id: id } }, { idempotencyKey: `${customer}:back:${latest.id}` });
}

/** The latest first. */
async function movesOf(stripe: Stripe, customer: string, currency: string): Promise<readonly Moved[]> {
  const moves: Moved[] = [];
  for await (const one of stripe.customers.listCashBalanceTransactions(customer, { limit: 100 })) if (one.currency === currency.toLowerCase()) moves.push(one);
  return moves;
}

/**
 * A movement to the buyer's bank does not name its refund; it has a name of its own. What the bank did not take is tried again
 * with what has come after it: the buyer's bank is another then, or has thought better of it.
 */
function truthOfCash(moves: readonly Moved[]): CashTruth {
  const returns = moves.filter(({ type }) => type === 'return_initiated').map((one) => ({ ref: one.id, amount: -one.net_amount }));
  const last = moves.find(({ type, net_amount: amount }) => type === 'return_initiated' || amount > 0);
  return { lying: moves[0]?.ending_balance ?? 0, isReturnFailed: last?.type === 'return_canceled', returns };
}
