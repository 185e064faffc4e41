import type { WorkClaim } from '../../database';

/** Whose key, on which route: two callers may use the same text. */
export interface IdempotencyRef {
  /** Principal and tenant. */
  readonly scope: string;
  /** Method and template of the route. */
  readonly route: string;
  readonly key: string;
}

export interface IdempotencyClaim extends IdempotencyRef {
  /** Of the request: method, address and body. */
  readonly requestHash: Buffer;
  /** After so long a claim whose work was never noted as done may be taken over: its process has died. */
  readonly lockMs: number;
  readonly keepMs: number;
  /** Made by the store where it is not given. Who gives it can release the claim although its answer was lost. */
  readonly owner?: string;
}

export type ClaimOutcome =
  /** Go on; settle or release with this owner. */
  | { readonly kind: 'claimed'; readonly owner: string }
  | { readonly kind: 'in_flight' }
  | { readonly kind: 'mismatch' }
  /** The work was committed, in whole or in its first part, and whoever did it left no answer. */
  | { readonly kind: 'worked'; readonly on: WorkedOn | null }
  | { readonly kind: 'answered'; readonly status: number; readonly answer: Buffer };

/** The first object that the work's audit rows name. */
export interface WorkedOn {
  readonly type: string;
  readonly id: string;
}

/** Where answers are remembered. Each call is a transaction of its own. */
export interface IdempotencyStore {
  claim(claim: IdempotencyClaim): Promise<ClaimOutcome>;
  /** What the work's own transactions note it by; null where the store is no part of their database. */
  workOf(ref: IdempotencyRef, owner: string): WorkClaim | null;
  /** False when somebody else has taken the claim over meanwhile. */
  settle(ref: IdempotencyRef, owner: string, status: number, answer: Buffer): Promise<boolean>;
  /** The key is free again: nothing was done. */
  release(ref: IdempotencyRef, owner: string): Promise<void>;
  /** The same for work that failed, unless some of it was noted as done: then its key stays without an answer. */
  giveUp(ref: IdempotencyRef, owner: string): Promise<void>;
  /** Removes what is past its time; gives how many. */
  sweep(limit: number): Promise<number>;
}
