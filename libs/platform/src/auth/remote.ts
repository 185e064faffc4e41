import { z } from 'zod';
import { isRole, isTier } from '@autobroker/contracts';
import type { JsonWebKey } from 'node:crypto';
import type { ApiKeyIdentity, ApiKeyVerifier, KeySource, TenantDirectory, TenantLookup, TenantRef } from './ports';

/** An HTTP call to the identity service, with timeout and circuit breaker already around it. */
export type IdentityFetch = (path: string, init?: RequestInit) => Promise<Response>;

const jwksSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

export class RemoteKeySource implements KeySource {
  constructor(private readonly fetch: IdentityFetch) {}

  async keys(): Promise<readonly JsonWebKey[]> {
    const answer = await this.fetch('/.well-known/jwks.json');
    if (!answer.ok) throw new Error(`the key set was answered with ${answer.status}`);
    return jwksSchema.parse(await answer.json()).keys;
  }
}

// RFC 7662, with what a principal of ours needs besides.
const introspectionSchema = z.union([
  z.object({ active: z.literal(false) }),
  z.object({
    active: z.literal(true),
    sub: z.string(),
    tid: z.string().nullable(),
    roles: z.array(z.string()),
    tier: z.string(),
    scope: z.string().optional(),
    kind: z.enum(['user', 'client']),
    key_id: z.string(),
    exp: z.number().nullish(),
  }),
]);

export class RemoteApiKeyVerifier implements ApiKeyVerifier {
  constructor(
    private readonly fetch: IdentityFetch,
    private readonly internalSecret: string,
  ) {}

  async verify(key: string): Promise<ApiKeyIdentity | null> {
    const answer = await this.fetch('/api/v1/oauth/introspect', {
      method: 'POST',
      headers: { 'content-type': 'application/json', [internalSecretHeader]: this.internalSecret },
      body: JSON.stringify({ token: key, token_type_hint: 'api_key' }),
    });
    if (!answer.ok) throw new Error(`introspection was answered with ${answer.status}`);
    const found = introspectionSchema.parse(dataOf(await answer.json()));
    if (!found.active) return null;
    return {
      keyId: found.key_id,
      kind: found.kind,
      id: found.sub,
      tenantId: found.tid,
      roles: found.roles.filter(isRole),
      tier: isTier(found.tier) ? found.tier : 'free',
      scopes: found.scope === undefined ? null : found.scope.split(' ').filter((scope) => scope !== ''),
      expiresAt: found.exp == null ? null : new Date(found.exp * 1_000),
    };
  }
}

const tenantSchema = z.object({ id: z.uuid(), slug: z.string() });

export class RemoteTenantDirectory implements TenantDirectory {
  constructor(private readonly fetch: IdentityFetch) {}

  async find(lookup: TenantLookup): Promise<TenantRef | null> {
    const answer = await this.fetch(`/api/v1/tenants/resolve?${new URLSearchParams({ ...lookup }).toString()}`);
    // 400: a name that no tenant can have (an address typed wrongly, a probe), which is an answer too.
    if (answer.status === 404 || answer.status === 400) return null;
    if (!answer.ok) throw new Error(`the tenant directory answered ${answer.status}`);
    const { id, slug } = tenantSchema.parse(dataOf(await answer.json()));
    return { id, slug };
  }
}

/** How services of one installation prove themselves to each other on the few routes that are not for callers. */
export const internalSecretHeader = 'x-internal-secret';

/** Our own envelope, or a bare answer as the OAuth documents describe it. */
function dataOf(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'data' in body ? body.data : body;
}
