import { changedFields } from './changed-fields';
import type { Price } from './facts';
import { samePrice } from './sighting';
import { isOnMarket } from './status';
import type { Vehicle } from './vehicle';

/** What happened to a car, in the words of its events. */
export type Happening =
  | { readonly kind: 'listed' }
  | { readonly kind: 'updated'; readonly changed: readonly string[] }
  | { readonly kind: 'price_changed'; readonly previous: Price | null; readonly previousReference: Price | null }
  | { readonly kind: 'delisted'; readonly reason: 'sold' | 'withdrawn' | 'deleted' };

/** Every field of the resource that differs, price and status among them. */
export function differences(before: Vehicle, after: Vehicle): string[] {
  const changed = changedFields(before.facts, after.facts);
  if (before.status !== after.status) changed.push('status');
  if (before.sources.join() !== after.sources.join()) changed.push('sources');
  if (before.imageCount !== after.imageCount && !changed.includes('images')) changed.push('images');
  return changed;
}

/** `before` null is a new car; `also` are parts of the resource that changed beside the car itself (its listings, its media). */
export function happenings(before: Vehicle | null, after: Vehicle, deleted = false, also: readonly string[] = []): Happening[] {
  if (deleted) return [{ kind: 'delisted', reason: 'deleted' }];
  if (before === null) return [isOnMarket(after.status) ? { kind: 'listed' } : { kind: 'updated', changed: ['status'] }];
  const found: Happening[] = [];
  const left = isOnMarket(before.status) && !isOnMarket(after.status);
  const came = !isOnMarket(before.status) && isOnMarket(after.status);
  if (came) found.push({ kind: 'listed' });
  // Coming, going and the price have events of their own.
  const own = differences(before, after).filter((field) => field !== 'price' && !((left || came) && field === 'status'));
  const changed = [...new Set([...own, ...also])];
  if (changed.length > 0 && !came) found.push({ kind: 'updated', changed });
  if (!samePrice(before.facts.price, after.facts.price)) {
    found.push({ kind: 'price_changed', previous: before.facts.price, previousReference: before.referencePrice });
  }
  if (left) found.push({ kind: 'delisted', reason: after.status === 'sold' ? 'sold' : 'withdrawn' });
  return found;
}
