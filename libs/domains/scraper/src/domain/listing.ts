import type { ListingStatus } from '@autobroker/kernel';
import type { RunKind } from './run';

/** What is remembered of a listing from run to run. */
export interface Known {
  readonly contentHash: string;
  readonly status: ListingStatus;
  readonly lastDetailAt: Date | null;
}

export type Novelty = 'new' | 'changed' | 'unchanged';

export function noveltyOf(known: Known | undefined, contentHash: string): Novelty {
  if (known === undefined) return 'new';
  // One that was gone and is listed again is news, whatever it says.
  return known.contentHash === contentHash && known.status !== 'sold' && known.status !== 'removed' ? 'unchanged' : 'changed';
}

const dayMs = 86_400_000;

/** Whether the detail page is worth a request: news always is; what stays the same is looked at again now and then. */
export function needsDetail(novelty: Novelty, known: Known | undefined, now: Date, refreshDays: number): boolean {
  if (novelty !== 'unchanged' || known === undefined) return true;
  return known.lastDetailAt === null || now.getTime() - known.lastDetailAt.getTime() >= refreshDays * dayMs;
}

export interface ListPage {
  readonly kind: RunKind;
  /** Listings of the page that this run had not met before. */
  readonly fresh: number;
  /** Such pages in a row without any, this one included. */
  readonly stale: number;
  readonly items: number;
  readonly news: number;
  readonly foundBefore: number;
  readonly maxResults: number | null;
}

export type StopReason = 'empty' | 'nothing_fresh' | 'all_known' | 'enough';

const stalePages = 8;

/** Whether the list is read on after this page; null to go on. Lists are newest first. */
export function stopAfter(page: ListPage): StopReason | null {
  if (page.items === 0) return 'empty';
  // A list moves on while it is read, so one page may hold nothing new; a site that answers every page number with its
  // last page would be read for ever.
  if (page.stale >= stalePages) return 'nothing_fresh';
  if (page.maxResults !== null && page.foundBefore + page.fresh >= page.maxResults) return 'enough';
  if (page.kind === 'check') return 'enough';
  if (page.kind === 'incremental' && page.news === 0) return 'all_known';
  return null;
}

/**
 * Whether what a whole list no longer names may be taken for missing. Where each has a page of its own, that page is the
 * judge; without one, a list that has shrunk to a fraction is a fault of the list, or of our reading, far more often than a
 * sale of everything.
 */
export function missingCounts(list: { readonly complete: boolean; readonly found: number; readonly knownActive: number; readonly hasPages: boolean }): boolean {
  if (!list.complete) return false;
  if (list.found >= list.knownActive * 0.2) return true;
  return list.hasPages ? list.knownActive < 200 : list.knownActive < 20 && list.found > 0;
}
