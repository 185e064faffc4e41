import { databaseOf, type Database, type Tx } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { PersonalData } from './personal-data';
import { OneTimeTokens, PasswordHasher, Users, type UserRecord } from './ports';

export interface PasswordProof {
  readonly matches: boolean;
  /** What it was compared with. */
  readonly hash: string | null;
  /** A hash of today's kind, to be stored in the place of an outdated one. */
  readonly rehashed: string | null;
}

/** Who signs in: somebody of the tenant whose address this is, or an operator, who may come by any door. */
@Injectable()
export class UserFinder {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly users: Users,
    private readonly tokens: OneTimeTokens,
    private readonly personal: PersonalData,
    private readonly hasher: PasswordHasher,
  ) {}

  async forSignIn(tenantId: string, email: string): Promise<UserRecord | null> {
    const index = this.personal.emailIndex(email);
    // Both are always asked, so that the time tells nothing.
    const [ofTenant, operator] = await Promise.all([
      tenantId === '' ? null : this.users.byEmail(this.db, tenantId, index),
      this.users.byEmail(this.db, null, index),
    ]);
    return ofTenant ?? operator;
  }

  /** Does the same work when there is nobody. */
  async check(user: UserRecord | null, password: string): Promise<PasswordProof> {
    const hash = await this.hashOf(user);
    const { matches, outdated } = await this.hasher.check(hash, password);
    return { matches, hash, rehashed: matches && outdated ? await this.hasher.hash(password) : null };
  }

  /**
   * What a password is compared with. Somebody who has registered and not proved the address yet has none of their own:
   * with that of the registration they get no further than being told to look into their mailbox.
   */
  private async hashOf(user: UserRecord | null): Promise<string | null> {
    if (user === null) return null;
    if (user.passwordHash !== null || user.emailVerifiedAt !== null) return user.passwordHash;
    return (await this.tokens.newestPayload(this.db, user.id, 'verify_email'))?.password_hash ?? null;
  }

  lock(tx: Tx, userId: string): Promise<UserRecord | null> {
    return this.users.lock(tx, userId);
  }

  async storeHash(tx: Tx, user: UserRecord, passwordHash: string): Promise<void> {
    await this.users.update(tx, user.id, { passwordHash }, this.db.clock.now());
  }
}
