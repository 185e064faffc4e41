import { ok, refuse } from '@autobroker/kernel';
import { databaseOf, type Database, type Tx } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { auditedAs, type Caller } from './caller';
import { ExternalAccounts } from './external-accounts';
import type { Answer } from './in-transaction';
import { OidcConversation } from './oidc-conversation';
import { OidcProviders, type OidcProfile, type OidcProviderRecord } from './ports';
import { REAL_TIME, type RealTime } from './real-time';
import { hashSecret, sameHash } from './secret';
import { SessionStarter, type SignedIn, type StartedSession } from './session-starter';

export interface ExternalAnswer {
  readonly code: string;
  readonly state: string;
  readonly issuer: string | null;
  readonly flowToken: string;
}

const notOpen = refuse('token_invalid', 'This sign-in is not open any more. Begin again.');

/** The way back from an external identity provider. The state is good once; nothing of the outside is asked in a transaction. */
@Injectable()
export class FinishExternalLogin {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly providers: OidcProviders,
    private readonly conversation: OidcConversation,
    private readonly accounts: ExternalAccounts,
    private readonly starter: SessionStarter,
    @Inject(REAL_TIME) private readonly time: RealTime,
  ) {}

  async execute(caller: Caller, answer: ExternalAnswer): Promise<Answer<SignedIn>> {
    const flow = await this.db.transaction((tx) => this.providers.take(tx, hashSecret(answer.state)));
    if (flow === null || flow.expiresAt <= this.time.now() || !sameHash(flow.browserHash, hashSecret(answer.flowToken))) return notOpen;
    const provider = await this.providers.byId(this.db, flow.providerId);
    if (provider === null || !provider.enabled) return notOpen;
    const { redirectUri, nonce, codeVerifier } = flow;
    const { code, state, issuer } = answer;
    const profile = await this.conversation.finish(provider, { redirectUri, nonce, codeVerifier, code, state, issuer });
    if (!profile.ok) return profile;

    const outcome = await this.db.transaction((tx) => this.admit(tx, caller, provider, flow.userId, profile.value));
    return outcome.ok ? ok(await this.starter.grant(outcome.value)) : outcome;
  }

  private async admit(tx: Tx, caller: Caller, provider: OidcProviderRecord, signedInId: string | null, profile: OidcProfile): Promise<Answer<StartedSession>> {
    const user = await this.accounts.resolve(tx, provider, signedInId, profile, caller);
    if (!user.ok) {
      await tx.audit({
        actor: { kind: 'anonymous', id: null },
        from: { ip: caller.ip, request_id: caller.requestId },
        action: 'session.refused',
        object: { type: 'oidc_provider', id: provider.id },
        tenantId: provider.tenantId,
        reason: user.error.code,
      });
      return user;
    }
    await tx.audit({
      ...auditedAs(user.value.id, caller),
      action: 'session.external_login',
      object: { type: 'user', id: user.value.id },
      tenantId: provider.tenantId,
      after: { provider_id: provider.id },
    });
    return ok(await this.starter.start(tx, user.value, caller, ['oidc']));
  }
}
