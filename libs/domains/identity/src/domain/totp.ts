/** Time steps of RFC 6238. One step of clock drift either way is accepted, a step that was used never again. */
export const totpPeriodSeconds = 30;
export const totpWindow = 1;

export const stepAt = (at: Date): number => Math.floor(at.getTime() / 1000 / totpPeriodSeconds);

/**
 * `matched` is the step whose code was presented (null when none in the window fits), `lastUsed` the newest one that this
 * account has spent. A code is refused when its step, or a later one, was spent: whoever looks over a shoulder is late.
 */
export function acceptStep(matched: number | null, lastUsed: number | null, now: Date): boolean {
  if (matched === null) return false;
  if (Math.abs(matched - stepAt(now)) > totpWindow) return false;
  return lastUsed === null || matched > lastUsed;
}

export const recoveryCodeCount = 10;
/** No I, L, O, U: a code is read from paper. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** `XXXXX-XXXXX` from ten random bytes: 50 bits, and each is good for one sign-in. */
export function formatRecoveryCode(random: Uint8Array): string {
  const letters = [...random.slice(0, 10)].map((byte) => alphabet[byte % 32] ?? '0').join('');
  return `${letters.slice(0, 5)}-${letters.slice(5, 10)}`;
}

/** What was typed, in the spelling that was hashed: case, blanks and look-alikes forgiven. */
export const normaliseRecoveryCode = (text: string): string =>
  text
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/[IL]/g, '1')
    .replace(/O/g, '0');
