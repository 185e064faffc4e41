import { ok, refuse } from '@autobroker/kernel';
import { Injectable } from '@nestjs/common';
import type { Answer } from './in-transaction';
import { PersonalData } from './personal-data';
import { OidcGateway, OidcProviderError, type OidcBegin, type OidcClientSettings, type OidcProfile, type OidcProviderRecord } from './ports';

/** Talking to a tenant's provider with the tenant's secret; what goes wrong out there is an answer, not an exception. */
@Injectable()
export class OidcConversation {
  constructor(
    private readonly gateway: OidcGateway,
    private readonly personal: PersonalData,
  ) {}

  begin(provider: OidcProviderRecord, request: { redirectUri: string; state: string; nonce: string }): Promise<Answer<OidcBegin>> {
    return this.ask(provider, (settings) => this.gateway.begin(settings, { ...request, scopes: provider.scopes }));
  }

  finish(
    provider: OidcProviderRecord,
    answer: { redirectUri: string; code: string; issuer: string | null; state: string; nonce: string; codeVerifier: string },
  ): Promise<Answer<OidcProfile>> {
    return this.ask(provider, (settings) => this.gateway.finish(settings, answer));
  }

  private async ask<T>(provider: OidcProviderRecord, work: (settings: OidcClientSettings) => Promise<T>): Promise<Answer<T>> {
    const { issuer, clientId } = provider;
    const clientSecret = await this.personal.open(provider.id, provider.clientSecretEncrypted);
    try {
      return ok(await work({ issuer, clientId, clientSecret }));
    } catch (error) {
      if (!(error instanceof OidcProviderError)) throw error;
      return error.kind === 'unreachable'
        ? refuse('upstream_failed', 'The identity provider could not be reached.')
        : refuse('token_invalid', 'The identity provider’s answer could not be accepted.');
    }
  }
}
