import type { IncomingHttpHeaders } from 'node:http';
import type { ApiKeys } from './api-keys';
import { anonymous, type Principal } from './principal';
import { AuthRefusal, refusals } from './refusal';
import type { Tenants } from './tenants';
import type { TokenVerifier } from './token-verifier';

const bearer = /^bearer +(\S+)$/i;

/** Turns the headers of a request into who is asking, and for which tenant. Answers synchronously from memory. */
export class Authenticator {
  constructor(
    readonly tokens: TokenVerifier,
    readonly apiKeys: ApiKeys,
    readonly tenants: Tenants,
  ) {}

  principal(headers: IncomingHttpHeaders): Principal | Promise<Principal> {
    const credential = credentialOf(headers);
    if (credential === null) return anonymous;
    return credential.startsWith('ab_') ? this.apiKeys.verify(credential) : this.tokens.verify(credential);
  }

  /** Signed in: the token's tenant, whatever X-Tenant says. Otherwise X-Tenant, the host name, or the default tenant. */
  tenant(principal: Principal, headers: IncomingHttpHeaders): string | Promise<string> {
    if (principal.tenantId !== null) return principal.tenantId;
    const named = headers['x-tenant'];
    if (principal.kind === 'anonymous' && typeof named === 'string' && named !== '') {
      return this.tenants.named(named.trim());
    }
    const ofHost = (): string | Promise<string> => this.tenants.ofHost(headers.host ?? '');
    return principal.kind === 'anonymous' ? ofHost() : orNone(ofHost);
  }
}

/** An operator belongs to no tenant and must be able to make the first one: for them there need not be any. */
function orNone(look: () => string | Promise<string>): string | Promise<string> {
  const none = (error: unknown): string => {
    if (error instanceof AuthRefusal && error.code === 'tenant_not_found') return '';
    throw error;
  };
  try {
    const found = look();
    return typeof found === 'string' ? found : found.catch(none);
  } catch (error) {
    return none(error);
  }
}

/** The one credential of a request. The same API key in both places is one credential; two different ones are a mistake. */
export function credentialOf(headers: IncomingHttpHeaders): string | null {
  const { authorization } = headers;
  const apiKey = headers['x-api-key'];
  if (authorization === undefined && apiKey === undefined) return null;
  const fromHeader = authorization === undefined ? null : bearerOf(authorization);
  if (apiKey === undefined) return fromHeader;
  const key = Array.isArray(apiKey) ? apiKey.join(',') : apiKey.trim();
  if (fromHeader !== null && fromHeader !== key) throw refusals.ambiguous();
  if (!key.startsWith('ab_')) throw refusals.badCredential('X-Api-Key does not hold an API key.');
  return key;
}

function bearerOf(authorization: string): string {
  const match = bearer.exec(authorization.trim());
  if (match?.[1] === undefined) throw refusals.badCredential('Authorization must be "Bearer" and a token or an API key.');
  return match[1];
}
