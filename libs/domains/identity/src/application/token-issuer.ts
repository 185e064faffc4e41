import type { Permission } from '@autobroker/contracts';
import { authConfig, signAccessToken, type TokenSubject } from '@autobroker/platform/auth';
import type { ConfigOf } from '@autobroker/platform/config';
import { SigningKeys } from '@autobroker/platform/signing';
import { Inject, Injectable } from '@nestjs/common';
import { sessionPolicy } from '../domain/session';
import { REAL_TIME, type RealTime } from './real-time';

/** What somebody who must still set up a second factor may do: look at themselves and set it up. */
export const enrolmentScopes: readonly Permission[] = ['me.read', 'me.write'];

/** Signs access tokens with the current key. */
@Injectable()
export class TokenIssuer {
  constructor(
    private readonly keys: SigningKeys,
    @Inject(authConfig.token) private readonly config: ConfigOf<typeof authConfig>,
    @Inject(REAL_TIME) private readonly time: RealTime,
  ) {}

  /** Never called inside a transaction: it may need a connection of its own. */
  async issue(subject: TokenSubject): Promise<{ token: string; expiresInS: number }> {
    const key = await this.keys.current();
    const expiresInS = sessionPolicy.accessTokenMs / 1_000;
    const token = signAccessToken(subject, { kid: key.kid, privateKey: key.privateKey, issuer: this.config.issuer, expiresInS, now: this.time.now().getTime() });
    return { token, expiresInS };
  }

  sign(claims: object): Promise<string> {
    return this.keys.sign(claims);
  }
}
