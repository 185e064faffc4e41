import type { Price } from './facts';
import { samePrice, sightingChange, type SightingChange } from './sighting';

/** An entry of a listing's price history. */
export interface HistoryEntry {
  readonly id: string;
  readonly at: Date;
  readonly change: SightingChange;
  readonly status: string;
  readonly price: Price | null;
}

export interface LateSighting {
  readonly at: Date;
  readonly status: string;
  readonly price: Price | null;
}

export interface LateChanges {
  readonly entries: readonly (LateSighting & { readonly change: SightingChange })[];
  /** An entry that was true earlier than it was first heard of, or is no longer the first. */
  readonly amended: HistoryEntry | null;
}

const nothing: LateChanges = { entries: [], amended: null };

const alike = (a: LateSighting, b: LateSighting): boolean => a.status === b.status && samePrice(a.price, b.price);

/**
 * What a sighting that comes after later ones adds to the history, which is in order of time. `confirmedAt` is when the
 * listing last said something: what it says now was true then.
 */
export function lateChanges(history: readonly HistoryEntry[], late: LateSighting, confirmedAt: Date): LateChanges {
  const before = history.findLast(({ at }) => at <= late.at);
  const after = history.find(({ at }) => at > late.at);
  if (before !== undefined && (alike(before, late) || before.at.getTime() === late.at.getTime())) return nothing;
  if (after !== undefined && alike(after, late)) return { entries: [], amended: { ...after, at: late.at } };
  const change = before === undefined ? 'first_seen' : (sightingChange(before, late) ?? 'price');
  const entry = { ...late, change };
  if (after !== undefined) {
    const next = sightingChange(late, after);
    return { entries: [entry], amended: after.change === 'first_seen' && next !== null ? { ...after, change: next } : null };
  }
  // It said otherwise in between, and then again what it had said before.
  const back = before === undefined ? null : sightingChange(late, before);
  const again = before === undefined || back === null || confirmedAt <= late.at ? [] : [{ at: confirmedAt, status: before.status, price: before.price, change: back }];
  return { entries: [entry, ...again], amended: null };
}
