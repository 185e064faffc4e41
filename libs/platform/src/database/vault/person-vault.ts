import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Database } from '../database';
import type { Tx } from '../types';
import { MasterKeys } from './master-keys';
import { PersonKeys, type KeyCacheOptions, type KeyReader } from './person-keys';
import { open, seal, SealBrokenError } from './sealed-box';

export interface VaultSettings {
  /** `id:base64,…`, the current one first. */
  readonly masterKeys: string;
  /** Base64, at least 32 bytes; never changes, or every blind index must be made anew. */
  readonly indexKey: string;
  readonly cache?: KeyCacheOptions;
}

export interface DecryptOptions {
  /** Refuses a text that was encrypted for another purpose, whatever column it was found in. */
  readonly purpose?: string;
  /** Inside a transaction that may have made the key itself. */
  readonly on?: Tx;
}

const purposePattern = /^[a-z][a-z0-9_-]{0,40}$/;
const format = 'v1';

/**
 * Personal data at rest: encrypted under a key per person, findable by a blind index. Destroying the person's key is their
 * erasure: whatever copies and backups hold can't be read any more, and rows that must stay (the ledger) stay.
 */
export class PersonVault {
  private readonly keys: PersonKeys;
  private readonly indexKey: Buffer;

  constructor(
    private readonly db: Database,
    settings: VaultSettings,
  ) {
    this.keys = new PersonKeys(db.schema, new MasterKeys(settings.masterKeys), db.clock, settings.cache);
    this.indexKey = Buffer.from(settings.indexKey, 'base64');
    if (this.indexKey.length < 32) throw new Error('the key of the blind index is shorter than 32 bytes of base64');
  }

  /** `v1.<purpose>.<base64url>`; the same text never gives the same ciphertext. */
  async encrypt(on: Tx | Database, personId: string, plaintext: string, purpose: string): Promise<string> {
    assertPurpose(purpose);
    const key = await inTransaction(on, (tx) => this.keys.forWriting(tx, personId));
    return `${format}.${purpose}.${seal(key, Buffer.from(plaintext, 'utf8'), contextOf(personId, purpose)).toString('base64url')}`;
  }

  /** Null when the person was erased. A text that was tampered with, or is another person's, throws. */
  async decrypt(personId: string, ciphertext: string, options: DecryptOptions = {}): Promise<string | null> {
    const [version, purpose = '', body, more] = ciphertext.split('.');
    if (version !== format || body === undefined || more !== undefined)
      throw new SealBrokenError('not a text of this vault');
    if (options.purpose !== undefined && options.purpose !== purpose)
      throw new SealBrokenError('the text was encrypted for another purpose');
    const reader: KeyReader = options.on ?? this.db;
    const key = await this.keys.forReading(reader, personId, options.on === undefined);
    if (key === undefined) return null;
    return open(key, Buffer.from(body, 'base64url'), contextOf(personId, purpose)).toString('utf8');
  }

  /** The same value gives the same index under one purpose, and says nothing about the value to whoever lacks the key. */
  blindIndex(purpose: string, value: string): string {
    assertPurpose(purpose);
    return createHmac('sha256', this.indexKey)
      .update(`${purpose}\0${value.normalize('NFC')}`)
      .digest('base64url');
  }

  matches(purpose: string, value: string, index: string): boolean {
    const mine = Buffer.from(this.blindIndex(purpose, value));
    const theirs = Buffer.from(index);
    return mine.length === theirs.length && timingSafeEqual(mine, theirs);
  }

  /** Erasure. Other processes forget the key within the cache's time, or at once when they hear `user.erased` and call `forget`. */
  destroy(tx: Tx, personId: string): Promise<void> {
    return this.keys.destroy(tx, personId);
  }

  forget(personId: string): void {
    this.keys.forget(personId);
  }

  /**
   * After a new master key was put first: wraps every person's key under it, in small transactions. The old master may leave
   * the ring when this has returned. The data itself is not touched.
   */
  async rewrap(options: { batch?: number; signal?: AbortSignal } = {}): Promise<number> {
    let total = 0;
    for (;;) {
      options.signal?.throwIfAborted();
      const done = await this.db.transaction((tx) => this.keys.rewrapSome(tx, options.batch ?? 200));
      if (done === 0) return total;
      total += done;
    }
  }
}

const contextOf = (personId: string, purpose: string): string => `${format}|${personId.toLowerCase()}|${purpose}`;

function assertPurpose(purpose: string): void {
  if (!purposePattern.test(purpose)) throw new Error(`${JSON.stringify(purpose)} is not a purpose`);
}

const inTransaction = <T>(on: Tx | Database, work: (tx: Tx) => Promise<T>): Promise<T> =>
  'transaction' in on ? on.transaction(work) : work(on);
