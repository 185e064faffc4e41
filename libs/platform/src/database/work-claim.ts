import { AsyncLocalStorage } from 'node:async_hooks';

/** Whose request it is, under which key: the row of `idempotency_key` that somebody holds. */
interface ClaimRef {
  readonly scope: string;
  readonly route: string;
  readonly key: string;
}

/**
 * What a piece of work holds while it runs, because it must be done once. Its first transaction that writes notes in the
 * same commit that the work was done: a crash after the commit can then not look like one before it.
 */
export class WorkClaim {
  private noted = false;
  private over = false;

  constructor(
    readonly schema: string,
    readonly ref: ClaimRef,
    readonly owner: string,
  ) {}

  /** Whether a transaction has still to note it. What goes on after the work's end is not part of it. */
  get isOpen(): boolean {
    return !this.noted && !this.over;
  }

  note(): void {
    this.noted = true;
  }

  end(): void {
    this.over = true;
  }
}

const claims = new AsyncLocalStorage<WorkClaim>();

/** Runs `work` as what was claimed: every transaction on the claim's schema that it begins can tell. */
export async function runUnderClaim<T>(claim: WorkClaim, work: () => Promise<T>): Promise<T> {
  try {
    return await claims.run(claim, work);
  } finally {
    claim.end();
  }
}

export function openClaim(schema: string): WorkClaim | null {
  const claim = claims.getStore();
  return claim !== undefined && claim.isOpen && claim.schema === schema ? claim : null;
}
