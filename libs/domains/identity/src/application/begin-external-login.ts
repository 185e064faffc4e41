import { ok, refuse, uuidv7 } from '@autobroker/kernel';
import { databaseOf, type Database } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from './caller';
import type { Answer } from './in-transaction';
import { OidcConversation } from './oidc-conversation';
import { OidcProviders } from './ports';
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
    private readonly conversation: OidcConversation,
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
    const begun = await this.conversation.begin(provider, { redirectUri, state, nonce });
    if (!begun.ok) return begun;
    const now = this.time.now();
    await this.db.transaction((tx) =>
      this.providers.begin(tx, {
        id: uuidv7(now),
        providerId: provider.id,
        stateHash: hashSecret(state),
        browserHash: hashSecret(flowToken),
        codeVerifier: begun.value.codeVerifier,
        nonce,
        redirectUri,
        userId: linking ? caller.principal.id : null,
        createdAt: now,
        expiresAt: new Date(now.getTime() + flowLifeMs),
      }),
    );
    return ok({ authorizationUrl: begun.value.url, state, flowToken, expiresInS: flowLifeMs / 1_000 });
  }
}
