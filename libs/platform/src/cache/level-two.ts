import type { CacheEntry } from './types';

/** `null` as an entry is the remembered absence of the thing. */
export type Remembered = CacheEntry | null;

export type Acquired =
  | { readonly kind: 'hit'; readonly entry: Remembered; readonly ttlMs: number }
  /** Nothing there, and it is for the caller to load it: `put` takes the lease. */
  | { readonly kind: 'lease'; readonly lease: Lease }
  /** Nothing there yet; another process is loading it. */
  | { readonly kind: 'busy' }
  /** The shared cache cannot be asked now. */
  | { readonly kind: 'away' };

export interface Lease {
  readonly token: string;
  readonly generation: string;
}

export interface LevelTwoState {
  readonly configured: boolean;
  readonly state: 'up' | 'away' | 'off';
  readonly since: string | null;
  readonly latencyMs: number | null;
}

/**
 * The cache that processes share. Nothing here ever rejects or keeps a caller waiting: when the shared cache is away the
 * answer is `away`, and what could not be invalidated is invalidated before the shared cache is believed again.
 */
export interface LevelTwo {
  acquire(region: string, key: string): Promise<Acquired>;
  /** Kept only while the lease is still there: an invalidation in between has taken it away. */
  put(region: string, key: string, lease: Lease, entry: Remembered, ttlMs: number): Promise<void>;
  /** Gives the lease back after a load that failed. */
  release(region: string, key: string, lease: Lease): Promise<void>;
  /** A key without variant forgets every variant of its subject. */
  invalidate(region: string, keys: readonly string[]): Promise<void>;
  clear(region: string): Promise<void>;
  state(): LevelTwoState;
  close(): Promise<void>;
}
