import type { KeySource } from '@autobroker/platform/auth';
import { databaseOf, type Database } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { SigningKeys, type PublicJwk } from './ports';
import { RotateSigningKeys } from './rotate-signing-keys';

/** The port of platform/auth, and what `/.well-known/jwks.json` shows: next, current and previous keys. */
@Injectable()
export class SigningKeySource implements KeySource {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly store: SigningKeys,
    private readonly rotation: RotateSigningKeys,
  ) {}

  async keys(): Promise<{ [K in keyof PublicJwk]: PublicJwk[K] }[]> {
    const published = await this.store.published(this.db);
    if (published.length > 0) return published.map((key) => ({ ...key.publicJwk }));
    // A new installation makes its first keys when somebody first asks.
    await this.rotation.execute();
    return (await this.store.published(this.db)).map((key) => ({ ...key.publicJwk }));
  }
}
