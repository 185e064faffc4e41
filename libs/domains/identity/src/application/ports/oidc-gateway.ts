import type { ExternalClaims } from '../../domain/external-login';

export interface OidcClientSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | null;
}

export interface OidcBegin {
  readonly url: string;
  readonly codeVerifier: string;
}

/** The identity provider was not there, or said something that is not to be believed. */
export class OidcProviderError extends Error {
  override readonly name = 'OidcProviderError';
  constructor(
    readonly kind: 'unreachable' | 'refused',
    message: string,
    options?: { cause: unknown },
  ) {
    super(message, options);
  }
}

export interface OidcProfile extends ExternalClaims {
  readonly name: string | null;
}

/** OpenID Connect towards the outside: authorization code with PKCE. */
export abstract class OidcGateway {
  abstract begin(
    settings: OidcClientSettings,
    request: { redirectUri: string; scopes: readonly string[]; state: string; nonce: string },
  ): Promise<OidcBegin>;
  /** Exchanges the code and believes an ID token only after signature, issuer, audience, nonce and times were checked. */
  abstract finish(
    settings: OidcClientSettings,
    answer: { redirectUri: string; code: string; issuer: string | null; state: string; nonce: string; codeVerifier: string },
  ): Promise<OidcProfile>;
}
