import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { logger } from '../telemetry';
import type { KeySource } from './ports';
import { refusals } from './refusal';

export interface KeyRingOptions {
  /** After this time keys are fetched again in the background, so that a withdrawn key stops working. */
  readonly maxAgeMs: number;
  /** How long a key id that the source does not know is not asked for again. */
  readonly unknownForMs: number;
  /** Fetches allowed within `unknownForMs`, so that made-up key ids cannot become a flood of requests. */
  readonly fetchesPerWindow: number;
  readonly now: () => number;
}

const defaults: KeyRingOptions = {
  maxAgeMs: 600_000,
  unknownForMs: 30_000,
  fetchesPerWindow: 10,
  now: () => performance.now(),
};
const maxUnknown = 1_000;
const log = logger('auth.keys');

/** The public keys that tokens are checked with. A source that is away leaves the keys we have in force. */
export class KeyRing {
  private readonly options: KeyRingOptions;
  private keys = new Map<string, KeyObject>();
  private readonly unknown = new Map<string, number>();
  private fetchedAt: number | null = null;
  private fetches: number[] = [];
  private fetching: Promise<boolean> | null = null;

  constructor(
    private readonly source: KeySource,
    options: Partial<KeyRingOptions> = {},
  ) {
    this.options = { ...defaults, ...options };
  }

  /** The key if it is here; starts a refresh in the background when the keys are old. */
  peek(kid: string): KeyObject | undefined {
    if (this.fetchedAt !== null && this.options.now() - this.fetchedAt > this.options.maxAgeMs) void this.refresh();
    return this.keys.get(kid);
  }

  /** The key, fetched if need be; null when there is no such key. Refuses (503) when nobody can say. */
  async find(kid: string): Promise<KeyObject | null> {
    const here = this.keys.get(kid);
    if (here !== undefined) return here;
    const unknownSince = this.unknown.get(kid);
    if (unknownSince !== undefined && this.options.now() - unknownSince < this.options.unknownForMs) return null;
    const fetched = await this.refresh();
    const found = this.keys.get(kid);
    if (found !== undefined) return found;
    if (fetched) this.rememberUnknown(kid);
    else if (this.keys.size === 0) throw refusals.keysAway();
    return null;
  }

  /** True when the source answered; many callers share one fetch. */
  refresh(): Promise<boolean> {
    this.fetching ??= this.fetch().finally(() => {
      this.fetching = null;
    });
    return this.fetching;
  }

  private async fetch(): Promise<boolean> {
    const now = this.options.now();
    this.fetches = this.fetches.filter((at) => now - at < this.options.unknownForMs);
    if (this.fetches.length >= this.options.fetchesPerWindow) return false;
    this.fetches.push(now);
    try {
      const fresh = readKeys(await this.source.keys());
      if (fresh.size === 0) throw new Error('the key source has no usable key');
      this.keys = fresh;
      this.unknown.clear();
      this.fetchedAt = now;
      return true;
    } catch (error) {
      log.warn({ err: error, kept: this.keys.size }, 'signing keys could not be fetched; the known ones stay in force');
      return false;
    }
  }

  private rememberUnknown(kid: string): void {
    if (this.unknown.size >= maxUnknown) this.unknown.clear();
    this.unknown.set(kid, this.options.now());
  }
}

/** Only Ed25519 signing keys count: what else a key set holds must never verify a token. */
function readKeys(jwks: readonly JsonWebKey[]): Map<string, KeyObject> {
  const keys = new Map<string, KeyObject>();
  for (const jwk of jwks) {
    const { kid, use } = jwk as { kid?: unknown; use?: unknown };
    if (typeof kid !== 'string' || jwk.kty !== 'OKP' || jwk.crv !== 'Ed25519') continue;
    if (use !== undefined && use !== 'sig') continue;
    const { kty, crv, x } = jwk;
    if (typeof x !== 'string') continue;
    keys.set(kid, createPublicKey({ key: { kty, crv, x }, format: 'jwk' }));
  }
  return keys;
}
