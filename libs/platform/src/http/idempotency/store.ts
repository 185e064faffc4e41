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
  /** After so long a claim that was never settled may be taken over: its process has died. */
  readonly lockMs: number;
  readonly keepMs: number;
}

export type ClaimOutcome =
  /** Go on; settle or release with this owner. */
  | { readonly kind: 'claimed'; readonly owner: string }
  | { readonly kind: 'in_flight' }
  | { readonly kind: 'mismatch' }
  | { readonly kind: 'answered'; readonly status: number; readonly answer: Buffer };

/** Where answers are remembered. Each call is a transaction of its own. */
export interface IdempotencyStore {
  claim(claim: IdempotencyClaim): Promise<ClaimOutcome>;
  /** False when somebody else has taken the claim over meanwhile. */
  settle(ref: IdempotencyRef, owner: string, status: number, answer: Buffer): Promise<boolean>;
  release(ref: IdempotencyRef, owner: string): Promise<void>;
  /** Removes what is past its time; gives how many. */
  sweep(limit: number): Promise<number>;
}
