import type { Permission } from '@autobroker/contracts';
import { authConfig, signAccessToken, signJwt, type TokenSubject } from '@autobroker/platform/auth';
import type { ConfigOf } from '@autobroker/platform/config';
import { databaseOf, type Database } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { sessionPolicy } from '../domain/session';
import { PersonalData } from './personal-data';
import { SigningKeys } from './ports';
import { REAL_TIME, type RealTime } from './real-time';
import { RotateSigningKeys } from './rotate-signing-keys';

interface ActiveKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly loadedAt: number;
}

/** A rotation by another process is noticed within this time; a replaced key stays published for far longer. */
const rememberKeyMs = 30_000;

/** What somebody who must still set up a second factor may do: look at themselves and set it up. */
export const enrolmentScopes: readonly Permission[] = ['me.read', 'me.write'];

/** Signs access tokens with the current key. */
@Injectable()
export class TokenIssuer {
  private active: ActiveKey | null = null;

  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly keys: SigningKeys,
    private readonly personal: PersonalData,
    private readonly rotation: RotateSigningKeys,
    @Inject(authConfig.token) private readonly config: ConfigOf<typeof authConfig>,
    @Inject(REAL_TIME) private readonly time: RealTime,
  ) {}

  /** Never called inside a transaction: it may need a connection of its own. */
  async issue(subject: TokenSubject): Promise<{ token: string; expiresInS: number }> {
    const key = await this.key();
    const expiresInS = sessionPolicy.accessTokenMs / 1_000;
    const token = signAccessToken(subject, { ...key, issuer: this.config.issuer, expiresInS, now: this.time.now().getTime() });
    return { token, expiresInS };
  }

  async sign(claims: object): Promise<string> {
    return signJwt(claims, await this.key());
  }

  forgetKey(): void {
    this.active = null;
  }

  private async key(): Promise<ActiveKey> {
    const now = this.time.now().getTime();
    if (this.active !== null && now - this.active.loadedAt < rememberKeyMs) return this.active;
    let current = (await this.keys.published(this.db)).find((key) => key.status === 'current');
    if (current === undefined) {
      await this.rotation.execute();
      current = (await this.keys.published(this.db)).find((key) => key.status === 'current');
    }
    if (current === undefined || current.privateEncrypted === null) throw new Error('there is no key to sign with');
    const pem = await this.personal.open(current.id, current.privateEncrypted);
    if (pem === null) throw new Error('the signing key can’t be opened');
    this.active = { kid: current.kid, privateKey: createPrivateKey(pem), loadedAt: now };
    return this.active;
  }
}
