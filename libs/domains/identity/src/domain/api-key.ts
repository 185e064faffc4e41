import { err, ok, refusal, type Refusal, type Result } from '@autobroker/kernel';

/**
 * `ab_<environment>_<public id>_<secret>`: the prefix lets a leaked key be recognised by a scanner, the public id finds
 * the row, the secret (256 random bits) is kept only as a SHA-256: nothing that random can be guessed from its hash, so a
 * slow hash would only slow every request.
 */
export interface ParsedApiKey {
  readonly environment: string;
  readonly publicId: string;
  readonly secret: string;
}

const shape = /^ab_([a-z]{2,10})_([a-z0-9]{16})_([A-Za-z0-9-]{43})$/;

export const formatApiKey = (key: ParsedApiKey): string => `ab_${key.environment}_${key.publicId}_${key.secret}`;

export function parseApiKey(text: string): ParsedApiKey | null {
  const match = shape.exec(text);
  const [, environment, publicId, secret] = match ?? [];
  return environment !== undefined && publicId !== undefined && secret !== undefined ? { environment, publicId, secret } : null;
}

export interface ApiKeyState {
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

export const apiKeyUsable = (key: ApiKeyState, now: Date): boolean =>
  (key.revokedAt === null || now < key.revokedAt) && (key.expiresAt === null || now < key.expiresAt);

export const apiKeyMaxLifeMs = 366 * 24 * 60 * 60_000;
/** After a rotation the old key works a little longer, so that its users can be moved. */
export const rotationOverlapMs = 24 * 60 * 60_000;

/** A key can do what its maker can do, or less. Nobody makes a key that is stronger than they are. */
export function checkScopes(
  wanted: readonly string[],
  held: ReadonlySet<string>,
): Result<string[], Refusal<'permission_denied'>> {
  const beyond = wanted.filter((scope) => !held.has(scope));
  return beyond.length === 0
    ? ok([...new Set(wanted)].sort())
    : err(refusal('permission_denied', `You do not hold: ${beyond.join(', ')}.`));
}
