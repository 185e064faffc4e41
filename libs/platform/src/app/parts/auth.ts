import { apiKeyRevoked, sessionRevoked, signingKeyRotated, tenantCreated, tenantUpdated, userErased } from '@autobroker/contracts';
import type { authConfig } from '../../auth';
import {
  ApiKeys,
  Authenticator,
  KeyRing,
  RecentRevocations,
  RevocationCatchUp,
  RemoteApiKeyVerifier,
  RemoteKeySource,
  RemoteRevocations,
  RemoteTenantDirectory,
  Tenants,
  TokenVerifier,
  type ApiKeyVerifier,
  type IdentityClient,
  type KeySource,
  type RevocationSource,
  type TenantDirectory,
} from '../../auth';
import type { ConfigOf } from '../../config';
import type { BroadcastSubscription } from '../../messaging';
import { Late } from './late';

/** Where the questions to identity go: its own providers where it is hosted, HTTP everywhere else. */
export interface AuthSources {
  readonly keySource: KeySource;
  readonly apiKeys: ApiKeyVerifier;
  readonly tenants: TenantDirectory;
  readonly revocations: RevocationSource;
}

export class AuthParts {
  readonly sources = new Late<AuthSources>('the identity service');
  readonly revocations = new RecentRevocations();
  readonly keySource: KeySource = { keys: () => this.sources.get().keySource.keys() };
  readonly apiKeyVerifier: ApiKeyVerifier = { verify: (key) => this.sources.get().apiKeys.verify(key) };
  readonly tenantDirectory: TenantDirectory = { find: (lookup) => this.sources.get().tenants.find(lookup) };
  readonly keys = new KeyRing(this.keySource);
  readonly tenants = new Tenants(this.tenantDirectory);
  readonly apiKeys = new ApiKeys(this.apiKeyVerifier);
  readonly authenticator: Authenticator;
  private readonly catchUp = new RevocationCatchUp({ recent: () => this.sources.get().revocations.recent() }, this.revocations);

  constructor(settings: ConfigOf<typeof authConfig>) {
    const tokens = new TokenVerifier(this.keys, this.revocations, {
      issuer: settings.issuer,
      clockSkewS: settings.clockSkewS,
      cacheSize: settings.tokenCacheSize,
    });
    this.authenticator = new Authenticator(tokens, this.apiKeys, this.tenants);
  }

  /** From when on broadcasts are heard: what was ended before is asked for. Nothing waits for the answer. */
  start(): void {
    void this.catchUp.run();
  }

  stop(): void {
    this.catchUp.stop();
  }

  /** What identity says must change here at once, not only when a cached answer is a minute old. */
  subscription(): BroadcastSubscription {
    return {
      name: 'platform.auth',
      on: [sessionRevoked, apiKeyRevoked, signingKeyRotated, tenantCreated, tenantUpdated, userErased],
      handle: ({ type, data }) => this.heard(type, data),
      onGap: () => {
        this.apiKeys.forgetAll();
        this.tenants.forgetAll();
        void this.keys.refresh();
        void this.catchUp.run();
      },
    };
  }

  private heard(type: string, data: unknown): void {
    switch (type) {
      case sessionRevoked.type: {
        const { session_ids: ids, tokens_expire_at: until } = sessionRevoked.data.parse(data);
        for (const id of ids) this.revocations.revokeSession(id, new Date(until));
        return;
      }
      case userErased.type: {
        const { user_id: userId, erased_at: at } = userErased.data.parse(data);
        this.revocations.revokeSubject(userId, new Date(at));
        return;
      }
      case apiKeyRevoked.type:
        this.apiKeys.forget(apiKeyRevoked.data.parse(data).public_id);
        return;
      case signingKeyRotated.type:
        void this.keys.refresh();
        return;
      default:
        this.tenants.forgetAll();
    }
  }
}

/** Each question goes where it can be answered: a process may host identity or not. */
export function authSources(client: IdentityClient, internalSecret: string, local: Partial<AuthSources>): AuthSources {
  return {
    keySource: local.keySource ?? new RemoteKeySource(client),
    apiKeys: local.apiKeys ?? new RemoteApiKeyVerifier(client, internalSecret),
    tenants: local.tenants ?? new RemoteTenantDirectory(client),
    revocations: local.revocations ?? new RemoteRevocations(client, internalSecret),
  };
}
