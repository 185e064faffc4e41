import { z } from 'zod';
import { isRole, isTier } from '@autobroker/contracts';
import type { JsonWebKey } from 'node:crypto';
import type {
  ApiKeyIdentity,
  ApiKeyVerifier,
  KeySource,
  RevocationSource,
  RevokedSession,
  TenantDirectory,
  TenantLookup,
  TenantRef,
} from './ports';

/** The client that the identity service is called with; time-outs, repetition and the circuit are its business. */
export interface IdentityClient {
  request(call: {
    readonly path: string;
    readonly method?: 'GET' | 'POST';
    readonly query?: Readonly<Record<string, string>>;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: object;
    /** A question may be asked again, whatever its method. */
    readonly repeatable?: boolean;
  }): Promise<{ readonly status: number; readonly ok: boolean; json(): unknown }>;
}

const jwksSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

export class RemoteKeySource implements KeySource {
  constructor(
    private readonly client: Pick<IdentityClient, 'request'>,
    private readonly path = '/.well-known/jwks.json',
  ) {}

  async keys(): Promise<readonly JsonWebKey[]> {
    const answer = await this.client.request({ path: this.path });
    if (!answer.ok) throw new Error(`the key set was answered with ${answer.status}`);
    return jwksSchema.parse(answer.json()).keys;
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
    private readonly client: IdentityClient,
    private readonly internalSecret: string,
  ) {}

  async verify(key: string): Promise<ApiKeyIdentity | null> {
    const answer = await this.client.request({
      path: '/api/v1/oauth/introspect',
      method: 'POST',
      headers: { [internalSecretHeader]: this.internalSecret },
      body: { token: key, token_type_hint: 'api_key' },
      repeatable: true,
    });
    if (!answer.ok) throw new Error(`introspection was answered with ${answer.status}`);
    const found = introspectionSchema.parse(dataOf(answer.json()));
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
  constructor(private readonly client: IdentityClient) {}

  async find(lookup: TenantLookup): Promise<TenantRef | null> {
    const answer = await this.client.request({ path: '/api/v1/tenants/resolve', query: { ...lookup } });
    // 400: a name that no tenant can have (an address typed wrongly, a probe), which is an answer too.
    if (answer.status === 404 || answer.status === 400) return null;
    if (!answer.ok) throw new Error(`the tenant directory answered ${answer.status}`);
    const { id, slug } = tenantSchema.parse(dataOf(answer.json()));
    return { id, slug };
  }
}

const revocationsSchema = z.array(z.object({ session_id: z.uuid(), tokens_expire_at: z.iso.datetime() }));

export class RemoteRevocations implements RevocationSource {
  constructor(
    private readonly client: IdentityClient,
    private readonly internalSecret: string,
  ) {}

  async recent(): Promise<readonly RevokedSession[]> {
    const answer = await this.client.request({ path: '/api/v1/auth/revocations', headers: { [internalSecretHeader]: this.internalSecret } });
    if (!answer.ok) throw new Error(`the question for ended sessions was answered with ${answer.status}`);
    return revocationsSchema
      .parse(dataOf(answer.json()))
      .map((one) => ({ id: one.session_id, tokensExpireAt: new Date(one.tokens_expire_at) }));
  }
}

/** How services of one installation prove themselves to each other on the few routes that are not for callers. */
export const internalSecretHeader = 'x-internal-secret';

/** Our own envelope, or a bare answer as the OAuth documents describe it. */
function dataOf(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'data' in body ? body.data : body;
}
