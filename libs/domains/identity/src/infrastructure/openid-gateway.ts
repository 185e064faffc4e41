import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import * as oidc from 'openid-client';
import { identityConfig, type IdentityConfig } from '../application/config';
import { OidcGateway, OidcProviderError, type OidcBegin, type OidcClientSettings, type OidcProfile } from '../application/ports';

const timeoutS = 10;

/** openid-client does the protocol; discovery documents are kept for a while, so that a sign-in costs one call. */
@Injectable()
export class OpenidGateway extends OidcGateway {
  private readonly known = new LRUCache<string, oidc.Configuration>({ max: 200, ttl: 10 * 60_000 });

  constructor(@Inject(identityConfig.token) private readonly config: IdentityConfig) {
    super();
    if (config.oidcAllowHttp && process.env.NODE_ENV === 'production') throw new Error('OIDC_ALLOW_HTTP is not for production');
  }

  async begin(
    settings: OidcClientSettings,
    request: { redirectUri: string; scopes: readonly string[]; state: string; nonce: string },
  ): Promise<OidcBegin> {
    const client = await this.client(settings);
    const codeVerifier = oidc.randomPKCECodeVerifier();
    const url = oidc.buildAuthorizationUrl(client, {
      redirect_uri: request.redirectUri,
      scope: [...new Set(['openid', ...request.scopes])].join(' '),
      state: request.state,
      nonce: request.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href, codeVerifier };
  }

  async finish(
    settings: OidcClientSettings,
    answer: { redirectUri: string; code: string; issuer: string | null; state: string; nonce: string; codeVerifier: string },
  ): Promise<OidcProfile> {
    const client = await this.client(settings);
    const callback = new URL(answer.redirectUri);
    callback.searchParams.set('code', answer.code);
    callback.searchParams.set('state', answer.state);
    if (answer.issuer !== null) callback.searchParams.set('iss', answer.issuer);
    try {
      const tokens = await oidc.authorizationCodeGrant(client, callback, {
        pkceCodeVerifier: answer.codeVerifier,
        expectedState: answer.state,
        expectedNonce: answer.nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw new Error('the provider sent no ID token');
      const { sub, email, email_verified, name } = claims;
      return {
        subject: sub,
        email: typeof email === 'string' ? email : null,
        // Some providers send the text "true"; anything else is no.
        emailVerified: email_verified === true || email_verified === 'true',
        name: typeof name === 'string' ? name.slice(0, 200) : null,
      };
    } catch (cause) {
      throw new OidcProviderError(isNetwork(cause) ? 'unreachable' : 'refused', 'the code could not be exchanged', { cause });
    }
  }

  private async client(settings: OidcClientSettings): Promise<oidc.Configuration> {
    const key = JSON.stringify([settings.issuer, settings.clientId, settings.clientSecret]);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const auth = settings.clientSecret === null ? oidc.None() : oidc.ClientSecretPost(settings.clientSecret);
    try {
      const found = await oidc.discovery(new URL(settings.issuer), settings.clientId, undefined, auth, {
        timeout: timeoutS,
        ...(this.config.oidcAllowHttp ? { execute: [oidc.allowInsecureRequests] } : {}),
      });
      oidc.enableNonRepudiationChecks(found);
      this.known.set(key, found);
      return found;
    } catch (cause) {
      throw new OidcProviderError('unreachable', `the identity provider ${settings.issuer} could not be discovered`, { cause });
    }
  }
}

/** `fetch` failed before there was an answer. */
const isNetwork = (error: unknown): boolean =>
  error instanceof TypeError || (error instanceof Error && error.cause instanceof TypeError) || (error instanceof Error && error.name === 'TimeoutError');
