import type { ListQuery } from '../../application/criteria';
import { farnessOf, kilometresOf } from './vehicle-filter';

/** A value in the order of the list that the whole page comes before, or has as its last. */
export type Reach = string;

/**
 * How far to look for a page, one attempt after the other; the last is as far as the sample reached.
 *
 * A sample of a wide circle may come from its far end: its nearest are hundreds of kilometres away, and half of all cars are
 * nearer. Then a sixteenth of the ground is looked at first, which costs little and nearly always has the page. The farness
 * grows with the ground that is covered, so that shares of the one are shares of the other.
 */
export function reachesOf(query: ListQuery, reach: Reach): readonly Reach[] {
  const { near } = query.criteria;
  if (near === undefined || query.order.by !== 'distance' || query.order.descending) return [reach];
  const sampled = Number(reach);
  const seen = 'after' in query.from ? Number(query.from.after.value) : 0;
  const nearer = seen + (sampled - seen) / 16;
  // Of a page far out, most of the ground was passed already and has to be looked at again either way.
  const spares = nearer < sampled / 2;
  return spares && sampled > farnessOf(near.radiusKm) / 9 ? [String(nearer), reach] : [reach];
}

/**
 * The next page by distance, told from where the one before ended: on as much ground again there are about as many as up to there.
 * `null` at a list's beginning, and where it is so much ground that a sample had better tell first.
 */
export function reachBehind({ criteria: { near }, order, from }: ListQuery): Reach | null {
  if (near === undefined || order.by !== 'distance' || order.descending || !('after' in from)) return null;
  const reach = Math.max(2 * Number(from.after.value), farnessOf(1));
  return reach <= farnessOf(near.radiusKm) / 4 ? String(reach) : null;
}

/** What is nearest lies in the smallest circle, for which there is an index. A little wider, for what rounding may take. */
export function withinReach(query: ListQuery, reach: Reach): ListQuery {
  const { near } = query.criteria;
  if (near === undefined || query.order.by !== 'distance') return query;
  const radiusKm = Math.min(near.radiusKm, kilometresOf(Number(reach)) * 1.001 + 0.1);
  return { ...query, criteria: { ...query.criteria, near: { ...near, radiusKm } } };
}
