import { isCurrencyCode, type PaymentProvider } from '@autobroker/kernel';
import { type Journal, providerPayout } from './ledger';

/** What our ledger says that a provider's account moved because of one charge, refund or dispute. */
export interface Posting {
  readonly ref: string;
  readonly amount: number;
  readonly currency: string;
  readonly tenantId: string | null;
  readonly orderId: string | null;
  readonly paymentId: string | null;
  /** Posted within the day that is looked at: else it is another day's to compare. */
  readonly isOfDay: boolean;
}

interface Moved {
  readonly of: string | null;
  readonly ref: string;
  readonly net: number;
  readonly currency: string;
}

export interface Difference {
  readonly kind: 'missing_here' | 'missing_there' | 'amount_differs' | 'unexplained_movement';
  readonly ref: string | null;
  readonly movement: string | null;
  readonly expected: number | null;
  readonly actual: number | null;
  readonly currency: string;
  readonly tenantId: string | null;
  readonly orderId: string | null;
  readonly paymentId: string | null;
}

const nobody = { tenantId: null, orderId: null, paymentId: null } as const;

/** Where a provider's books and ours do not say the same. Currencies are never added up. */
export function compare(movements: readonly Moved[], postings: readonly Posting[]): Difference[] {
  const differences: Difference[] = [];
  const theirs = new Map<string, { ref: string; currency: string; net: number }>();
  for (const { of, ref, net, currency } of movements) {
    if (of === null) {
      if (net !== 0) differences.push({ kind: 'unexplained_movement', ref: null, movement: ref, expected: null, actual: net, currency, ...nobody });
      continue;
    }
    const name = `${of} ${currency}`;
    theirs.set(name, { ref: of, currency, net: (theirs.get(name)?.net ?? 0) + net });
  }
  const ours = new Map(postings.map((posting) => [`${posting.ref} ${posting.currency}`, posting]));
  for (const [name, { ref, currency, net }] of theirs) {
    const posting = ours.get(name);
    if (posting === undefined) {
      if (net !== 0) differences.push({ kind: 'missing_here', ref, movement: null, expected: null, actual: net, currency, ...nobody });
    } else if (posting.amount !== net) differences.push({ kind: 'amount_differs', ref, movement: null, expected: posting.amount, actual: net, currency, tenantId: posting.tenantId, orderId: posting.orderId, paymentId: posting.paymentId });
  }
  for (const [name, posting] of ours) {
    if (!theirs.has(name) && posting.isOfDay && posting.amount !== 0) differences.push({ kind: 'missing_there', ref: posting.ref, movement: null, expected: posting.amount, actual: null, currency: posting.currency, tenantId: posting.tenantId, orderId: posting.orderId, paymentId: posting.paymentId });
  }
  return differences;
}

export interface Owner {
  readonly tenantId: string | null;
  readonly orderId: string | null;
}

/** A payout to our bank, by the orders whose money it carries; what belongs to none is the installation's. */
export function payoutParts(provider: PaymentProvider, payout: { readonly ref: string; readonly amount: number; readonly fee: number; readonly currency: string; readonly carries: readonly Moved[] }, owners: ReadonlyMap<string, Owner>): readonly (Journal & Owner)[] {
  const { currency } = payout;
  if (!isCurrencyCode(currency)) throw new Error(`payout ${payout.ref} is in ${currency}`);
  const sums = new Map<string, { owner: Owner; amount: number }>();
  // What sending it has cost was paid from the account as well: for all of them together.
  let rest = payout.amount;
  for (const { of, net } of payout.carries) {
    const owner = of === null ? undefined : owners.get(of);
    if (owner?.orderId === undefined || owner.orderId === null) continue;
    sums.set(owner.orderId, { owner, amount: (sums.get(owner.orderId)?.amount ?? 0) + net });
    rest -= net;
  }
  const parts = [...sums.entries()].filter(([, { amount }]) => amount !== 0).map(([orderId, { owner, amount }]) => ({ ...providerPayout(provider, payout.ref, orderId, currency, amount), ...owner }));
  return rest === 0 && payout.fee === 0 ? parts : [...parts, { ...providerPayout(provider, payout.ref, 'rest', currency, rest, payout.fee), tenantId: null, orderId: null }];
}
