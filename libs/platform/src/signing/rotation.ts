/**
 * Life of a signing key: `next` is published before it signs, so that every verifier knows it by then; `current` signs;
 * `previous` is still published until the last thing that it signed has expired; then it is `retired` and not shown.
 */
export type SigningKeyStatus = 'next' | 'current' | 'previous' | 'retired';

export interface SigningKeyState {
  readonly kid: string;
  readonly status: SigningKeyStatus;
  readonly createdAt: Date;
  readonly activatedAt: Date | null;
  readonly replacedAt: Date | null;
}

export interface RotationPolicy {
  readonly signForMs: number;
  /** How long verifiers may keep a fetched key set: a `next` key is older than this before it signs. */
  readonly announceMs: number;
  /** How long a replaced key stays published: longer than anything that it has signed is good for. */
  readonly lingerMs: number;
}

export type RotationStep =
  | { readonly do: 'create_current' }
  | { readonly do: 'create_next' }
  | { readonly do: 'promote'; readonly kid: string; readonly replaces: string }
  | { readonly do: 'retire'; readonly kid: string };

/**
 * What has to happen now. Running it twice does nothing more. `force` is the operator's button: it promotes at once, even
 * a `next` that was announced a moment ago, because it is pressed when the current key may be in the wrong hands.
 */
export function planRotation(
  keys: readonly SigningKeyState[],
  now: Date,
  policy: RotationPolicy,
  force = false,
): RotationStep[] {
  const since = (at: Date): number => now.getTime() - at.getTime();
  const steps: RotationStep[] = [];
  for (const key of keys) {
    if (key.status === 'previous' && key.replacedAt !== null && since(key.replacedAt) >= policy.lingerMs) {
      steps.push({ do: 'retire', kid: key.kid });
    }
  }
  const current = keys.find((key) => key.status === 'current');
  const next = keys.find((key) => key.status === 'next');
  if (current === undefined) {
    steps.push({ do: 'create_current' });
    if (next === undefined) steps.push({ do: 'create_next' });
    return steps;
  }
  if (next === undefined) {
    steps.push({ do: 'create_next' });
    return steps;
  }
  const due = since(current.activatedAt ?? current.createdAt) >= policy.signForMs;
  if (force || (due && since(next.createdAt) >= policy.announceMs)) {
    steps.push({ do: 'promote', kid: next.kid, replaces: current.kid }, { do: 'create_next' });
  }
  return steps;
}
