import type { Role, Tier } from '@autobroker/contracts';
import { uuidv7 } from '@autobroker/kernel';
import { authConfig, signAccessToken, testSigningKey, type KeySource } from '../auth';
import { loadConfig } from '../config';

const key = testSigningKey('spec-key');

export interface TestUser {
  readonly role: Role | readonly Role[];
  /** Null for the installation's own people. */
  readonly tenantId: string | null;
  readonly id?: string;
  readonly tier?: Tier;
  readonly kind?: 'user' | 'client';
  readonly scopes?: readonly string[];
  readonly sessionId?: string;
}

/** Headers of a request by such a user: a token that is signed like a real one, by a key that `testApp` trusts. */
export function asUser(user: TestUser): { authorization: string } {
  const token = signAccessToken(
    {
      id: user.id ?? uuidv7(),
      tenantId: user.tenantId,
      roles: typeof user.role === 'string' ? [user.role] : user.role,
      tier: user.tier ?? 'free',
      kind: user.kind ?? 'user',
      sessionId: user.sessionId ?? null,
      scopes: user.scopes ?? null,
    },
    { kid: key.kid, privateKey: key.privateKey, issuer: loadConfig(authConfig, {}).issuer, expiresInS: 900 },
  );
  return { authorization: `Bearer ${token}` };
}

/** The keys that a service under test trusts: its own, and the one that signs test users. */
export const trustingTests = (own?: KeySource): KeySource => ({
  keys: async () => [...((await own?.keys()) ?? []), key.jwk],
});
