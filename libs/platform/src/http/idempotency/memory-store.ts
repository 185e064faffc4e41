import { uuidv7 } from '@autobroker/kernel';
import { refText } from './ref-text';
import type { ClaimOutcome, IdempotencyClaim, IdempotencyRef, IdempotencyStore } from './store';

interface Held {
  owner: string;
  requestHash: Buffer;
  lockedUntil: number;
  expiresAt: number;
  answer: { status: number; bytes: Buffer } | null;
}

/** For processes without a database of their own, such as an edge; it forgets when they stop. */
export class MemoryIdempotencyStore implements IdempotencyStore {
  private readonly held = new Map<string, Held>();

  constructor(private readonly now: () => number = Date.now) {}

  claim(claim: IdempotencyClaim): Promise<ClaimOutcome> {
    return Promise.resolve(this.claimNow(claim));
  }

  private claimNow(claim: IdempotencyClaim): ClaimOutcome {
    const now = this.now();
    const name = refText(claim);
    const held = this.held.get(name);
    if (held !== undefined && held.expiresAt > now) {
      if (!held.requestHash.equals(claim.requestHash)) return { kind: 'mismatch' };
      if (held.answer !== null) return { kind: 'answered', status: held.answer.status, answer: held.answer.bytes };
      if (held.lockedUntil > now) return { kind: 'in_flight' };
    }
    const owner = claim.owner ?? uuidv7();
    this.held.set(name, {
      owner,
      requestHash: claim.requestHash,
      lockedUntil: now + claim.lockMs,
      expiresAt: now + claim.keepMs,
      answer: null,
    });
    return { kind: 'claimed', owner };
  }

  workOf(): null {
    return null;
  }

  settle(ref: IdempotencyRef, owner: string, status: number, answer: Buffer): Promise<boolean> {
    const held = this.held.get(refText(ref));
    if (held === undefined || held.owner !== owner || held.answer !== null) return Promise.resolve(false);
    held.answer = { status, bytes: answer };
    return Promise.resolve(true);
  }

  release(ref: IdempotencyRef, owner: string): Promise<void> {
    const name = refText(ref);
    const held = this.held.get(name);
    if (held?.owner === owner && held.answer === null) this.held.delete(name);
    return Promise.resolve();
  }

  giveUp(ref: IdempotencyRef, owner: string): Promise<void> {
    return this.release(ref, owner);
  }

  sweep(limit: number): Promise<number> {
    let swept = 0;
    const now = this.now();
    for (const [name, held] of this.held) {
      if (swept >= limit) break;
      if (held.expiresAt > now) continue;
      this.held.delete(name);
      swept += 1;
    }
    return Promise.resolve(swept);
  }
}
