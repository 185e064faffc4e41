import { err, ok, refusal, type Refusal, type Result } from '@autobroker/kernel';

export interface ErasureState {
  readonly status: 'active' | 'disabled' | 'erased';
  /** Why the law wants this person's data kept for now; set by whoever has the duty (a running order, a dispute). */
  readonly holdReason: string | null;
  readonly lastAdmin: boolean;
}

/** A hold or an orphaned tenant stops an erasure; nothing else does. */
export function checkErasure(state: ErasureState): Result<void, Refusal<'legal_hold' | 'last_admin' | 'not_found'>> {
  if (state.status === 'erased') return err(refusal('not_found', 'There is no such account.'));
  if (state.holdReason !== null) return err(refusal('legal_hold', `Kept for now: ${state.holdReason}.`));
  if (state.lastAdmin) return err(refusal('last_admin', 'Make somebody else an admin first.'));
  return ok(undefined);
}
