import { ok, refuse, uuidv7 } from '@autobroker/kernel';
import { databaseOf, type Database } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from './caller';
import type { Answer } from './in-transaction';
import { PersonalData } from './personal-data';
import { OidcGateway, OidcProviderError, OidcProviders } from './ports';
import { REAL_TIME, type RealTime } from './real-time';
import { hashSecret, newSecret } from './secret';

export const flowLifeMs = 10 * 60_000;

export interface BegunLogin {
  readonly authorizationUrl: string;
  readonly state: string;
  /**
   * Stays with the browser that began: the answer is accepted only together with it. Without it somebody could begin a
   * sign-in, and have another person's browser finish it into the wrong account.
   */
  readonly flowToken: string;
  readonly expiresInS: number;
}

@Injectable()
export class BeginExternalLogin {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly providers: OidcProviders,
    private readonly gateway: OidcGateway,
    private readonly personal: PersonalData,
    @Inject(REAL_TIME) private readonly time: RealTime,
  ) {}

  async execute(caller: Caller, key: string, redirectUri: string, linking: boolean): Promise<Answer<BegunLogin>> {
    const provider = await this.providers.byKey(this.db, caller.tenantId, key);
    if (provider === null || !provider.enabled) return refuse('not_found', 'This broker has no such identity provider.');
    if (!provider.redirectUris.includes(redirectUri)) {
      const detail = 'This address is not registered for the provider.';
      return refuse('validation_failed', detail, { errors: [{ pointer: '/redirect_uri', code: 'not_registered', detail }] });
    }
    const [state, nonce, flowToken] = [newSecret(), newSecret(), newSecret()];
    const clientSecret = await this.personal.open(provider.id, provider.clientSecretEncrypted);
    try {
      const begun = await this.gateway.begin(
        { issuer: provider.issuer, clientId: provider.clientId, clientSecret },
        { redirectUri, scopes: provider.scopes, state, nonce },
      );
      const now = this.time.now();
      await this.db.transaction((tx) =>
        this.providers.begin(tx, {
          id: uuidv7(now),
          providerId: provider.id,
          stateHash: hashSecret(state),
          browserHash: hashSecret(flowToken),
          codeVerifier: begun.codeVerifier,
          nonce,
          redirectUri,
          userId: linking ? caller.principal.id : null,
          createdAt: now,
          expiresAt: new Date(now.getTime() + flowLifeMs),
        }),
      );
      return ok({ authorizationUrl: begun.url, state, flowToken, expiresInS: flowLifeMs / 1_000 });
    } catch (error) {
      if (error instanceof OidcProviderError) return refuse('upstream_failed', 'The identity provider could not be reached.');
      throw error;
    }
  }
}
