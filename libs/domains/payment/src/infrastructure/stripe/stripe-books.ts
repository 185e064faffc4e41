import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import type { Movement, ProviderPayout } from '../../application/provider';

const kinds: Readonly<Record<string, Movement['kind']>> = { charge: 'charge', refund: 'refund', refund_failure: 'refund', dispute: 'dispute', dispute_reversal: 'dispute', payout: 'payout', payout_reversal: 'payout' };
const inSeconds = (at: Date): number => Math.floor(at.getTime() / 1_000);

/** Stripe's own books: every movement of the account, and what was paid out. */
@Injectable()
export class StripeBooks {
  async movements(stripe: Stripe, from: Date, to: Date): Promise<readonly Movement[]> {
    const found: Movement[] = [];
    for await (const transaction of stripe.balanceTransactions.list({ created: { gte: inSeconds(from), lt: inSeconds(to) }, limit: 100, expand: ['data.source'] })) found.push(movementOf(transaction));
    return found;
  }

  async totalOf(stripe: Stripe, ref: string, currency: string): Promise<number> {
    let total = 0;
    for await (const { net } of stripe.balanceTransactions.list({ source: ref, currency: currency.toLowerCase(), limit: 100 })) total += net;
    return total;
  }

  async payouts(stripe: Stripe, from: Date, to: Date): Promise<readonly ProviderPayout[]> {
    const found: ProviderPayout[] = [];
    for await (const payout of stripe.payouts.list({ created: { gte: inSeconds(from), lt: inSeconds(to) }, limit: 100 })) {
      if (payout.status !== 'paid' && payout.status !== 'in_transit') continue;
      const carries: Movement[] = [];
      if (payout.automatic) for await (const transaction of stripe.balanceTransactions.list({ payout: payout.id, limit: 100 })) carries.push(movementOf(transaction));
      found.push({ ref: payout.id, amount: payout.amount, fee: 0, currency: payout.currency.toUpperCase(), carries: carries.filter(({ kind }) => kind !== 'payout') });
    }
    return found;
  }
}

function movementOf({ id, source, reporting_category: category, net, currency }: Stripe.BalanceTransaction): Movement {
  const of = source === null ? null : typeof source === 'string' ? source : source.id;
  return { ref: id, of, kind: kinds[category] ?? 'other', net, currency: currency.toUpperCase(), hints: hintsIn(source) };
}

/** A refund or dispute that we have not heard of says which payment it is of. */
function hintsIn(source: Stripe.BalanceTransaction['source']): readonly string[] {
  if (source === null || typeof source === 'string') return [];
  const named = [source.id, 'charge' in source ? source.charge : null, 'payment_intent' in source ? source.payment_intent : null];
  return named.flatMap((one) => (typeof one === 'string' ? [one] : typeof one === 'object' && one !== null && 'id' in one && typeof one.id === 'string' ? [one.id] : []));
}
