import type { ProblemCode } from '@autobroker/contracts';
import type { Principal } from './principal';

/** A request turned away because of who asks. The HTTP layer makes a problem answer of it. */
export class AuthRefusal extends Error {
  override readonly name = 'AuthRefusal';
  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    readonly headers: Readonly<Record<string, string>> = {},
    /** Who it was, where that is known. */
    readonly principal: Principal | null = null,
  ) {
    super(`${code}: ${detail}`);
  }
}

const challenge = (error?: string, description?: string): Record<string, string> => ({
  'www-authenticate':
    error === undefined
      ? 'Bearer realm="autobroker"'
      : `Bearer realm="autobroker", error="${error}", error_description="${description ?? ''}"`,
});

export const refusals = {
  signInNeeded: () => new AuthRefusal('unauthenticated', 'This needs a signed-in caller.', challenge()),
  badCredential: (why: string) => new AuthRefusal('unauthenticated', why, challenge('invalid_token', why)),
  expired: () =>
    new AuthRefusal('token_expired', 'The access token has expired; refresh it.', challenge('invalid_token', 'The access token has expired')),
  ambiguous: () =>
    new AuthRefusal('credentials_ambiguous', 'Send either Authorization or X-Api-Key, not two different credentials.'),
  denied: (permission: string) =>
    new AuthRefusal('permission_denied', `This needs the permission ${permission}.`, {}),
  recentLogin: () =>
    new AuthRefusal('recent_login_required', 'Sign in again before this step.', challenge('insufficient_user_authentication', 'A recent login is required')),
  unknownTenant: () => new AuthRefusal('tenant_not_found', 'X-Tenant names no tenant of this installation.'),
  noTenant: () => new AuthRefusal('tenant_not_found', 'No tenant belongs to this address; name one with X-Tenant.'),
  notFound: () => new AuthRefusal('not_found', 'There is nothing here that you may see.'),
  keysAway: () =>
    new AuthRefusal('unavailable', 'Credentials cannot be checked right now.', { 'retry-after': '5' }),
};
