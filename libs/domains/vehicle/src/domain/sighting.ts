import type { Price } from './facts';

export type SightingChange = 'first_seen' | 'price' | 'status' | 'price_and_status';

export interface Seen {
  readonly price: Price | null;
  readonly status: string;
}

export const samePrice = (a: Price | null, b: Price | null): boolean =>
  a === b || (a !== null && b !== null && a.amount === b.amount && a.currency === b.currency);

/** Whether a sighting belongs into the price history, and as what; `null` when it only confirms what is known. */
export function sightingChange(before: Seen | null, after: Seen): SightingChange | null {
  if (before === null) return 'first_seen';
  const price = !samePrice(before.price, after.price);
  const status = before.status !== after.status;
  if (price && status) return 'price_and_status';
  if (price) return 'price';
  return status ? 'status' : null;
}
