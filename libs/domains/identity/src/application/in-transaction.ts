import type { ProblemCode } from '@autobroker/contracts';
import type { Refusal, Result } from '@autobroker/kernel';
import type { Database, Tx } from '@autobroker/platform/database';

export type Answer<T> = Result<T, Refusal<ProblemCode>>;

class Undo extends Error {
  constructor(readonly refusal: Refusal<ProblemCode>) {
    super(refusal.code);
  }
}

/** A transaction whose refusal undoes everything. Where a refusal leaves a trace, use `db.transaction` itself. */
export async function inTransaction<T>(db: Database, work: (tx: Tx) => Promise<Answer<T>>): Promise<Answer<T>> {
  try {
    return await db.transaction(async (tx) => {
      const answer = await work(tx);
      if (!answer.ok) throw new Undo(answer.error);
      return answer;
    });
  } catch (error) {
    if (error instanceof Undo) return { ok: false, error: error.refusal };
    throw error;
  }
}
