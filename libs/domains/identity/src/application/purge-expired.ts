import { databaseOf, maintainMonths, type Database } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { LoginWaits, OAuthClients, OidcProviders, OneTimeTokens, Sessions } from './ports';
import { REAL_TIME, type RealTime } from './real-time';

const dayMs = 24 * 3_600_000;

@Injectable()
export class ExternalLeftovers {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly clients: OAuthClients,
    private readonly providers: OidcProviders,
  ) {}

  purge(before: Date): Promise<Record<string, number>> {
    return this.db.transaction(async (tx) => ({
      client_tokens: await this.clients.purgeTokens(tx, before),
      oidc_flows: await this.providers.purgeFlows(tx, before),
    }));
  }
}

/** Takes away what has ended long ago. What is kept a while after its end explains questions that come later. */
@Injectable()
export class PurgeExpired {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly sessions: Sessions,
    private readonly tokens: OneTimeTokens,
    private readonly waits: LoginWaits,
    private readonly external: ExternalLeftovers,
    @Inject(REAL_TIME) private readonly time: RealTime,
  ) {}

  async execute(): Promise<Record<string, number>> {
    const now = this.time.now();
    const ago = (days: number): Date => new Date(now.getTime() - days * dayMs);
    await maintainMonths(this.db, now);
    const gone = await this.db.transaction(async (tx) => ({
      sessions: await this.sessions.purge(tx, ago(30)),
      tokens: await this.tokens.purge(tx, ago(7)),
      waits: await this.waits.purge(tx, ago(1)),
    }));
    return { ...gone, ...(await this.external.purge(ago(1))) };
  }
}
